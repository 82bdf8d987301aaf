"""From views to pages: the HTML of each generated page's content, and where the page stands."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from jinja2 import Environment

from generator import urls
from generator.dataset import Dataset
from generator.models import Organization
from generator.templates import make_environment, render
from generator.urls import Address
from generator.values.text import SOURCE_LANGUAGE
from generator.views.countries import CountryView, view_country
from generator.views.directory import view_directory
from generator.views.frame import NavigationLink
from generator.views.organizations import view_organization
from generator.words import Words


@dataclasses.dataclass(frozen=True)
class Page:
    """One generated page: its content as HTML, without the frame around it."""

    address: Address
    title: str
    description: str
    html: str
    crumbs: tuple[NavigationLink, ...] = ()


@dataclasses.dataclass(frozen=True)
class LanguageChoice:
    """One language of the site on the pages above all languages."""

    code: str
    name: str
    address: Address


def words_for(dataset: Dataset, language: str) -> Words:
    """Return the site's words. Raises `KeyError` for a language without an interface file."""
    return Words(dataset.interfaces[language], dataset.interfaces[SOURCE_LANGUAGE])


def render_pages(dataset: Dataset, language: str) -> list[Page]:
    """Return all generated pages of one language, ordered by address."""
    words = words_for(dataset, language)
    environment = make_environment(words)
    countries = [view_country(country, dataset, words) for country in dataset.countries.values()]
    pages = [
        _render_home(countries, environment, words),
        _render_directory(dataset, environment, words),
        *(_render_country(country, environment, words) for country in countries),
        *_render_organizations(dataset, environment, words),
    ]
    return sorted(pages, key=lambda page: page.address)


def render_root_pages(dataset: Dataset, *, base: str) -> dict[Address, str]:
    """Return the complete HTML of the pages above all languages.

    `base` is the path under which the site is served (`/` or `/dalil/`): the page for addresses
    that don't exist is shown at any depth, so its links can't be relative.
    """
    words = words_for(dataset, SOURCE_LANGUAGE)
    environment = make_environment(words)
    languages = [
        LanguageChoice(code, interface.name, urls.home(code))
        for code, interface in dataset.interfaces.items()
    ]
    only = languages[0].address if len(languages) == 1 else None
    common = {
        "languages": languages,
        "stylesheet": urls.asset(SOURCE_LANGUAGE, "dalil.css"),
        "icon": urls.asset(SOURCE_LANGUAGE, "icon.svg"),
    }
    root = render(
        environment, "root.html.j2", page=urls.ROOT, base="", forward=only, lead="",
        title=f"{words('site.name')}: {words('site.tagline')}", **common,
    )  # fmt: skip
    not_found = render(
        environment, "root.html.j2", page=urls.NOT_FOUND, base=base, forward=None,
        lead=words("not_found.lead"), title=words("not_found.title"), **common,
    )  # fmt: skip
    return {urls.ROOT: root, urls.NOT_FOUND: not_found}


def _render_home(countries: list[CountryView], environment: Environment, words: Words) -> Page:
    address = urls.home(words.language)
    html = render(
        environment,
        "home.html.j2",
        page=address,
        countries=sorted(countries, key=lambda country: country.name.text),
        directory=urls.directory(words.language),
    )
    return Page(address, words("site.tagline"), words("site.description"), html)


def _render_country(country: CountryView, environment: Environment, words: Words) -> Page:
    html = render(environment, "country.html.j2", page=country.address, country=country)
    name = country.name.text
    description = words("country.description", country=name)
    return Page(country.address, name, description, html)


def _render_directory(dataset: Dataset, environment: Environment, words: Words) -> Page:
    view = view_directory(dataset, words)
    names = {country.code: country.name for country in view.countries}
    html = render(
        environment,
        "directory.html.j2",
        page=view.address,
        directory=view,
        country_names=names,
    )
    return Page(view.address, words("directory.title"), words("directory.lead"), html)


def _render_organizations(
    dataset: Dataset, environment: Environment, words: Words
) -> Iterator[Page]:
    language = words.language
    need_names = {need.id: need.name.in_language(language) for need in dataset.needs}
    country_names = {
        code: country.name.in_language(language) for code, country in dataset.countries.items()
    }
    for organization in dataset.organizations.values():
        view = view_organization(organization, dataset, words)
        country = NavigationLink(
            country_names[organization.country].text,
            urls.country(language, organization.country),
        )
        also_in = [
            NavigationLink(
                country_names[other.country].text,
                urls.organization(language, other.country, other.id),
            )
            for other in _find_namesakes(organization, dataset)
        ]
        html = render(
            environment,
            "organization_page.html.j2",
            page=view.address,
            organization=view,
            country_name=country_names[organization.country],
            country_address=country.address,
            need_names=need_names,
            also_in=also_in,
        )
        title = f"{view.abbreviation or view.name.text}, {country.text}"
        description = words("organization.description", name=view.name.text, country=country.text)
        yield Page(view.address, title, description, html, (country,))


def _find_namesakes(organization: Organization, dataset: Dataset) -> list[Organization]:
    """Return the same organization in other countries: it bears the same identifier there."""
    return [
        other
        for other in dataset.organizations.values()
        if other.id == organization.id and other.country != organization.country
    ]
