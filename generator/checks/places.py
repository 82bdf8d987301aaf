"""Rules of where things are: cities and locations lie in their country, and no two are one."""

from __future__ import annotations

from collections.abc import Iterator

from generator.dataset import Dataset
from generator.geometry import country_shapes, distance_outside
from generator.problems import Problem
from generator.values.country import country_name

TOLERANCE_KILOMETRES = 5
"""How far outside the shape of its country a harbour may lie: coasts are those of 1:50 million."""


def check_coordinates(dataset: Dataset) -> Iterator[Problem]:
    """Every city, and every location with coordinates, lies in its country."""
    for key, place in dataset.places.items():
        file = dataset.files["places", key]
        where = (place.latitude, place.longitude)
        if found := _why_elsewhere(place.country, *where):
            message, fix = found
            yield file.problem("coordinates", f"{key}: {message}", fix=fix)
    for key, organization in dataset.organizations.items():
        for index, location in enumerate(organization.locations):
            if location.latitude is None or location.longitude is None:
                continue
            where = (location.latitude, location.longitude)
            if found := _why_elsewhere(organization.country, *where):
                message, fix = found
                at = ("locations", index, "latitude")
                file = dataset.files["organizations", key]
                yield file.problem("coordinates", message, fix=fix, at=at)


def check_geonames(dataset: Dataset) -> Iterator[Problem]:
    """No two cities are one and the same at GeoNames."""
    seen: dict[int, str] = {}
    for key, place in dataset.places.items():
        other = seen.setdefault(place.geonames_id, key)
        if other != key:
            yield dataset.files["places", key].problem(
                "duplicate-geonames",
                f"{key} has the GeoNames identifier of {other}: {place.geonames_id}",
                fix="look both up at geonames.org, and correct one or remove it",
            )


def _why_elsewhere(code: str, latitude: float, longitude: float) -> tuple[str, str] | None:
    """Return what is wrong with coordinates and how to mend it; none if they are in the country."""
    if code not in country_shapes():
        return None
    outside = distance_outside(code, latitude=latitude, longitude=longitude)
    if outside <= TOLERANCE_KILOMETRES:
        return None
    name = country_name(code)
    turned = distance_outside(code, latitude=longitude, longitude=latitude)
    if turned <= TOLERANCE_KILOMETRES:
        return (
            f"latitude and longitude are swapped: {latitude}, {longitude} is not in {name}, "
            "but the other way round it is",
            f"write {longitude} as the latitude and {latitude} as the longitude",
        )
    return (
        f"{latitude}, {longitude} lies {outside:,.0f} km outside {name}",
        "look the coordinates up again, or correct the country",
    )
