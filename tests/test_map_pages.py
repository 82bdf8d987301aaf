"""Maps on the pages: what stands on them, above them and under them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.dataset import Dataset
from generator.loading import load_dataset
from generator.views.countries import view_country
from generator.views.maps import CountryMapView, view_country_map
from generator.words import words_for
from tests.conftest import PHONE, copy_good_data, load_good


def make_map(dataset: Dataset, code: str, language: str = "en") -> CountryMapView:
    words = words_for(dataset, language)
    country = view_country(dataset.countries[code], dataset, words)
    made = view_country_map(country, dataset, words)
    assert made is not None
    return made


def test_a_pin_counts_the_services_of_its_city(real_dataset: Dataset) -> None:
    made = make_map(real_dataset, "MA")
    pins = {dot.pin.id: dot.pin for pin in made.map.pins for dot in pin.dots}
    rabat = [
        organization
        for organization in real_dataset.organizations_in("MA")
        if any(location.place == "rabat" for location in organization.locations)
    ]
    assert pins["rabat"].count == sum(len(organization.services) for organization in rabat)
    assert pins["rabat"].title == f"Rabat: {pins['rabat'].count} services"
    assert pins["rabat"].href == "#place-rabat"
    assert set(pins) == {city.id for city in made.cities}


def test_every_city_of_the_sources_is_on_a_map(real_dataset: Dataset) -> None:
    shown = {
        dot.pin.id
        for code in real_dataset.countries
        for pin in make_map(real_dataset, code).map.pins
        for dot in pin.dots
    }
    named = {
        location.place
        for organization in real_dataset.organizations.values()
        for location in organization.locations
        if location.place and location.precision != "hidden"
    }
    assert shown == named
    assert len(shown) == 30


def test_who_serves_the_whole_country_stands_above_the_map_and_not_on_it(
    real_dataset: Dataset,
) -> None:
    made = make_map(real_dataset, "DZ")
    assert [link.text for link in made.nationwide] == ["IOM", "ONPPE", "UNHCR"]
    assert made.map.pins == ()


def test_a_hidden_place_is_on_no_map(tmp_path: Path) -> None:
    data = copy_good_data(tmp_path / "data")
    for name in ("clinic", "child-line"):
        path = data / "organizations" / "TN" / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("place: tunis", "precision: hidden, place: tunis"), "utf-8")
    made = make_map(load_good(data), "TN")
    assert [dot.pin.id for pin in made.map.pins for dot in pin.dots] == ["sfax"]
    assert [city.id for city in made.cities] == ["sfax"]


def test_a_place_of_which_only_the_region_is_told_is_a_shaded_area(tmp_path: Path) -> None:
    data = copy_good_data(tmp_path / "data")
    path = data / "organizations" / "TN" / "clinic.yaml"
    text = path.read_text(encoding="utf-8")
    region = "  - {id: south, precision: region, name: {en: The south}, latitude: 32.5, longitude: 9.5}\n"
    path.write_text(text.replace("channels:\n", f"{region}channels:\n"), "utf-8")
    made = make_map(load_good(data), "TN")
    assert [(found.area.name, found.area.count) for found in made.map.areas] == [("The south", 1)]
    assert made.map.areas[0].radius > 10
    # With more decimals it could be found.
    path.write_text(path.read_text("utf-8").replace("32.5,", "32.5123,"), "utf-8")
    (problem,) = load_dataset(data).problems
    assert (problem.rule, problem.position.line) == ("location-precision", 12)


def test_the_disclaimer_stands_under_every_map_with_western_sahara(site: Path) -> None:
    for path in sorted(site.glob("en/*/index.html")):
        html = path.read_text("utf-8")
        if "map-dashed" in html or path.parent.name in ("dz", "ma", "mr"):
            assert "imply no endorsement or acceptance" in html, path
    assert "Natural Earth" in (site / "ar" / "eg" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_region_leads_to_its_countries_and_names_its_routes(site: Path, language: str) -> None:
    html = (site / language / "index.html").read_text("utf-8")
    links = re.findall(r'class="map-link" href="([^"]+)"', html)
    assert sorted(links) == [
        f"{code}/index.html" for code in ("dz", "eg", "ly", "ma", "mr", "ne", "tn")
    ]
    assert len(re.findall(r'data-route="', html)) == 4


@pytest.mark.browser
def test_a_need_leaves_the_cities_that_answer_it(
    page: Page, server: str, real_dataset: Dataset
) -> None:
    page.goto(f"{server}/en/ma/index.html")
    cities = page.locator(".map-list li:visible")
    assert cities.count() == 15
    page.get_by_label("Show only cities with").select_option("tracing")
    words = words_for(real_dataset, "en")
    country = view_country(real_dataset.countries["MA"], real_dataset, words)
    expected = {
        group.id
        for group in country.cities
        if any("tracing" in row.organization.needs for row in group.rows)
    }
    assert 0 < len(expected) < 15
    for links in (cities, page.locator(".map a[data-place]:visible")):
        assert {link.get_attribute("data-place") for link in links.all()} == expected


@pytest.mark.browser
def test_pins_are_reached_by_keyboard_and_lead_to_the_list_without_scripts(
    browser: Browser, server: str
) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{server}/ar/tn/index.html")
    pin = opened.get_by_role("link", name=re.compile("صفاقس: "))
    pin.focus()
    expect(pin).to_be_focused()
    opened.keyboard.press("Enter")
    expect(opened.locator("#place-sfax")).to_be_in_viewport()
    context.close()
