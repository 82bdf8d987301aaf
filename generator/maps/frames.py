"""From longitude and latitude to the units of a map, and the lines and areas of its ground."""

from __future__ import annotations

import dataclasses
import functools
import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy
import pyproj
import shapely

from generator.geometry import WESTERN_SAHARA, Shape, country_shapes, disputed_line
from generator.maps.labels import Box, Point

WIDTH = 440.0
_BLEED = 4.0  # units beyond the frame that are drawn, so that no edge of it shows
_SMALLEST = 2.0  # square units of an island that is drawn


@dataclasses.dataclass(frozen=True)
class Frame:
    """The part of the world that a map shows, in Lambert's azimuthal equal-area projection.

    `scale` is units for a kilometre; `left` and `top` are the corner in kilometres from the centre
    of the projection, northwards positive.
    """

    latitude: float
    longitude: float
    left: float
    top: float
    scale: float
    height: float

    @property
    def box(self) -> Box:
        """Return the viewBox."""
        return Box(0, 0, WIDTH, self.height)

    @property
    def view_box(self) -> str:
        """Return the viewBox as the attribute wants it."""
        return f"0 0 {WIDTH:.0f} {self.height:.0f}"

    def place(self, *, latitude: float, longitude: float) -> Point:
        """Return where a place is on the map, in units."""
        x, y = _projection(self.latitude, self.longitude).transform(longitude, latitude)
        return (round((x - self.left) * self.scale, 1), round((self.top - y) * self.scale, 1))

    def locate(self, x: float, y: float) -> tuple[float, float]:
        """Return latitude and longitude of a point of the map."""
        longitude, latitude = _projection(self.latitude, self.longitude).transform(
            x / self.scale + self.left, self.top - y / self.scale, direction="INVERSE"
        )
        return (latitude, longitude)

    def draw(self, shape: Shape) -> Shape:
        """Return a shape of longitudes and latitudes as one of units."""
        project = _projection(self.latitude, self.longitude).transform

        def to_units(x: Any, y: Any) -> tuple[Any, Any]:
            x, y = project(x, y)
            # Rounded, or lines that two countries share would differ in the last digits.
            return (
                numpy.round((x - self.left) * self.scale, 3),
                numpy.round((self.top - y) * self.scale, 3),
            )

        # A straight line of the source may be a curve here.
        return shapely.transform(shapely.segmentize(shape, 0.5), to_units, interleaved=False)


@dataclasses.dataclass(frozen=True)
class Ground:
    """What lies under the pins, as paths.

    `land` is all land together, `countries` those asked for, `borders` the lines between countries,
    `dashed` the line between Western Sahara and Morocco (empty outside the frame).
    """

    land: str
    countries: dict[str, str]
    shapes: dict[str, Shape]
    borders: str
    dashed: str
    shows_western_sahara: bool


def make_frame(
    shape: Shape, points: Iterable[Point], *, margin: float, heights: tuple[float, float]
) -> Frame:
    """Return the frame around a shape and points (longitude, latitude), with a margin in units."""
    west, south, east, north = shapely.bounds(shape).tolist()
    latitude, longitude = (south + north) / 2, (west + east) / 2
    unit = Frame(latitude, longitude, 0, 0, 1, 0)  # in kilometres, southwards positive
    whole = shapely.union_all(
        [unit.draw(shape), *(unit.draw(shapely.Point(point)) for point in points)]
    )
    left, top, right, bottom = shapely.bounds(whole).tolist()
    least, most = heights
    scale = min((WIDTH - 2 * margin) / (right - left), (most - 2 * margin) / (bottom - top))
    height = float(round(max(least, (bottom - top) * scale + 2 * margin)))
    return Frame(
        latitude,
        longitude,
        left=(left + right) / 2 - WIDTH / 2 / scale,
        top=-((top + bottom) / 2 - height / 2 / scale),
        scale=scale,
        height=height,
    )


def draw_ground(frame: Frame, codes: Sequence[str], *, detail: float, all_borders: bool) -> Ground:
    """Return the ground of a map on which the countries `codes` stand out.

    `detail` is how far lines may be simplified, in units; without `all_borders`, those between
    neighbours are left out.
    """
    known = country_shapes()
    drawn = shapely.coverage_simplify([frame.draw(shape) for shape in known.values()], detail)
    bleed = shapely.box(-_BLEED, -_BLEED, WIDTH + _BLEED, frame.height + _BLEED)
    sheet = shapely.box(0, 0, WIDTH, frame.height)
    shapes = {
        code: shape
        for code, shape in zip(known, drawn, strict=True)
        if shapely.intersects(shape, bleed)
    }
    borders = [
        shapely.intersection(shape.boundary, shapes[other].boundary)
        for code, shape in shapes.items()
        for other in shapes
        if code < other
        and {code, other} != {WESTERN_SAHARA, "MA"}
        and (all_borders or not {code, other}.isdisjoint(codes))
    ]
    land = shapely.union_all(list(shapes.values()), grid_size=0.1)
    dashed = shapely.intersection(frame.draw(disputed_line()), bleed)
    sahara = shapes.get(WESTERN_SAHARA)
    return Ground(
        land=area_path(shapely.intersection(land, bleed)),
        countries={code: area_path(shapely.intersection(shapes[code], bleed)) for code in codes},
        shapes=shapes,
        borders=line_path(shapely.intersection(shapely.union_all(borders), bleed)),
        dashed=line_path(dashed),
        shows_western_sahara=sahara is not None and bool(shapely.intersects(sahara, sheet)),
    )


def area_path(shape: Shape) -> str:
    """Return the path of the polygons of a shape, without the smallest islands."""
    polygons = [
        part
        for part in shapely.get_parts(shape).tolist()
        if part.geom_type == "Polygon" and part.area >= _SMALLEST
    ]
    rings = [ring for part in polygons for ring in (part.exterior, *part.interiors)]
    return "".join(_path(ring.coords[:-1], _number) + "z" for ring in rings)


def line_path(shape: Shape) -> str:
    """Return the path of the lines of a shape."""
    parts = [
        part
        for part in shapely.get_parts(shape).tolist()
        if part.geom_type == "LineString" and not part.is_empty
    ]
    if not parts:
        return ""
    merged = shapely.get_parts(shapely.line_merge(shapely.MultiLineString(parts))).tolist()
    return "".join(sorted(_path(part.coords, _number) for part in merged))


def _path(points: Iterable[Sequence[float]], number: Callable[[float], str]) -> str:
    """Return a path of straight lines, relative and to half a unit, which compresses best."""
    rounded = [(round(x * 2), round(y * 2)) for x, y in points]
    pieces = [f"M{number(rounded[0][0])} {number(rounded[0][1])}l"]
    for (x0, y0), (x1, y1) in itertools.pairwise(rounded):
        if (x0, y0) != (x1, y1):
            pieces.append(f"{number(x1 - x0)} {number(y1 - y0)} ")
    return "".join(pieces).rstrip("l ")


def _number(halves: int | float) -> str:
    """Return a number of halves as short as SVG allows."""
    text = f"{halves / 2:.1f}".removesuffix(".0")
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


@functools.cache
def _projection(latitude: float, longitude: float) -> Any:
    crs = pyproj.CRS(proj="laea", lat_0=latitude, lon_0=longitude, ellps="WGS84", units="km")
    return pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)
