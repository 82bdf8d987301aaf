"""What the pages of legal frameworks show: all of them, and those of one jurisdiction."""

from __future__ import annotations

import dataclasses
import re
from typing import get_args

from generator import urls
from generator.dataset import Dataset
from generator.models.knowledge import LawKind, LegalFramework
from generator.urls import Address
from generator.values.text import Wording
from generator.views.filters import Filter, Keys, drop_useless, make_filter
from generator.views.sources import CitationView, References
from generator.words import Words, alphabetically

ABOVE_COUNTRIES = ("international", "african")
"""The jurisdictions that are no countries, in the order in which they are shown."""


@dataclasses.dataclass(frozen=True)
class LawView:
    """One instrument. `years` is its year, or the period that it covers."""

    id: str
    address: Address
    title: Wording
    kind: str
    citation: str | None
    years: str | None
    status: Wording | None
    summary: Wording | None
    references: tuple[int, ...]
    keys: Keys


@dataclasses.dataclass(frozen=True)
class JurisdictionView:
    """The law of a country, of Africa or of all countries. `country` is the page of the country."""

    id: str
    address: Address
    name: str
    country: Address | None
    laws: tuple[LawView, ...]
    sources: tuple[CitationView, ...]


@dataclasses.dataclass(frozen=True)
class LawListView:
    """The list of all legal frameworks."""

    address: Address
    jurisdictions: tuple[JurisdictionView, ...]
    filters: tuple[Filter, ...]
    total: int


def view_jurisdictions(dataset: Dataset, words: Words) -> list[JurisdictionView]:
    """Return the law of each jurisdiction: the international first, then countries by name."""
    names = {name: words(f"law.{name}") for name in ABOVE_COUNTRIES}
    countries = [
        (country.name.in_language(words.language).text, code)
        for code, country in dataset.countries.items()
    ]
    names |= {code: name for name, code in sorted(countries, key=lambda c: alphabetically(c[0]))}
    return [
        view
        for identifier, name in names.items()
        if (view := _view_jurisdiction(identifier, name, dataset, words)).laws
    ]


def view_law_list(jurisdictions: list[JurisdictionView], words: Words) -> LawListView:
    """Return the list of all legal frameworks with its filters."""
    keys = [law.keys for jurisdiction in jurisdictions for law in jurisdiction.laws]
    places = {jurisdiction.id: jurisdiction.name for jurisdiction in jurisdictions}
    kinds = {kind: words(f"law.kind.{kind}") for kind in get_args(LawKind)}
    return LawListView(
        address=urls.law(words.language),
        jurisdictions=tuple(jurisdictions),
        filters=drop_useless(
            (
                make_filter("country", words("law.jurisdiction"), places, keys),
                make_filter("kind", words("law.kind"), kinds, keys),
            ),
            total=len(keys),
        ),
        total=len(keys),
    )


def _view_jurisdiction(
    identifier: str, name: str, dataset: Dataset, words: Words
) -> JurisdictionView:
    references = References(dataset, words)
    page = urls.jurisdiction(words.language, identifier)
    laws = [law for law in dataset.legal_frameworks.values() if law.jurisdiction == identifier]
    order = get_args(LawKind)
    laws.sort(key=lambda law: (order.index(law.kind), law.year or 0, law.id))
    is_country = identifier in dataset.countries
    return JurisdictionView(
        id=identifier,
        address=page,
        name=name,
        country=urls.country(words.language, identifier) if is_country else None,
        laws=tuple(_view_law(law, page, references, words) for law in laws),
        sources=references.list,
    )


def _view_law(law: LegalFramework, page: Address, references: References, words: Words) -> LawView:
    language = words.language
    title = law.title.in_language(language)
    years = str(law.year) if law.year else None
    if years and law.until:
        years = words.ltr(f"{years}–{law.until}")
    return LawView(
        id=law.id,
        address=page.at(law.id),
        title=title,
        kind=words(f"law.kind.{law.kind}"),
        citation=unless_told(law.citation, title.text),
        years=years,
        status=law.status.in_language(language) if law.status else None,
        summary=law.summary.in_language(language) if law.summary else None,
        references=references.cite(law.sources),
        keys={"country": (law.jurisdiction,), "kind": (law.kind,)},
    )


def unless_told(citation: str | None, title: str) -> str | None:
    """Return how a law is cited, unless its title tells the number, in whatever language."""
    numbers = re.findall(r"[0-9]+", citation or "")
    told = set(re.findall(r"[0-9]+", title))
    return None if numbers and told.issuperset(numbers) else citation
