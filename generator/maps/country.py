"""The map of one country: a pin for each city, a shaded circle where only the region is told."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from typing import Literal

from generator.geometry import country_shape
from generator.maps.frames import Frame, draw_ground, make_frame
from generator.maps.labels import Box, Label, NoRoomError, Wanted, dot_box, place_labels
from generator.maps.text import measure_width

MERGED_BELOW = 15.0  # units between two pins that then share one label
DOT = 4.5  # radius of a pin
AREA_KILOMETRES = 60.0  # radius of a shaded circle
SEPARATOR = " · "
_DETAIL = 0.7
_HEIGHTS = (260.0, 520.0)
_MARGINS = (14.0, 30.0, 50.0, 75.0, 100.0)


class MapTooCrowdedError(ValueError):
    """The labels of a map can't be placed so that all can be read."""


@dataclasses.dataclass(frozen=True)
class Pin:
    """A city: `count` services, a link to them and the link's name for screen readers."""

    id: str
    name: str
    latitude: float
    longitude: float
    count: int
    href: str
    title: str


@dataclasses.dataclass(frozen=True)
class Area(Pin):
    """A region in which a place is that is not published; the coordinates are its middle."""


@dataclasses.dataclass(frozen=True)
class Dot:
    """A city on the map, in units of the viewBox."""

    pin: Pin
    x: float
    y: float


@dataclasses.dataclass(frozen=True)
class MapPin:
    """One city, or several with one label: "Rabat · Salé 8". Each keeps its dot and its link."""

    dots: tuple[Dot, ...]
    count: int
    label: Label


@dataclasses.dataclass(frozen=True)
class MapArea:
    """A shaded circle."""

    area: Area
    x: float
    y: float
    radius: float
    label: Label


@dataclasses.dataclass(frozen=True)
class CountryMap:
    """Everything that a template needs: paths, pins and labels in units of `frame.view_box`.

    `dashed` is the line between Western Sahara and Morocco, empty where it is not in the frame;
    where `shows_western_sahara`, the disclaimer on boundaries must stand under the map.
    """

    code: str
    language: str
    direction: Literal["ltr", "rtl"]
    frame: Frame
    land: str
    country: str
    borders: str
    dashed: str
    shows_western_sahara: bool
    pins: tuple[MapPin, ...]
    areas: tuple[MapArea, ...]
    dot: float = DOT


def make_country_map(
    code: str,
    pins: Sequence[Pin],
    *,
    language: str,
    direction: Literal["ltr", "rtl"],
    areas: Sequence[Area] = (),
) -> CountryMap:
    """Return the map of a country (ISO 3166-1 alpha-2), with pins from north to south.

    Raises `KeyError` for a country whose shape is not known, `MapTooCrowdedError` where no margin
    leaves room for all labels.
    """
    shown: tuple[Pin | Area, ...] = (*pins, *areas)
    places = [(each.longitude, each.latitude) for each in shown]
    for margin in _MARGINS:
        frame = make_frame(country_shape(code), places, margin=margin, heights=_HEIGHTS)
        try:
            placed_pins, placed_areas = _place(frame, pins, areas, direction)
        except NoRoomError:
            continue
        ground = draw_ground(frame, [code], detail=_DETAIL, all_borders=True)
        return CountryMap(
            code,
            language,
            direction,
            frame,
            ground.land,
            ground.countries[code],
            ground.borders,
            ground.dashed,
            ground.shows_western_sahara,
            placed_pins,
            placed_areas,
        )
    names = ", ".join(each.name for each in shown)
    raise MapTooCrowdedError(f"no room on the map of {code} ({language}) for all of: {names}")


def label_text(names: Sequence[str], count: int) -> str:
    """Return the text of a label as it is measured and set."""
    return f"{SEPARATOR.join(names)} {count}"


def _place(
    frame: Frame, pins: Sequence[Pin], areas: Sequence[Area], direction: str
) -> tuple[tuple[MapPin, ...], tuple[MapArea, ...]]:
    groups = _merge(
        [Dot(p, *frame.place(latitude=p.latitude, longitude=p.longitude)) for p in pins]
    )
    radius = round(AREA_KILOMETRES * frame.scale, 1)
    circles = [frame.place(latitude=a.latitude, longitude=a.longitude) for a in areas]
    wanted = [
        Wanted(measure_width(label_text([dot.pin.name for dot in group], _count(group))), around)
        for group in groups
        for around in [_around(group)]
    ] + [
        Wanted(measure_width(label_text([a.name], a.count)), dot_box(x, y, radius), inside=True)
        for a, (x, y) in zip(areas, circles, strict=True)
    ]
    dots = [dot_box(dot.x, dot.y, DOT) for group in groups for dot in group]
    labels = place_labels(wanted, frame=frame.box, taken=dots, rtl=direction == "rtl")
    return (
        tuple(
            MapPin(tuple(group), _count(group), label)
            for group, label in zip(groups, labels, strict=False)
        ),
        tuple(
            MapArea(area, x, y, radius, label)
            for area, (x, y), label in zip(areas, circles, labels[len(groups) :], strict=True)
        ),
    )


def _merge(dots: Sequence[Dot]) -> list[list[Dot]]:
    """Return the dots in groups, so that none is closer than `MERGED_BELOW` to another group."""
    groups: list[list[Dot]] = []
    for dot in sorted(dots, key=lambda dot: (dot.y, dot.pin.id)):
        near = [group for group in groups if any(_distance(dot, o) < MERGED_BELOW for o in group)]
        groups = [group for group in groups if group not in near]
        groups.append([*(other for group in near for other in group), dot])
    for group in groups:  # the city with most services names the label
        group.sort(key=lambda dot: (-dot.pin.count, dot.pin.id))
    return sorted(groups, key=lambda group: (min(dot.y for dot in group), group[0].pin.id))


def _distance(one: Dot, other: Dot) -> float:
    return math.dist((one.x, one.y), (other.x, other.y))


def _count(group: Sequence[Dot]) -> int:
    return sum(dot.pin.count for dot in group)


def _around(group: Sequence[Dot]) -> Box:
    xs, ys = [dot.x for dot in group], [dot.y for dot in group]
    return Box(min(xs) - DOT, min(ys) - DOT, max(xs) + DOT, max(ys) + DOT)
