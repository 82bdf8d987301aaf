"""What can be taken along: the guides and files of each country, and those of all."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from generator import urls
from generator.dataset import Dataset
from generator.font import can_print
from generator.urls import Address
from generator.views.countries import CountryView
from generator.words import Words

COUNTRY_GUIDES = ("pocket", "booklet", "wallet", "wallet-sheet")
REGIONAL_GUIDES = ("glossary", "situations")


@dataclasses.dataclass(frozen=True)
class GuideFacts:
    """What is known of a guide once it is set: bytes, pages, and its picture in pixels."""

    size: int
    page_count: int
    picture_size: tuple[int, int]


@dataclasses.dataclass(frozen=True)
class Download:
    """One file. `facts` are its size and pages; a picture there is of guides only."""

    kind: str
    address: Address
    name: str
    lead: str
    how_to: str | None = None
    facts: str | None = None
    picture: Address | None = None
    picture_size: tuple[int, int] | None = None


@dataclasses.dataclass(frozen=True)
class DownloadGroup:
    """What there is of a country, or of all."""

    anchor: str
    name: str
    files: tuple[Download, ...]


def view_country_downloads(
    country: CountryView, words: Words, guides: Mapping[str, GuideFacts]
) -> DownloadGroup:
    """Return what can be taken along of a country. `guides` are those that were set, by path."""
    code, language = country.code, words.language
    files = [
        _view_guide(kind, urls.guide(code, kind, language), words, guides)
        for kind in COUNTRY_GUIDES
        if can_print(words.interface.name)
    ]
    others = [("helplines", urls.helplines(code, language))]
    if any(organization.has_card for organization in country.organizations):
        others.append(("contacts", urls.contact_cards(code, language)))
    files += [
        Download(kind, address, words(f"downloads.{kind}"), words(f"downloads.{kind}_lead"))
        for kind, address in others
    ]
    return DownloadGroup(urls.country_anchor(code), country.name.text, tuple(files))


def view_regional_downloads(
    dataset: Dataset, words: Words, guides: Mapping[str, GuideFacts]
) -> DownloadGroup:
    """Return what can be taken along of the whole region. `guides` are those that were set."""
    there = {"glossary": dataset.glossary, "situations": dataset.situations}
    files = tuple(
        _view_guide(kind, urls.regional_guide(kind, words.language), words, guides)
        for kind in REGIONAL_GUIDES
        if there[kind] and can_print(words.interface.name)
    )
    return DownloadGroup("region", words("downloads.region"), files)


def _view_guide(
    kind: str, address: Address, words: Words, guides: Mapping[str, GuideFacts]
) -> Download:
    found = guides.get(address.path)
    facts = None
    if found:
        pages = words("downloads.pages", count=found.page_count)
        facts = f"PDF · {pages} · {words.size(found.size)}"
    return Download(
        kind,
        address,
        words(f"guide.{kind}"),
        words(f"guide.{kind}_lead"),
        words(f"guide.{kind}_print"),
        facts,
        urls.picture(address) if found else None,
        found.picture_size if found else None,
    )
