"""What stands around the content of every page: where one is, where to go, how old it is."""

from __future__ import annotations

import dataclasses

from generator import urls
from generator.dataset import Dataset
from generator.models.reference import Edition
from generator.urls import Address
from generator.values.dates import months_later
from generator.views.channels import HELPLINE_MONTHS
from generator.views.links import PageLink
from generator.views.reports import ReportLink
from generator.words import Words, alphabetically


@dataclasses.dataclass(frozen=True)
class Alternate:
    """The same page in a language of the site. `href` is its public address, if that is known."""

    code: str
    name: str
    address: Address
    href: str | None
    is_current: bool


@dataclasses.dataclass(frozen=True)
class Frame:
    """The frame of one page. `address` is the page itself, from which all links are relative."""

    address: Address
    title: str
    description: str
    language: str
    direction: str
    home: Address
    search: Address
    root: Address
    manifest: Address
    menu: tuple[PageLink, ...]
    countries: tuple[PageLink, ...]
    crumbs: tuple[PageLink, ...]
    report: tuple[ReportLink, ...]
    downloads: tuple[PageLink, ...]
    edition: Edition
    date: str
    edition_date: str
    discard: str
    canonical: str | None
    alternates: tuple[Alternate, ...]
    translations: Address | None
    feeds: tuple[PageLink, ...]
    is_generated: bool


def view_frame(
    dataset: Dataset,
    words: Words,
    *,
    address: Address,
    title: str,
    description: str,
    crumbs: tuple[PageLink, ...] = (),
    report: tuple[ReportLink, ...] = (),
    is_generated: bool,
    is_draft: bool = False,
    site_url: str | None = None,
) -> Frame:
    """Return the frame of a page, generated or authored.

    `is_draft` says that not all of the translation has been reviewed; `site_url` is where all of
    the site will be published, if that is known. Raises `ValueError` for data without an edition.
    """
    if dataset.edition is None:
        raise ValueError("a site needs an edition; check the data before building")
    language = words.language
    authored = dataset.authored_in(language)
    menu = tuple(
        PageLink(words(name), target)
        for name, target, exists in (
            ("nav.home", urls.home(language), True),
            ("nav.situations", urls.situations(language), True),
            ("cross_border.title", urls.cross_border(language), True),
            ("nav.directory", urls.directory(language), True),
            ("nav.guidance", urls.prose(language, "guidance"), "guidance" in authored),
            ("nav.glossary", urls.glossary(language), True),
            ("nav.law", urls.law(language), True),
            ("nav.practices", urls.practices(language), True),
            ("nav.resources", urls.resources(language), True),
            ("downloads.title", urls.downloads(language), True),
            ("offline.title", urls.offline(language), True),
            ("nav.coverage", urls.coverage(language), True),
            ("update.title", urls.updates(language), True),
            ("nav.about", urls.prose(language, "about"), "about" in authored),
        )
        if exists
    )
    countries = [
        PageLink(country.name.in_language(language).text, urls.country(language, code))
        for code, country in dataset.countries.items()
    ]
    return Frame(
        address=address,
        title=title,
        description=description,
        language=language,
        direction=words.direction,
        home=urls.home(language),
        search=urls.search(language),
        root=urls.ROOT,
        manifest=urls.web_manifest(language),
        menu=_mark_current(menu, address),
        countries=_mark_current(
            tuple(sorted(countries, key=lambda link: alphabetically(link.text))), address
        ),
        crumbs=crumbs,
        report=report,
        downloads=(
            PageLink(words("footer.contacts"), urls.CONTACTS_CSV),
            PageLink(words("footer.api"), urls.API_INDEX),
        ),
        edition=dataset.edition,
        date=dataset.date,
        edition_date=words.date(dataset.date),
        discard=words.date(months_later(dataset.date, HELPLINE_MONTHS)),
        alternates=tuple(
            _view_alternate(code, dataset.interfaces[code].name, address, language, site_url)
            for code in dataset.languages
        ),
        translations=urls.translations(language) if is_draft else None,
        feeds=tuple(feed for page, feed in list_feeds(dataset, words) if page == address),
        canonical=address.public(site_url) if site_url else None,
        is_generated=is_generated,
    )


def list_feeds(dataset: Dataset, words: Words) -> list[tuple[Address, PageLink]]:
    """Return the feeds of a language, each with the page that it belongs to: all, then countries.

    The link is called as the feed itself is.
    """
    language = words.language
    countries = [
        (
            urls.country(language, code),
            PageLink(country.name.in_language(language).text, urls.country_feed(language, code)),
        )
        for code, country in dataset.countries.items()
    ]
    countries.sort(key=lambda one: alphabetically(one[1].text))
    everything = PageLink(words("update.everything"), urls.updates_feed(language))
    return [(urls.updates(language), everything), *countries]


def _view_alternate(
    code: str, name: str, address: Address, language: str, site_url: str | None
) -> Alternate:
    path = f"{code}/{address.path.removeprefix(f'{language}/')}"
    return Alternate(
        code=code,
        name=name,
        address=Address(path),
        href=Address(path).public(site_url) if site_url else None,
        is_current=code == language,
    )


def _mark_current(links: tuple[PageLink, ...], address: Address) -> tuple[PageLink, ...]:
    return tuple(
        dataclasses.replace(link, is_current=link.address.path == address.path) for link in links
    )
