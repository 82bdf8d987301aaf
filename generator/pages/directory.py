"""The pages of the directory: home, countries, organizations, all services, coverage."""

from __future__ import annotations

from collections.abc import Iterator

from generator import urls
from generator.models.organizations import Organization
from generator.offline import country_group
from generator.pages.rendering import Page, Renderer
from generator.views.countries import CountryView
from generator.views.coverage import view_coverage
from generator.views.directory import view_directory
from generator.views.downloads import view_country_downloads
from generator.views.law import view_jurisdictions
from generator.views.links import PageLink
from generator.views.maps import view_country_map, view_region_map
from generator.views.organizations import OrganizationView
from generator.views.situations import link_situations


def render_directory_pages(renderer: Renderer, countries: list[CountryView]) -> Iterator[Page]:
    """Yield the pages of the directory."""
    yield _render_home(renderer, countries)
    yield from _render_countries(renderer, countries)
    for country in countries:
        for organization in country.organizations:
            yield _render_organization(renderer, country, organization)
    yield _render_directory(renderer)
    yield _render_search(renderer, countries)
    yield _render_coverage(renderer, countries)


def _render_home(renderer: Renderer, countries: list[CountryView]) -> Page:
    words = renderer.words
    return renderer.page(
        "home.html.j2",
        urls.home(renderer.language),
        title=words("site.tagline"),
        description=describe_site(renderer),
        countries=countries,
        situations=link_situations(renderer.dataset, words, code=None),
        directory=urls.directory(renderer.language),
        offline=urls.offline(renderer.language),
        downloads=urls.downloads(renderer.language),
        region=view_region_map(renderer.dataset, words),
    )


def describe_site(renderer: Renderer) -> str:
    """Return what the site is, in a sentence that names its countries."""
    names = sorted(
        country.name.in_language(renderer.language).text
        for country in renderer.dataset.countries.values()
    )
    return renderer.words("site.description", countries=renderer.words.join(names))


def _render_countries(renderer: Renderer, countries: list[CountryView]) -> Iterator[Page]:
    words = renderer.words
    laws = {view.id: view for view in view_jurisdictions(renderer.dataset, words)}
    for country in countries:
        yield renderer.page(
            "country.html.j2",
            country.address,
            title=country.name.text,
            record=("countries", country.code),
            description=words("country.description", country=country.name.text),
            country=country,
            situations=link_situations(renderer.dataset, words, code=country.code),
            law=laws.get(country.code),
            coverage=urls.coverage(renderer.language),
            cross_border=urls.cross_border(renderer.language).at(f"from-{country.code.lower()}"),
            map=view_country_map(country, renderer.dataset, words),
            offline=urls.offline(renderer.language),
            keep_group=country_group(country.code),
            downloads=view_country_downloads(country, words, renderer.guides),
            all_downloads=urls.downloads(renderer.language),
        )


def _render_directory(renderer: Renderer) -> Page:
    words = renderer.words
    view = view_directory(renderer.dataset, words)
    return renderer.page(
        "directory.html.j2",
        view.address,
        title=words("directory.title"),
        description=words("directory.lead"),
        directory=view,
    )


def _render_search(renderer: Renderer, countries: list[CountryView]) -> Page:
    words = renderer.words
    return renderer.page(
        "search.html.j2",
        urls.search(renderer.language),
        title=words("search.title"),
        description=words("search.lead"),
        countries=countries,
    )


def _render_coverage(renderer: Renderer, countries: list[CountryView]) -> Page:
    words = renderer.words
    view = view_coverage(countries, renderer.dataset, words)
    return renderer.page(
        "coverage.html.j2",
        view.address,
        title=words("coverage.title"),
        description=words("coverage.lead"),
        coverage=view,
    )


def _render_organization(
    renderer: Renderer, country: CountryView, organization: OrganizationView
) -> Page:
    dataset, language = renderer.dataset, renderer.language
    here = PageLink(country.name.text, country.address)
    also_in = [
        PageLink(
            dataset.countries[other.country].name.in_language(language).text,
            urls.organization(language, other.country, other.id),
        )
        for other in _find_namesakes(renderer, organization)
    ]
    return renderer.page(
        "organization_page.html.j2",
        organization.address,
        title=f"{organization.abbreviation or organization.name.text}, {here.text}",
        description=renderer.words(
            "organization.description", name=organization.name.text, country=here.text
        ),
        crumbs=(here,),
        record=("organizations", f"{organization.country}/{organization.id}"),
        organization=organization,
        country=here,
        needs={need.id: need.name.in_language(language) for need in dataset.needs},
        also_in=also_in,
    )


def _find_namesakes(renderer: Renderer, organization: OrganizationView) -> list[Organization]:
    """Return the same organization in other countries: it bears the same identifier there."""
    return [
        other
        for other in renderer.dataset.organizations.values()
        if other.id == organization.id and other.country != organization.country
    ]
