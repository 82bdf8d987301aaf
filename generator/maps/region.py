"""The map of the region: countries as links, and the migration routes as schematic corridors."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

import shapely

from generator.geometry import Shape
from generator.maps.country import MapTooCrowdedError
from generator.maps.frames import Frame, draw_ground, make_frame
from generator.maps.labels import GAP, Box, Label, Point, make_label
from generator.maps.text import ASCENT, DESCENT, LINE, SIZE, measure_width, wrap

# Longitudes and latitudes that each corridor passes, by the ids of data/taxonomies/
# migration-routes.yaml. Chosen by hand: they show between which shores a route runs, not where
# people walk or sail.
CORRIDORS: dict[str, tuple[Point, ...]] = {
    "western-african-atlantic": ((-17.2, 15.2), (-19.0, 20.5), (-17.0, 25.0), (-14.6, 28.0)),
    "western-mediterranean": ((2.2, 15.0), (0.5, 24.0), (-1.6, 32.5), (-3.2, 37.6)),
    "central-mediterranean": ((9.5, 15.5), (12.5, 24.0), (13.6, 32.0), (15.0, 37.6)),
    "eastern-mediterranean": ((34.5, 37.2), (30.0, 36.8), (26.5, 38.2), (23.4, 38.4)),
}
# Where the name of each would stand best, its middle.
NAMES_AT: dict[str, Point] = {
    "western-african-atlantic": (-22.0, 32.0),
    "western-mediterranean": (-6.0, 44.0),
    "central-mediterranean": (14.0, 44.5),
    "eastern-mediterranean": (31.0, 33.0),
}
FRAME = ((-25.0, 17.0), (8.0, 10.0), (8.0, 50.0), (37.5, 22.0))  # longitudes, latitudes
_DETAIL = 1.5
WIDEST_LABELS = (130.0, 100.0, 80.0)  # units; names of routes are broken into lines that long
Spot: TypeAlias = tuple[tuple[str, ...], Label]  # the lines of a name, and where they may stand
_CORRIDOR = 5.0  # units on each side of a corridor's middle


@dataclasses.dataclass(frozen=True)
class CountryLink:
    """A country, the link to its page, and the link's name for screen readers."""

    code: str
    name: str
    href: str
    title: str


@dataclasses.dataclass(frozen=True)
class RouteName:
    """A migration route: its identifier in the taxonomy, and its name."""

    id: str
    name: str


@dataclasses.dataclass(frozen=True)
class MapCountry:
    """A country on the map: its area, and where its name stands."""

    country: CountryLink
    path: str
    label: Label


@dataclasses.dataclass(frozen=True)
class Corridor:
    """A route on the map: its middle line, and where its name stands, line by line."""

    route: RouteName
    path: str
    lines: tuple[str, ...]
    label: Label


@dataclasses.dataclass(frozen=True)
class RegionMap:
    """Everything that a template needs, in units of `frame.view_box`; see `CountryMap`."""

    language: str
    direction: Literal["ltr", "rtl"]
    frame: Frame
    land: str
    borders: str
    dashed: str
    shows_western_sahara: bool
    countries: tuple[MapCountry, ...]
    corridors: tuple[Corridor, ...]
    line_height: float = SIZE * LINE


def make_region_map(
    countries: Sequence[CountryLink],
    routes: Sequence[RouteName],
    *,
    language: str,
    direction: Literal["ltr", "rtl"],
) -> RegionMap:
    """Return the map of the region.

    Raises `KeyError` for a country or a route that has no shape here, `MapTooCrowdedError` where a
    name finds no place.
    """
    frame = make_frame(shapely.MultiPoint(FRAME), (), margin=0, heights=(300, 440))
    ground = draw_ground(
        frame, [country.code for country in countries], detail=_DETAIL, all_borders=False
    )
    lines = {route.id: _corridor(frame, route.id) for route in routes}
    taken = [box for points in lines.values() for box in _boxes_along(points)]
    own = shapely.union_all([ground.shapes[country.code] for country in countries])
    names: dict[str, Label] = {}
    smallest_first = sorted(countries, key=lambda country: ground.shapes[country.code].area)
    for country in smallest_first:
        spots = _spots_in(ground.shapes[country.code], own, country.name)
        _, names[country.code] = _take_first(country.name, spots, frame, taken)
    corridors = []
    for route in sorted(routes, key=lambda route: lines[route.id][0]):
        wraps = list(dict.fromkeys(wrap(route.name, width) for width in WIDEST_LABELS))
        longitude, latitude = NAMES_AT[route.id]
        middle = frame.place(latitude=latitude, longitude=longitude)
        spots = _spots_around(middle, wraps, own)
        wrapped, label = _take_first(route.name, spots, frame, taken)
        corridors.append(Corridor(route, _smooth(lines[route.id]), wrapped, label))
    return RegionMap(
        language,
        direction,
        frame,
        ground.land,
        ground.borders,
        ground.dashed,
        ground.shows_western_sahara,
        tuple(MapCountry(c, ground.countries[c.code], names[c.code]) for c in countries),
        tuple(corridors),
    )


def _take_first(
    name: str, spots: Iterator[Spot], frame: Frame, taken: list[Box]
) -> tuple[tuple[str, ...], Label]:
    """Return the first lines and label that are free, and note that their place is taken now."""
    for lines, label in spots:
        if label.box.within(frame.box, gap=GAP) and not any(
            label.box.overlaps(other, gap=GAP) for other in taken
        ):
            taken.append(label.box)
            return (lines, label)
    raise MapTooCrowdedError(f"no room on the map of the region for {name}")


def _spots_in(shape: Shape, own: Shape, name: str) -> Iterator[Spot]:
    """Yield places for a country's name, those first that lie most in it and near its middle."""
    width = measure_width(name)
    circle = shapely.maximum_inscribed_circle(shape, tolerance=1)
    centre_x, centre_y = circle.coords[0]
    height = SIZE * (ASCENT + DESCENT)
    west, north, east, south = shapely.bounds(shape).tolist()
    found = []
    for x in range(math.floor(west - width), math.ceil(east + width), 4):
        for y in range(math.floor(north), math.ceil(south), 4):
            box = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
            rectangle = shapely.box(*dataclasses.astuple(box))
            inside = float(shapely.intersection(shape, rectangle).area) / (width * height)
            foreign = float(shapely.intersection(own, rectangle).area) / (width * height) - inside
            if inside:
                distance = math.dist((x, y), (centre_x, centre_y))
                found.append((round(foreign * 200 - inside * 100 + distance, 3), x, y, box))
    for _, _, _, box in sorted(found, key=lambda each: each[:3]):
        yield ((name,), make_label(box, "middle"))


def _spots_around(middle: Point, wraps: Sequence[tuple[str, ...]], own: Shape) -> Iterator[Spot]:
    """Yield places for a route's name, near `middle` and off the countries where possible."""
    found = []
    for rank, lines in enumerate(wraps):
        width = max(measure_width(line) for line in lines)
        height = SIZE * (ASCENT + DESCENT + LINE * (len(lines) - 1))
        for x in range(math.floor(middle[0]) - 90, math.ceil(middle[0]) + 90, 4):
            for y in range(math.floor(middle[1]) - 80, math.ceil(middle[1]) + 80, 4):
                box = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
                rectangle = shapely.box(*dataclasses.astuple(box))
                covered = float(shapely.intersection(rectangle, own).area) / (width * height)
                cost = math.dist((x, y), middle) + covered * 60
                found.append((round(cost, 3), rank, x, y, box))
    for _, rank, _, _, box in sorted(found, key=lambda each: each[:4]):
        yield (wraps[rank], make_label(box, "middle"))


def _corridor(frame: Frame, route: str) -> list[Point]:
    return [frame.place(latitude=y, longitude=x) for x, y in CORRIDORS[route]]


def _boxes_along(points: Sequence[Point]) -> list[Box]:
    line = shapely.LineString(points)
    steps = math.ceil(line.length / _CORRIDOR)
    spots = [line.interpolate(i / steps, normalized=True) for i in range(steps + 1)]
    return [
        Box(spot.x - _CORRIDOR, spot.y - _CORRIDOR, spot.x + _CORRIDOR, spot.y + _CORRIDOR)
        for spot in spots
    ]


def _smooth(points: Sequence[Point]) -> str:
    """Return a curve through points (Catmull-Rom, as Bézier curves)."""
    before, after = [points[0], *points], [*points[1:], points[-1], points[-1]]
    pieces = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for i in range(len(points) - 1):
        start, end = points[i], points[i + 1]
        last, following = before[i], after[i + 1]
        controls = (
            (start[0] + (end[0] - last[0]) / 6, start[1] + (end[1] - last[1]) / 6),
            (end[0] - (following[0] - start[0]) / 6, end[1] - (following[1] - start[1]) / 6),
            end,
        )
        pieces.append("C" + " ".join(f"{x:.1f} {y:.1f}" for x, y in controls))
    return "".join(pieces)
