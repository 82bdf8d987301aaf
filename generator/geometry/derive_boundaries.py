"""Derive generator/geometry/boundaries.geojson from the npm package world-atlas, by hand.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    .venv/bin/python -m generator.geometry.derive_boundaries package

The same input gives the same bytes. generator/geometry/README.md says what is decided here.
"""

from __future__ import annotations

import hashlib
import json
import sys
from itertools import accumulate
from pathlib import Path
from typing import Any

import pycountry
import shapely

OUTPUT = Path(__file__).with_name("boundaries.geojson")
INPUT_SHA256 = "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394"

FRAME = (-27.0, 5.0, 48.0, 51.0)  # west, south, east, north: what a map's frame may show
DETAILED = {"DZ", "EG", "LY", "MA", "MR", "NE", "TN", "EH"}
SMALLEST = 0.04  # square degrees (about 400 km²) of an island of a neighbour that is kept
TOLERANCE = 0.1  # degrees (about 10 km) of detail that lines only neighbours have may lose

# Areas that Natural Earth draws by themselves and that the United Nations count with another.
PART_OF = {"N. Cyprus": "CY", "Somaliland": "SO"}
# It gives this one no number, since ISO 3166-1 has none.
WITHOUT_NUMBER = {"Kosovo": "XK"}
LAND_AROUND = shapely.Polygon([(-27, 5), (-17, 26), (30, 31), (34.5, 33.3), (48, 33.3), (48, 5)])
NORTH_OF_WESTERN_SAHARA = 27 + 40 / 60  # 27°40'N, from the coast to about 8°40'W

Coordinates = list[tuple[float, float]]


def main(package: Path) -> None:
    """Write the boundaries. Raises `SystemExit` when the input is not that of world-atlas 2.0.2."""
    content = (package / "countries-50m.json").read_bytes()
    if hashlib.sha256(content).hexdigest() != INPUT_SHA256:
        sys.exit("this is not countries-50m.json of world-atlas 2.0.2")
    shapes = decode_countries(json.loads(content))
    shapes = separate_western_sahara(shapes)
    features = [
        {
            "type": "Feature",
            "id": code,
            "properties": {},
            "geometry": round_geometry(shape),
        }
        for code, shape in sorted(thin_out(clip(shapes)).items())
    ]
    lines = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in features)
    OUTPUT.write_text(
        f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8"
    )


def decode_countries(topology: dict[str, Any]) -> dict[str, Any]:
    """Return the shape of each country by its ISO 3166-1 alpha-2 code.

    TopoJSON 1.0: arcs are quantized and delta-encoded, and a ring lists arcs, `~i` being arc `i`
    backwards.
    """
    (scale_x, scale_y), (shift_x, shift_y) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    arcs: list[Coordinates] = [
        [
            (round(x * scale_x + shift_x, 3), round(y * scale_y + shift_y, 3))
            for x, y in accumulate(arc, lambda a, b: (a[0] + b[0], a[1] + b[1]))
        ]
        for arc in topology["arcs"]
    ]
    parts: dict[str, list[Any]] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        code = country_code(country)
        if code and country["type"]:
            polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
            parts.setdefault(code, []).extend(decode_polygon(rings, arcs) for rings in polygons)
    return {code: shapely.union_all(polygons) for code, polygons in parts.items()}


def country_code(country: dict[str, Any]) -> str | None:
    """Return the alpha-2 code of a country of the topology, or None for what has none."""
    name = country["properties"]["name"]
    found = pycountry.countries.get(numeric=str(country.get("id", "")).zfill(3))
    return PART_OF.get(name) or WITHOUT_NUMBER.get(name) or (found.alpha_2 if found else None)


def decode_polygon(rings: list[list[int]], arcs: list[Coordinates]) -> Any:
    """Return a valid polygon of rings of arcs."""
    outlines = []
    for ring in rings:
        points: Coordinates = []
        for index in ring:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += arc[1:] if points else arc
        outlines.append(points)
    return shapely.make_valid(shapely.Polygon(outlines[0], outlines[1:]))


def separate_western_sahara(shapes: dict[str, Any]) -> dict[str, Any]:
    """Return the shapes with Western Sahara whole, as the United Nations draw it."""
    south = shapely.box(-30, 15, -8, NORTH_OF_WESTERN_SAHARA)
    morocco = shapely.difference(shapes["MA"], south)
    sahara = shapely.union_all([shapes["EH"], shapely.intersection(shapes["MA"], south)])
    # The line ends between two points of Algeria's border, which needs its end as well.
    end = max(shapely.get_coordinates(shapely.intersection(morocco, sahara)).tolist())
    algeria = shapely.snap(shapes["DZ"], shapely.Point(end), 0.001)
    return shapes | {"MA": morocco, "EH": sahara, "DZ": algeria}


def clip(shapes: dict[str, Any]) -> dict[str, Any]:
    """Return what of the shapes lies in the frame."""
    frame = shapely.box(*FRAME)
    clipped = {code: shapely.intersection(shape, frame) for code, shape in shapes.items()}
    return {code: shape for code, shape in clipped.items() if not shape.is_empty}


def thin_out(shapes: dict[str, Any]) -> dict[str, Any]:
    """Return the shapes, those far from the directory's countries with less detail.

    A line that a country of the directory touches keeps every point, also in its neighbours.
    """
    whole = {code: without_crumbs(code, shape) for code, shape in shapes.items()}
    neighbours = sorted(set(whole) - DETAILED)
    near = [code for code in neighbours if is_near(whole[code])]
    far = [code for code in neighbours if not is_near(whole[code])]
    # Near ones keep their outer lines, which the directory's countries share.
    for codes, boundary in ((near, False), (far, True)):
        simpler = shapely.coverage_simplify(
            [whole[code] for code in codes], TOLERANCE, simplify_boundary=boundary
        )
        whole |= dict(zip(codes, simpler, strict=True))
    return whole


def is_near(shape: Any) -> bool:
    """Return whether a neighbour's land hangs together with the directory's countries."""
    return bool(shape.representative_point().within(LAND_AROUND))


def without_crumbs(code: str, shape: Any) -> Any:
    """Return a shape's polygons without slivers and, of a neighbour, without tiny islands."""
    least = 1e-5 if code in DETAILED else SMALLEST
    polygons = [part for part in parts_of(shape) if part.area >= least]
    return shapely.MultiPolygon(polygons or [max(parts_of(shape), key=lambda part: part.area)])


def parts_of(shape: Any) -> list[Any]:
    """Return the polygons of a shape."""
    parts = shapely.get_parts(shape, return_index=False).tolist()
    flat = [inner for part in parts for inner in shapely.get_parts(part).tolist()]
    return [part for part in flat if part.geom_type == "Polygon"]


def round_geometry(shape: Any) -> dict[str, Any]:
    """Return a shape as GeoJSON (RFC 7946), with 3 decimals (about 100 m) and sorted parts."""
    polygons = []
    for polygon in parts_of(shape):
        oriented = shapely.normalize(polygon)
        # RFC 7946 wants outer rings counterclockwise; normalize() gives them clockwise.
        rings = [list(oriented.exterior.coords), *(list(r.coords) for r in oriented.interiors)]
        polygons.append([round_ring(ring[::-1]) for ring in rings])
    polygons = sorted(polygon for polygon in polygons if len(polygon[0]) >= 4)  # noqa: PLR2004
    return {"type": "MultiPolygon", "coordinates": polygons}


def round_ring(ring: Coordinates) -> list[list[float]]:
    """Return a ring with 3 decimals and no point twice in a row."""
    rounded = [[round(x, 3), round(y, 3)] for x, y in ring]
    return [p for i, p in enumerate(rounded) if i == 0 or p != rounded[i - 1]]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
