"""What stands around the content of every page: where one is, where to go, how old it is."""

from __future__ import annotations

import dataclasses

from generator import urls
from generator.dataset import Dataset
from generator.models import Edition
from generator.urls import Address
from generator.words import Words


@dataclasses.dataclass(frozen=True)
class NavigationLink:
    """One entry of the menu or one step of the path to the page."""

    text: str
    address: Address
    is_current: bool = False


@dataclasses.dataclass(frozen=True)
class Frame:
    """The frame of one page. `address` is the page itself, from which all links are relative."""

    address: Address
    title: str
    description: str
    language: str
    direction: str
    home: Address
    menu: tuple[NavigationLink, ...]
    countries: tuple[NavigationLink, ...]
    crumbs: tuple[NavigationLink, ...]
    downloads: tuple[NavigationLink, ...]
    edition: Edition
    edition_date: str
    canonical: str | None
    is_generated: bool
    has_filters: bool


def view_frame(
    dataset: Dataset,
    words: Words,
    *,
    address: Address,
    title: str,
    description: str,
    crumbs: tuple[NavigationLink, ...] = (),
    is_generated: bool,
    site_url: str | None = None,
) -> Frame:
    """Return the frame of a page, generated or authored.

    `site_url` is where all of the site will be published, if that is known. Raises `ValueError` for
    data without an edition.
    """
    if dataset.edition is None:
        raise ValueError("a site needs an edition; check the data before building")
    language = words.language
    menu = (
        NavigationLink(words("nav.home"), urls.home(language)),
        NavigationLink(words("nav.directory"), urls.directory(language)),
        NavigationLink(words("nav.about"), urls.prose(language, "about")),
    )
    countries = [
        NavigationLink(country.name.in_language(language).text, urls.country(language, code))
        for code, country in dataset.countries.items()
    ]
    return Frame(
        address=address,
        title=title,
        description=description,
        language=language,
        direction=words.direction,
        home=urls.home(language),
        menu=_mark_current(menu, address),
        countries=_mark_current(tuple(sorted(countries, key=lambda link: link.text)), address),
        crumbs=crumbs,
        downloads=(
            NavigationLink(words("footer.contacts"), urls.CONTACTS_CSV),
            NavigationLink(words("footer.api"), urls.API_INDEX),
        ),
        edition=dataset.edition,
        edition_date=words.date(dataset.edition.date),
        canonical=site_url + address.path.removesuffix("index.html") if site_url else None,
        is_generated=is_generated,
        has_filters=address == urls.directory(language),
    )


def _mark_current(
    links: tuple[NavigationLink, ...], address: Address
) -> tuple[NavigationLink, ...]:
    return tuple(
        dataclasses.replace(link, is_current=link.address.path == address.path) for link in links
    )
