"""From views to pages: the HTML of each generated page's content, and where the page stands."""

from __future__ import annotations

import dataclasses

from generator import urls
from generator.dataset import Dataset
from generator.pages.cross_border import render_cross_border_pages
from generator.pages.directory import render_directory_pages
from generator.pages.downloads import render_downloads_page
from generator.pages.knowledge import render_knowledge_pages
from generator.pages.offline import render_offline_page
from generator.pages.rendering import Page, Renderer
from generator.pages.updates import render_updates_page
from generator.templates import make_environment, render
from generator.urls import Address
from generator.values.text import SOURCE_LANGUAGE
from generator.views.countries import view_country
from generator.words import Words, alphabetically, words_for


@dataclasses.dataclass(frozen=True)
class LanguageChoice:
    """One language of the site on the pages above all languages, in its own words."""

    code: str
    direction: str
    name: str
    address: Address
    words: Words


def render_pages(renderer: Renderer) -> list[Page]:
    """Return all generated pages of one language, ordered by address."""
    dataset, words = renderer.dataset, renderer.words
    countries = [view_country(country, dataset, words) for country in dataset.countries.values()]
    countries.sort(key=lambda country: alphabetically(country.name.text))
    pages = [
        *render_directory_pages(renderer, countries),
        *render_knowledge_pages(renderer, countries),
        *render_cross_border_pages(renderer, countries),
        render_offline_page(renderer, countries),
        render_downloads_page(renderer, countries),
        render_updates_page(renderer),
    ]
    return sorted(pages, key=lambda page: page.address)


def render_root_pages(dataset: Dataset, *, base: str, version: str) -> dict[Address, str]:
    """Return the complete HTML of the pages above all languages.

    `version` is that of the source language's scripts and styles, see `outputs.fingerprint`.

    `base` is the path under which the site is served (`/` or `/dalil/`): the page for addresses
    that don't exist is shown at any depth, so its links can't be relative.
    """
    words = words_for(dataset, SOURCE_LANGUAGE)
    environment = make_environment(words)
    languages = [
        LanguageChoice(
            code,
            dataset.interfaces[code].direction,
            dataset.interfaces[code].name,
            urls.home(code),
            words_for(dataset, code),
        )
        for code in dataset.languages
    ]
    common = {
        "version": version,
        "languages": languages,
        "stylesheet": urls.asset(SOURCE_LANGUAGE, "dalil.css"),
        "icon": urls.asset(SOURCE_LANGUAGE, "icon.svg"),
    }
    is_alone = len(languages) == 1
    root = render(
        environment, "root.html.j2", page=urls.ROOT, base="", hint="site.tagline",
        forward=languages[0].address if is_alone else None,
        chooser=None if is_alone else urls.asset(SOURCE_LANGUAGE, "root.js"),
        title=words("site.name"), **common,
    )  # fmt: skip
    not_found = render(
        environment, "root.html.j2", page=urls.NOT_FOUND, base=base, hint="not_found.lead",
        forward=None, chooser=None, title=words("not_found.title"), **common,
    )  # fmt: skip
    return {urls.ROOT: root, urls.NOT_FOUND: not_found}
