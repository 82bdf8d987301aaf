"""The maps, with the real cities: each where it is, each label to be read."""

from __future__ import annotations

import csv
import gzip
import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pyproj
import pytest
import shapely
import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined
from playwright.sync_api import Page

from generator.geometry import country_shape, country_shapes, disputed_line, distance_outside
from generator.maps import (
    Area,
    CountryLink,
    CountryMap,
    MapTooCrowdedError,
    Pin,
    RegionMap,
    RouteName,
    make_country_map,
    make_region_map,
)
from generator.maps.frames import Frame
from generator.maps.labels import Box, dot_box
from generator.maps.region import CORRIDORS, NAMES_AT

DATA = Path(__file__).parent.parent / "data"
COUNTRIES = ("DZ", "EG", "LY", "MA", "MR", "NE", "TN")
LANGUAGES = ("en", "fr", "ar")
EVERY_MAP = list(itertools.product(COUNTRIES, LANGUAGES))
PLACES = list(csv.DictReader((DATA / "places.csv").read_text("utf-8").splitlines()))


def direction_of(language: str) -> Literal["ltr", "rtl"]:
    return "rtl" if language == "ar" else "ltr"


def pins_of(country: str, language: str, *, count: int = 12) -> list[Pin]:
    return [
        Pin(
            place["id"],
            place[f"name_{language}"],
            float(place["latitude"]),
            float(place["longitude"]),
            count,
            f"#city-{place['id']}",
            f"{place[f'name_{language}']}: {count} & more",
        )
        for place in PLACES
        if place["country"] == country
    ]


def country_map(country: str, language: str) -> CountryMap:
    return make_country_map(
        country,
        pins_of(country, language),
        language=language,
        direction=direction_of(language),
    )


def region_map(language: str) -> RegionMap:
    def load(path: Path) -> Any:
        return yaml.safe_load(path.read_text("utf-8"))

    names = {code: load(DATA / "countries" / f"{code}.yaml")["name"] for code in COUNTRIES}
    return make_region_map(
        [CountryLink(c, n[language], f"{c.lower()}.html", n[language]) for c, n in names.items()],
        [
            RouteName(term["id"], term["name"][language])
            for term in load(DATA / "taxonomies" / "migration-routes.yaml")["terms"]
        ],
        language=language,
        direction=direction_of(language),
    )


@pytest.fixture(scope="module")
def draw() -> Callable[[CountryMap | RegionMap], str]:
    environment = Environment(
        loader=PackageLoader("generator"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    macros: Any = environment.get_template("map.html.j2").module

    def render(drawn: CountryMap | RegionMap) -> str:
        if isinstance(drawn, CountryMap):
            return str(macros.country_map(drawn, "map-heading"))
        return str(macros.region_map(drawn, "map-heading"))

    return render


def collisions(frame: Frame, labels: list[Box], others: list[Box]) -> Iterator[str]:
    for one, other in itertools.combinations(labels, 2):
        if one.overlaps(other):
            yield f"{one} overlaps {other}"
    for label in labels:
        if not label.within(frame.box):
            yield f"{label} leaves the frame"
        for other in others:
            if label.overlaps(other):
                yield f"{label} covers {other}"


@pytest.mark.parametrize(("country", "language"), EVERY_MAP)
def test_cities_stand_where_geonames_has_them(country: str, language: str) -> None:
    drawn = country_map(country, language)
    ellipsoid = pyproj.Geod(ellps="WGS84")
    dots = [dot for pin in drawn.pins for dot in pin.dots]
    assert sorted(dot.pin.id for dot in dots) == sorted(
        place["id"] for place in PLACES if place["country"] == country
    )
    for dot in dots:
        latitude, longitude = drawn.frame.locate(dot.x, dot.y)
        _, _, metres = ellipsoid.inv(longitude, latitude, dot.pin.longitude, dot.pin.latitude)
        assert metres < 5_000, dot.pin.id


@pytest.mark.parametrize(("country", "language"), EVERY_MAP)
def test_labels_of_cities_can_all_be_read(country: str, language: str) -> None:
    drawn = country_map(country, language)
    dots = [dot_box(dot.x, dot.y, drawn.dot) for pin in drawn.pins for dot in pin.dots]
    labels = [pin.label.box for pin in drawn.pins]
    assert list(collisions(drawn.frame, labels, dots)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_on_the_region_map_can_all_be_read(language: str) -> None:
    drawn = region_map(language)
    labels = [found.label.box for found in (*drawn.countries, *drawn.corridors)]
    assert len(labels) == 11
    assert list(collisions(drawn.frame, labels, [])) == []
    assert {found.route.id for found in drawn.corridors} == set(CORRIDORS) == set(NAMES_AT)


@pytest.mark.parametrize(("country", "language"), EVERY_MAP)
def test_country_maps_are_small(
    country: str, language: str, draw: Callable[[CountryMap | RegionMap], str]
) -> None:
    svg = draw(country_map(country, language)).encode()
    assert len(gzip.compress(svg, 9, mtime=0)) <= 5_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_region_maps_are_small(
    language: str, draw: Callable[[CountryMap | RegionMap], str]
) -> None:
    assert len(gzip.compress(draw(region_map(language)).encode(), 9, mtime=0)) <= 5_000


# What a browser makes of the labels: the box of each text, in units of the viewBox.
TEXT_BOXES = """() => [...document.querySelectorAll("svg.map")].map((map) =>
  [...map.querySelectorAll("text")].map((text) => {
    const { x, y, width, height } = text.getBBox();
    return [x, x + width, y, y + height];
  }))"""
TEXT_STYLE = """.map { direction: ltr; inline-size: 440px }
.map text { font: 500 15.5px system-ui, sans-serif; unicode-bidi: plaintext }
.map .map-name { font-weight: 600 }
.map .map-count { font-weight: 700 }"""


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_browser_needs_no_more_room_than_was_measured(
    language: str, draw: Callable[[CountryMap | RegionMap], str], blank_page: Page
) -> None:
    countries = [country_map(country, language) for country in COUNTRIES]
    region = region_map(language)
    measured = [
        *([pin.label.box for pin in drawn.pins] for drawn in countries),
        [found.label.box for found in (*region.countries, *region.corridors)],
    ]
    maps = "".join(draw(drawn) for drawn in (*countries, region))
    blank_page.set_content(
        f'<html lang="{language}" dir="{direction_of(language)}"><style>{TEXT_STYLE}</style>{maps}'
    )
    seen = blank_page.evaluate(TEXT_BOXES)
    for boxes, found in zip(measured, seen, strict=True):
        for box, (left, right, top, bottom) in zip(boxes, found, strict=True):
            assert box.left - 1 <= left and right <= box.right + 1
            # A font's own line may be higher than its letters.
            assert box.top - 4 <= top and bottom <= box.bottom + 4


def test_the_same_pins_give_the_same_bytes(
    draw: Callable[[CountryMap | RegionMap], str],
) -> None:
    pins = pins_of("MA", "fr")
    drawn = [
        draw(make_country_map("MA", order, language="fr", direction="ltr"))
        for order in (pins, pins[::-1])
    ]
    assert drawn[0] == drawn[1]


def test_close_cities_share_a_label_and_keep_their_links(
    draw: Callable[[CountryMap | RegionMap], str],
) -> None:
    drawn = country_map("MA", "en")
    merged = [pin for pin in drawn.pins if len(pin.dots) > 1]
    assert sorted([dot.pin.name for dot in pin.dots] for pin in merged) == [
        ["Berkane", "Oujda"],
        ["Rabat", "Salé"],
        ["Tangier", "Tetouan"],
    ]
    assert {pin.count for pin in merged} == {24}
    svg = draw(drawn)
    assert sorted(re.findall(r'<a [^>]*href="#city-([^"]+)"', svg)) == sorted(
        place["id"] for place in PLACES if place["country"] == "MA"
    )
    assert (
        '<a href="#city-rabat" data-place="rabat"><title>Rabat: 12 &amp; more</title>Rabat</a> · '
        '<a href="#city-sale" data-place="sale"><title>Salé: 12 &amp; more</title>Salé</a> '
        '<tspan class="map-count">24</tspan></text>'
    ) in svg


def test_links_are_not_hidden_and_nothing_is_styled_inline(
    draw: Callable[[CountryMap | RegionMap], str],
) -> None:
    for svg in (draw(country_map("MA", "ar")), draw(region_map("ar"))):
        assert 'role="group" aria-labelledby="map-heading"' in svg
        assert "style=" not in svg and 'role="img"' not in svg


def test_western_sahara_is_an_area_of_its_own() -> None:
    line = disputed_line()
    west, south, east, north = shapely.bounds(line).tolist()
    assert south == north == pytest.approx(27 + 40 / 60, abs=0.001)
    assert (west, east) == pytest.approx((-13.16, -8.68), abs=0.02)
    assert shapely.bounds(country_shape("MA")).tolist()[1] == north
    assert shapely.covers(country_shape("EH"), shapely.Point(-13.18797, 27.1418))  # Laayoune
    assert shapely.covers(country_shape("EH"), shapely.Point(-15.93, 23.72))  # Dakhla


@pytest.mark.parametrize("country", COUNTRIES)
def test_line_of_western_sahara_is_dashed_where_it_shows(
    country: str, draw: Callable[[CountryMap | RegionMap], str]
) -> None:
    drawn = country_map(country, "en")
    shown = country in {"DZ", "MA", "MR"}
    assert (bool(drawn.dashed), drawn.shows_western_sahara) == (shown, shown)
    assert ('class="map-dashed"' in draw(drawn)) is shown
    if shown:
        start = [float(each) for each in re.findall(r"[\d.]+", drawn.dashed)[:2]]
        latitude, _ = drawn.frame.locate(start[0], start[1])
        assert latitude == pytest.approx(27.667, abs=0.05)


def test_the_dashed_line_has_no_solid_one_under_it() -> None:
    drawn = country_map("MA", "en")
    x, y = drawn.frame.place(latitude=27.667, longitude=-11)
    for path in (drawn.land, drawn.borders):
        assert shapely.distance(lines_of(path), shapely.Point(x, y)) > 20


def lines_of(path: str) -> Any:
    """Read the lines of a path that is all M, l and z."""
    lines = []
    for piece in re.findall(r"M[^M]+", path):
        numbers = [float(each) for each in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", piece)]
        points = [(numbers[0], numbers[1])]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        lines.append(points + points[:1] if piece.rstrip().endswith("z") else points)
    return shapely.MultiLineString(lines)


@pytest.mark.parametrize("country", COUNTRIES)
def test_frames_end_before_the_boundaries_do(country: str) -> None:
    frames = [country_map(country, "en").frame, region_map("en").frame]
    for frame in frames:
        steps = [i / 20 for i in range(21)]
        for t in steps:
            for x, y in (
                (t * 440, 0),
                (t * 440, frame.height),
                (0, t * frame.height),
                (440, t * frame.height),
            ):
                latitude, longitude = frame.locate(x, y)
                assert 5 < latitude < 51
                assert longitude < 48


def test_regions_are_shaded_circles_of_60_km(
    draw: Callable[[CountryMap | RegionMap], str],
) -> None:
    area = Area("south", "Tamanrasset", 22.785, 5.523, 1, "#south", "Tamanrasset: 1 service")
    drawn = make_country_map("DZ", [], language="en", direction="ltr", areas=[area])
    (found,) = drawn.areas
    latitude, longitude = drawn.frame.locate(found.x + found.radius, found.y)
    _, _, metres = pyproj.Geod(ellps="WGS84").inv(longitude, latitude, 5.523, 22.785)
    assert metres == pytest.approx(60_000, rel=0.02)
    assert '<circle class="map-area"' in draw(drawn)


def test_labels_that_find_no_room_are_an_error() -> None:
    long = [
        Pin(
            f"p{i}",
            "An extremely long name of a city, too long for any map at all",
            30 + i,
            0,
            1,
            "#",
            "",
        )
        for i in range(2)
    ]
    with pytest.raises(MapTooCrowdedError, match=r"^no room on the map of DZ \(en\) for all of: "):
        make_country_map("DZ", long, language="en", direction="ltr")


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place["id"])
def test_cities_lie_in_their_countries(place: dict[str, str]) -> None:
    distance = distance_outside(
        place["country"],
        latitude=float(place["latitude"]),
        longitude=float(place["longitude"]),
    )
    assert distance < 5


def test_says_how_far_outside_a_swapped_coordinate_lies() -> None:
    assert distance_outside("MA", latitude=34.01325, longitude=-6.83255) == 0
    swapped = distance_outside("MA", latitude=-6.83255, longitude=34.01325)
    assert swapped == pytest.approx(5_704, abs=5)
    assert distance_outside("TN", latitude=36.8, longitude=3.05) == pytest.approx(466, abs=10)


def test_western_sahara_counts_as_inside_for_morocco_alone() -> None:
    laayoune = {"latitude": 27.1418, "longitude": -13.18797}
    assert distance_outside("MA", **laayoune) == 0
    assert distance_outside("EH", **laayoune) == 0
    assert distance_outside("MR", **laayoune) > 90


def test_boundaries_are_whole() -> None:
    shapes = country_shapes()
    assert set(COUNTRIES) <= set(shapes)
    assert all(shape.is_valid for shape in shapes.values())
    near = [shapes[code] for code in (*COUNTRIES, "EH")]
    assert shapely.coverage_is_valid(near)
