"""Whom to call on the other side of a border."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from generator.authored import find_steps
from generator.dataset import Dataset
from generator.urls import Address
from generator.views.countries import view_country
from generator.views.cross_border import STEPS, PairView, Span, parse_spans, view_pair
from generator.words import words_for
from tests.conftest import PHONE


def make_pair(dataset: Dataset, here: str, there: str, language: str = "en") -> PairView:
    words = words_for(dataset, language)
    sides = [view_country(dataset.countries[code], dataset, words) for code in (here, there)]
    return view_pair(sides[0], sides[1], dataset, words)


def test_the_same_organization_stands_once_with_its_contacts_on_both_sides(
    real_dataset: Dataset,
) -> None:
    pair = make_pair(real_dataset, "NE", "LY")
    ids = [(here.organization.id, there.organization.id) for here, there in pair.same]
    assert all(here == there for here, there in ids)
    assert {here for here, _ in ids} == {"iom", "unhcr", "unicef"}
    for here, there in pair.same:
        assert (here.organization.country, there.organization.country) == ("NE", "LY")


def test_each_purpose_names_who_offers_it_on_each_side_and_nobody_else(
    real_dataset: Dataset,
) -> None:
    for here, there in itertools.permutations(real_dataset.countries, 2):
        pair = make_pair(real_dataset, here, there)
        for purpose in pair.purposes:
            for side in purpose.sides:
                for row in side.rows:
                    assert row.organization.country == side.country.code
                    assert row.services, (here, there, purpose.id)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_steps_are_those_of_the_guidance(real_dataset: Dataset, language: str) -> None:
    pair = make_pair(real_dataset, "DZ", "MA", language)
    assert [len(procedure.steps) for procedure in pair.procedures] == [5, 8, 5]
    assert all(procedure.sources for procedure in pair.procedures)
    authored = real_dataset.authored_in(language)
    for page, anchor in STEPS.values():
        assert find_steps(authored[page], anchor).items


def test_instruments_of_bodies_that_not_all_belong_to_are_left_out(real_dataset: Dataset) -> None:
    titles = [link.text for link in make_pair(real_dataset, "DZ", "EG").instruments]
    assert "Convention on the Rights of the Child" in " ".join(titles)
    assert not any("ECOWAS" in title for title in titles)


def test_a_line_of_markdown_comes_in_its_parts() -> None:
    text = "**Check.** See [Tracing](family-tracing.md#how), 2 * 3, and [kafala](../glossary/kafala.md)."
    assert parse_spans(text, "guidance/cross-border", "fr") == (
        Span("Check.", is_strong=True),
        Span(" See "),
        Span("Tracing", address=Address("fr/guidance/family-tracing/index.html", "how")),
        Span(", 2 * 3, and "),
        Span("kafala", address=Address("fr/glossary/kafala/index.html")),
        Span("."),
    )


def test_every_pair_has_a_page_in_every_language(site: Path, real_dataset: Dataset) -> None:
    for language in real_dataset.languages:
        for here, there in itertools.permutations(real_dataset.countries, 2):
            page = site / language / "cross-border" / f"{here}-{there}".lower() / "index.html"
            assert page.is_file()


@pytest.mark.browser
def test_both_sides_are_found_without_scripts(browser: Browser, server: str) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{server}/en/tn/index.html")
    opened.get_by_role("main").get_by_role("link", name="Across the border").click()
    opened.locator("#from-tn > summary").click()
    opened.locator("#from-tn").get_by_role("link", name="Libya").click()
    expect(opened.get_by_role("heading", level=1)).to_contain_text("Tunisia – Libya")
    expect(opened.get_by_text("ask UNHCR in Tunisia first")).to_be_visible()
    first = opened.locator("section[aria-labelledby=same] details").first
    hrefs = [link.get_attribute("href") for link in first.locator("a[href^='tel:']").all()]
    assert len(hrefs) >= 2
    opened.locator("#tracing > summary").click()
    expect(opened.locator("#tracing h4")).to_have_text(["Tunisia", "Libya"])
    context.close()
