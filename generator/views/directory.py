"""What the page of all services shows: every organization once, and indexes by need and by city."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import get_args

from generator import urls
from generator.dataset import Dataset
from generator.models.organizations import Organization, OrganizationKind
from generator.urls import Address
from generator.values.text import Wording
from generator.views.channels import ActionKind
from generator.views.filters import Choice, Filter, Keys, drop_useless, make_filter
from generator.views.organizations import (
    OrganizationView,
    Row,
    view_organization,
    view_row,
)
from generator.words import Words, alphabetically

CHANNELS = get_args(ActionKind)
"""The ways to reach somebody, the quickest first."""


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
                    organization,
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
    kinds = {kind: words(f"organization.kind.{kind}") for kind in get_args(OrganizationKind)}
    ways = {way: words(f"channel.{way}") for way in CHANNELS}
    ways["visit"] = words("directory.visit")
    spoken = sorted({code for one in keys for code in one["language"]})
    languages = {code: words.language_name(code) for code in spoken}
    by_name = dict(sorted(languages.items(), key=lambda item: alphabetically(item[1])))
    yes = {"yes": words("channel.nationwide")}
    return DirectoryView(
        address=urls.directory(language),
        countries=tuple(countries),
        by_need=_index(by_need.choices, "need", every, urls.need_anchor),
        by_city=_index(
            by_city.every_choice,
            "city",
            every,
            urls.city_anchor,
        ),
        filters=drop_useless(
            (
                by_country,
                by_need,
                by_city,
                make_filter("kind", words("directory.kind"), kinds, keys, is_extra=True),
                make_filter("channel", words("directory.channel"), ways, keys, is_extra=True),
                make_filter("language", words("directory.language"), by_name, keys, is_extra=True),
                make_filter("nationwide", words("directory.reach"), yes, keys, is_extra=True),
            ),
            total=len(every),
        ),
        total=len(every),
    )


def _view_entry(organization: OrganizationView, record: Organization, country: Wording) -> Entry:
    ways = {action.kind for channel in organization.channels for action in channel.actions}
    is_nationwide = any(channel.actions for channel in organization.nationwide)
    return Entry(
        anchor=f"{organization.country.lower()}-{organization.id}",
        row=view_row(organization),
        country=country,
        keys={
            "country": (organization.country,),
            "need": organization.needs,
            "city": organization.cities,
            "kind": (record.kind,),
            "channel": tuple(way for way in CHANNELS if way in ways) or ("visit",),
            "language": tuple(sorted({code for c in record.channels for code in c.languages})),
            "nationwide": ("yes",) if is_nationwide else (),
        },
    )


def _make_city_filter(countries: list[CountryEntries], dataset: Dataset, words: Words) -> Filter:
    """Return the filter by city, with the cities of each country together."""
    groups = []
    for country in countries:
        keys = [entry.keys for entry in country.entries]
        names = {
            place: dataset.places[place].name.in_language(words.language).text
            for entry in keys
            for place in entry["city"]
        }
        by_name = dict(sorted(names.items(), key=lambda item: (alphabetically(item[1]), item[0])))
        heading = Choice(country.code, country.name.text, len(keys))
        if by_name:
            groups.append((heading, make_filter("city", "", by_name, keys).choices))
    label = words("directory.city")
    return Filter("city", label, (), within="country", groups=tuple(groups))


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
