"""What the maps show: a country's cities with their services, and the region with its routes."""

from __future__ import annotations

import dataclasses
import functools
from typing import Literal

from generator import urls
from generator.dataset import Dataset
from generator.geometry import country_shapes
from generator.maps import (
    Area,
    CountryLink,
    CountryMap,
    Pin,
    RegionMap,
    RouteName,
    make_country_map,
    make_region_map,
)
from generator.views.countries import CountryView, Group
from generator.views.links import PageLink
from generator.words import Words, alphabetically

ROUTES = "migration-routes"
"""The taxonomy of the routes."""

# Placing labels takes the most time of all views; pages and guides show the same maps.
_draw_country = functools.lru_cache(maxsize=128)(make_country_map)
_draw_region = functools.lru_cache(maxsize=128)(make_region_map)


@dataclasses.dataclass(frozen=True)
class MapCity:
    """A city under the map: what its pin says, what it answers, and who is there."""

    id: str
    anchor: str
    name: str
    services: str
    needs: tuple[str, ...]
    organizations: tuple[PageLink, ...]


@dataclasses.dataclass(frozen=True)
class CountryMapView:
    """A country's map, and the same as a list. `nationwide` has no place on it, but above it."""

    map: CountryMap
    nationwide: tuple[PageLink, ...]
    cities: tuple[MapCity, ...]
    needs: tuple[tuple[str, str], ...]


def view_country_map(country: CountryView, dataset: Dataset, words: Words) -> CountryMapView | None:
    """Return the map of a country; none where its shape is not known.

    Raises `maps.MapTooCrowdedError` where names find no room.
    """
    if country.code not in country_shapes():
        return None
    cities = tuple(_view_city(group, country, words) for group in country.cities)
    pins = [
        Pin(
            id=group.id,
            name=group.name.text,
            latitude=dataset.places[group.id].latitude,
            longitude=dataset.places[group.id].longitude,
            count=_count(group),
            href=f"#{city.anchor}",
            title=words.labelled(group.name.text, city.services),
        )
        for group, city in zip(country.cities, cities, strict=True)
    ]
    return CountryMapView(
        map=_draw_country(
            country.code,
            tuple(pins),
            areas=tuple(_view_areas(country, dataset, words)),
            language=words.language,
            direction=_direction(words),
        ),
        nationwide=tuple(
            PageLink(one.abbreviation or one.name.text, country.address.at(one.anchor))
            for one in country.organizations
            if any(channel.actions for channel in one.nationwide)
        ),
        cities=cities,
        needs=tuple(
            (group.id, group.name.text)
            for group in country.needs
            if any(group.id in city.needs for city in cities)
        ),
    )


def view_region_map(dataset: Dataset, words: Words) -> RegionMap | None:
    """Return the map of the region, with the countries that have a shape; none without any."""
    codes = [code for code in dataset.countries if code in country_shapes()]
    taxonomy = dataset.taxonomies.get(ROUTES)
    if not codes or taxonomy is None:
        return None
    here = urls.home(words.language).path
    countries = [
        CountryLink(
            code,
            name := dataset.countries[code].name.in_language(words.language).text,
            urls.country(words.language, code).seen_from(here),
            name,
        )
        for code in codes
    ]
    routes = [
        RouteName(term.id, term.name.in_language(words.language).text) for term in taxonomy.terms
    ]
    return _draw_region(
        tuple(sorted(countries, key=lambda one: alphabetically(one.name))),
        tuple(routes),
        language=words.language,
        direction=_direction(words),
    )


def _view_city(group: Group, country: CountryView, words: Words) -> MapCity:
    organizations = [row.organization for row in group.rows]
    return MapCity(
        id=group.id,
        anchor=urls.place_anchor(group.id),
        name=group.name.text,
        services=words("count.services", count=_count(group)),
        needs=tuple(dict.fromkeys(need for one in organizations for need in one.needs)),
        organizations=tuple(
            PageLink(one.abbreviation or one.name.text, country.address.at(one.anchor))
            for one in organizations
        ),
    )


def _view_areas(country: CountryView, dataset: Dataset, words: Words) -> list[Area]:
    """Return the regions in which a place is that is not published, as far as they are located."""
    areas = []
    for organization in dataset.organizations_in(country.code):
        for location in organization.locations:
            if location.precision != "region" or location.name is None:
                continue
            if location.latitude is None or location.longitude is None:
                continue
            name = location.name.in_language(words.language).text
            count = words("count.services", count=len(organization.services))
            areas.append(
                Area(
                    id=f"{organization.id}-{location.id}",
                    name=name,
                    latitude=location.latitude,
                    longitude=location.longitude,
                    count=len(organization.services),
                    href=f"#{urls.organization_anchor(organization.id)}",
                    title=words.labelled(name, count),
                )
            )
    return areas


def _count(group: Group) -> int:
    return sum(len(row.services) for row in group.rows)


def _direction(words: Words) -> Literal["ltr", "rtl"]:
    return "rtl" if words.direction == "rtl" else "ltr"
