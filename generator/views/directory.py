"""What the page of all services shows: every organization once, and indexes by need and by city."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable

from generator import urls
from generator.dataset import Dataset
from generator.urls import Address
from generator.values.text import Wording
from generator.views.filters import Choice, Filter, Keys, make_filter
from generator.views.organizations import (
    OrganizationView,
    Row,
    view_organization,
    view_row,
)
from generator.words import Words, alphabetically

NATIONWIDE = "nationwide"
"""Stands among the cities of an entry that serves its whole country."""


@dataclasses.dataclass(frozen=True)
class Entry:
    """One organization in the directory, and what it is filtered by."""

    anchor: str
    row: Row
    country: Wording
    keys: Keys


@dataclasses.dataclass(frozen=True)
class CountryEntries:
    """The organizations of one country."""

    code: str
    anchor: str
    name: Wording
    address: Address
    entries: tuple[Entry, ...]


@dataclasses.dataclass(frozen=True)
class Index:
    """The entries that answer a need or work in a city, as links into the page."""

    name: str
    anchor: str
    entries: tuple[Entry, ...]


@dataclasses.dataclass(frozen=True)
class DirectoryView:
    """The page of all services."""

    address: Address
    countries: tuple[CountryEntries, ...]
    by_need: tuple[Index, ...]
    by_city: tuple[Index, ...]
    filters: tuple[Filter, ...]
    total: int


def view_directory(dataset: Dataset, words: Words) -> DirectoryView:
    """Return what the page of all services shows in the language of the words."""
    language = words.language
    countries = [
        CountryEntries(
            code=code,
            anchor=f"country-{code.lower()}",
            name=country.name.in_language(language),
            address=urls.country(language, code),
            entries=tuple(
                _view_entry(
                    view_organization(organization, dataset, words),
                    country.name.in_language(language),
                )
                for organization in dataset.organizations_in(code)
            ),
        )
        for code, country in dataset.countries.items()
    ]
    countries.sort(key=lambda country: alphabetically(country.name.text))
    every = tuple(entry for country in countries for entry in country.entries)
    keys = [entry.keys for entry in every]
    names = {country.code: country.name.text for country in countries}
    needs = {need.id: need.name.in_language(language).text for need in dataset.needs}
    by_country = make_filter("country", words("directory.country"), names, keys)
    by_need = make_filter("need", words("directory.need"), needs, keys)
    by_city = _make_city_filter(countries, dataset, words)
    return DirectoryView(
        address=urls.directory(language),
        countries=tuple(countries),
        by_need=_index(by_need.choices, "need", every, urls.need_anchor),
        by_city=_index(
            [city for _, cities in by_city.groups for city in cities],
            "city",
            every,
            urls.city_anchor,
        ),
        filters=(by_country, by_need, by_city),
        total=len(every),
    )


def _view_entry(organization: OrganizationView, country: Wording) -> Entry:
    nationwide = (NATIONWIDE,) if any(c.actions for c in organization.nationwide) else ()
    return Entry(
        anchor=f"{organization.country.lower()}-{organization.id}",
        row=view_row(organization),
        country=country,
        keys={
            "country": (organization.country,),
            "need": organization.needs,
            "city": (*nationwide, *organization.cities),
        },
    )


def _make_city_filter(countries: list[CountryEntries], dataset: Dataset, words: Words) -> Filter:
    """Return the filter by city: first who serves a whole country, then the cities by country."""
    groups = []
    for country in countries:
        keys = [entry.keys for entry in country.entries]
        names = {
            place: dataset.places[place].name.in_language(words.language).text
            for entry in keys
            for place in entry["city"]
            if place != NATIONWIDE
        }
        by_name = dict(sorted(names.items(), key=lambda item: (alphabetically(item[1]), item[0])))
        heading = Choice(country.code, country.name.text, len(keys))
        if by_name:
            groups.append((heading, make_filter("city", "", by_name, keys).choices))
    every = [entry.keys for country in countries for entry in country.entries]
    whole = make_filter("city", "", {NATIONWIDE: words("channel.nationwide")}, every).choices
    label = words("directory.city")
    return Filter("city", label, whole, within="country", groups=tuple(groups))


def _index(
    choices: Iterable[Choice],
    name: str,
    entries: tuple[Entry, ...],
    anchor: Callable[[str], str],
) -> tuple[Index, ...]:
    return tuple(
        Index(
            choice.name,
            anchor(choice.id),
            tuple(entry for entry in entries if choice.id in entry.keys[name]),
        )
        for choice in choices
    )
