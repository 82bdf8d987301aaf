"""What the page of all services shows: every organization once, and indexes by need and by city."""

from __future__ import annotations

import dataclasses

from generator import urls
from generator.dataset import Dataset
from generator.urls import Address
from generator.values.text import Wording
from generator.views.organizations import (
    OrganizationView,
    Row,
    view_organization,
    view_row,
)
from generator.words import Words

NATIONWIDE = "nationwide"
"""Stands among the cities of an entry that serves its whole country."""


@dataclasses.dataclass(frozen=True)
class Choice:
    """One choice of a filter, with the number of organizations that it leaves."""

    id: str
    name: Wording
    count: int


@dataclasses.dataclass(frozen=True)
class Entry:
    """One organization in the directory; `cities` also says whether it serves the whole country."""

    anchor: str
    row: Row
    country: str
    needs: tuple[str, ...]
    cities: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class CountryEntries:
    """The organizations of one country, and its cities as choices."""

    code: str
    anchor: str
    name: Wording
    address: Address
    entries: tuple[Entry, ...]
    cities: tuple[Choice, ...]


@dataclasses.dataclass(frozen=True)
class Index:
    """The entries that answer a need or work in a city, as links into the page."""

    choice: Choice
    anchor: str
    entries: tuple[Entry, ...]


@dataclasses.dataclass(frozen=True)
class DirectoryView:
    """The page of all services."""

    address: Address
    countries: tuple[CountryEntries, ...]
    by_need: tuple[Index, ...]
    by_city: tuple[Index, ...]
    total: int


def view_directory(dataset: Dataset, words: Words) -> DirectoryView:
    """Return what the page of all services shows in the language of the words."""
    countries = []
    for code, country in dataset.countries.items():
        entries = tuple(
            _view_entry(view_organization(organization, dataset, words))
            for organization in dataset.organizations_in(code)
        )
        cities = {city for entry in entries for city in entry.cities if city != NATIONWIDE}
        countries.append(
            CountryEntries(
                code=code,
                anchor=f"country-{code.lower()}",
                name=country.name.in_language(words.language),
                address=urls.country(words.language, code),
                entries=entries,
                cities=_count_cities(cities, entries, dataset, words),
            )
        )
    countries.sort(key=lambda country: country.name.text)
    every = tuple(entry for country in countries for entry in country.entries)
    return DirectoryView(
        address=urls.directory(words.language),
        countries=tuple(countries),
        by_need=_index_needs(every, dataset, words),
        by_city=tuple(
            Index(
                choice,
                urls.city_anchor(choice.id),
                tuple(entry for entry in country.entries if choice.id in entry.cities),
            )
            for country in countries
            for choice in country.cities
        ),
        total=len(every),
    )


def _view_entry(organization: OrganizationView) -> Entry:
    nationwide = (NATIONWIDE,) if any(c.actions for c in organization.nationwide) else ()
    return Entry(
        anchor=f"{organization.country.lower()}-{organization.id}",
        row=view_row(organization),
        country=organization.country,
        needs=organization.needs,
        cities=(*nationwide, *organization.cities),
    )


def _index_needs(entries: tuple[Entry, ...], dataset: Dataset, words: Words) -> tuple[Index, ...]:
    indexes = []
    for need in dataset.needs:
        found = tuple(entry for entry in entries if need.id in entry.needs)
        if found:
            choice = Choice(need.id, need.name.in_language(words.language), len(found))
            indexes.append(Index(choice, urls.need_anchor(need.id), found))
    return tuple(indexes)


def _count_cities(
    cities: set[str], entries: tuple[Entry, ...], dataset: Dataset, words: Words
) -> tuple[Choice, ...]:
    choices = [
        Choice(
            city,
            dataset.places[city].name.in_language(words.language),
            sum(city in entry.cities for entry in entries),
        )
        for city in cities
    ]
    return tuple(sorted(choices, key=lambda choice: (choice.name.text, choice.id)))
