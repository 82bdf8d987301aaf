"""The shapes of countries, and how far a place lies outside. README.md says where from."""

from __future__ import annotations

import functools
import importlib.resources
import json
from typing import Any, TypeAlias

import pyproj
import shapely

Shape: TypeAlias = (
    Any  # a shapely geometry in longitude and latitude (WGS 84); shapely has no types
)

WESTERN_SAHARA = "EH"
# Sources list cities of Western Sahara under Morocco (Laayoune).
_ALSO_INSIDE = {"MA": (WESTERN_SAHARA,)}


@functools.cache
def country_shapes() -> dict[str, Shape]:
    """Return every known shape by its ISO 3166-1 alpha-2 code; neighbours are cut at the frame."""
    file = importlib.resources.files("generator.geometry") / "boundaries.geojson"
    features = json.loads(file.read_text("utf-8"))["features"]
    return {
        feature["id"]: shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features
    }


def country_shape(code: str) -> Shape:
    """Return the shape of a country by its alpha-2 code. Raises `KeyError` where none is known."""
    return country_shapes()[code]


def disputed_line() -> Shape:
    """Return the line between Western Sahara and Morocco, in longitude and latitude."""
    sahara, morocco = country_shape(WESTERN_SAHARA), country_shape("MA")
    return shapely.line_merge(shapely.intersection(sahara.boundary, morocco.boundary))


def distance_outside(code: str, *, latitude: float, longitude: float) -> float:
    """Return how many kilometres (WGS 84 geodesic) a place lies outside a country, 0 inside.

    Western Sahara counts as inside for Morocco. Coasts are those of 1:50 m: a harbour may lie some
    kilometres outside. Raises `KeyError` for a country whose shape is not known.
    """
    allowed = [country_shape(each) for each in (code, *_ALSO_INSIDE.get(code, ()))]
    place = shapely.Point(longitude, latitude)
    if any(shapely.covers(shape, place) for shape in allowed):
        return 0.0
    # From its centre, this projection keeps distances.
    around = pyproj.CRS(proj="aeqd", lat_0=latitude, lon_0=longitude, ellps="WGS84", units="km")
    project = pyproj.Transformer.from_crs("EPSG:4326", around, always_xy=True)
    return min(
        float(
            shapely.distance(
                shapely.Point(0, 0),
                shapely.transform(
                    shapely.segmentize(shape.boundary, 0.1), project.transform, interleaved=False
                ),
            )
        )
        for shape in allowed
    )
