"""Who offers what, country by country: the gaps are what coordination meetings need."""

from __future__ import annotations

import dataclasses
from typing import Literal

from generator import urls
from generator.dataset import Dataset
from generator.urls import Address
from generator.values.text import Wording
from generator.views.countries import CountryView
from generator.views.links import PageLink
from generator.words import Words

Reach = Literal["call", "written", "visit", "nobody"]
"""How a service can be reached at best: by a call, in writing, by a visit only, or not at all."""


@dataclasses.dataclass(frozen=True)
class Cell:
    """One service type in one country: how many offer it, and how they can be reached at best."""

    count: int
    reach: Reach
    said: str
    address: Address


@dataclasses.dataclass(frozen=True)
class CoverageRow:
    """One service type in all countries."""

    name: Wording
    cells: tuple[Cell, ...]


@dataclasses.dataclass(frozen=True)
class CoverageView:
    """The table, under the needs; and for each country its gaps in words."""

    address: Address
    countries: tuple[PageLink, ...]
    needs: tuple[tuple[Wording, tuple[CoverageRow, ...]], ...]
    gaps: tuple[tuple[PageLink, tuple[Wording, ...], tuple[Wording, ...]], ...]


def view_coverage(countries: list[CountryView], dataset: Dataset, words: Words) -> CoverageView:
    """Return the table for countries in the order given."""
    links = tuple(PageLink(country.name.text, country.address) for country in countries)
    needs = []
    for need in dataset.needs:
        rows = tuple(
            CoverageRow(
                term.name.in_language(words.language),
                tuple(_view_cell(term.id, need.id, country, words) for country in countries),
            )
            for term in dataset.service_types.values()
            if term.parent == need.id
        )
        needs.append((need.name.in_language(words.language), rows))
    gaps = []
    for index, link in enumerate(links):
        by_reach: dict[Reach, list[Wording]] = {"nobody": [], "written": []}
        for _, rows in needs:
            for row in rows:
                if row.cells[index].reach in by_reach:
                    by_reach[row.cells[index].reach].append(row.name)
        gaps.append((link, tuple(by_reach["nobody"]), tuple(by_reach["written"])))
    return CoverageView(urls.coverage(words.language), links, tuple(needs), tuple(gaps))


def _view_cell(service_type: str, need: str, country: CountryView, words: Words) -> Cell:
    offering = [o for o in country.organizations if service_type in o.types]
    if any(channel.is_callable for o in offering for channel in o.channels):
        reach: Reach = "call"
    elif any(o.is_reachable for o in offering):
        reach = "written"
    else:
        reach = "visit" if offering else "nobody"
    return Cell(
        count=len(offering),
        reach=reach,
        said=words(f"coverage.{reach}"),
        address=country.address.at(urls.need_anchor(need)),
    )
