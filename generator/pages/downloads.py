"""The page of everything that can be taken along."""

from __future__ import annotations

from generator import urls
from generator.pages.rendering import Page, Renderer
from generator.views.countries import CountryView
from generator.views.downloads import view_country_downloads, view_regional_downloads


def render_downloads_page(renderer: Renderer, countries: list[CountryView]) -> Page:
    """Return the page of all guides and files, with their pictures and how to print them."""
    dataset, words, guides = renderer.dataset, renderer.words, renderer.guides
    groups = [view_country_downloads(country, words, guides) for country in countries]
    region = view_regional_downloads(dataset, words, guides)
    return renderer.page(
        "downloads.html.j2",
        urls.downloads(renderer.language),
        title=words("downloads.title"),
        description=words("downloads.lead"),
        groups=[*groups, *([region] if region.files else [])],
        archive=urls.ARCHIVE,
        offline=urls.offline(renderer.language),
        table=urls.CONTACTS_CSV,
    )
