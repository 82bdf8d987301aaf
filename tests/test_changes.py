"""What two states of the data are told to differ in, and what that does to pages and guides."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import BaseModel

from generator.changes import Comparison, Effect, find_changes
from generator.changes.records import all_records, with_record
from generator.changes.rendering import MARKER, render_json, render_markdown, render_text
from generator.cli import main
from generator.dataset import Dataset
from generator.effects import measure_effects
from generator.guides import make_guides
from generator.loading import load_dataset
from generator.models.channels import Confirmation, PhoneChannel
from generator.pages import render_pages
from generator.pages.rendering import Renderer
from generator.values.text import LocalizedText
from tests.conftest import TESTS, copy_good_data, load_good
from tests.edit_everything import NewNumbers
from tests.picking import find_phones
from tests.repositories import commit, edit, git, make_repository

LINE = "organizations/DZ/child-line.yaml"
CLINIC = "organizations/TN/clinic.yaml"
ALONE = "situations/child-alone.yaml"

Edit = tuple[str, str, str]


def told(before: Dataset, after: Dataset) -> str:
    changes = tuple(find_changes(before, after))
    return render_text(Comparison(changes, effects={}, total=None))


PREPARED: dict[str, list[Edit]] = {
    "a number, confirmed": [(CLINIC, '"+216 71 720 200", country: TN, location: tunis,', '"+216 71 720 201", country: TN, location: tunis, confirmed: {assured_date: "2026-10-02", method: phone, assurer: Clinic},')],
    "a number, not confirmed": [(LINE, "+213 661 46 46 22", "+213 661 46 46 23")],
    "the first short code": [(LINE, '"1111"', '"1112"')],
    "the same number, written otherwise": [(CLINIC, "+216 71 720 200", "+21671720200")],
    "no longer doubtful": [(LINE, '"+213 66169684", country: DZ, nationwide: true, doubtful: {reason: {en: One digit too few.}}', '"+213 661 69 68 41", country: DZ, nationwide: true')],
    "doubtful now": [(CLINIC, "location: sfax, published", "location: sfax, doubtful: {reason: {en: Nobody answers.}}, published")],
    "a contact removed and nobody to reach": [(CLINIC, "  - {id: email, kind: email, address: clinic@example.org, nationwide: true, published: {source: report-2025}}\n", ""), (CLINIC, "location: sfax, published", "location: sfax, doubtful: {reason: {en: Old.}}, published"), (CLINIC, "location: tunis, published", "location: tunis, doubtful: {reason: {en: Old.}}, published")],
    "what a channel accepts, its hours, languages, note and reach": [(LINE, "accepts: [calls, whatsapp, sms]", "accepts: [calls]"), (LINE, '"08:30"', '"09:00"'), (LINE, "languages: [ar, fr]", "languages: [ar]"), (LINE, "address: Help@example.org, nationwide: true, note: {en: In French.}", "address: Help@example.org, location: office, note: {en: In Arabic.}")],
    "a refuge shown": [(LINE, "precision: hidden", "precision: city")],
    "call first in another order": [("countries/DZ.yaml", "{organization: child-line, channel: line}", "{organization: child-line, channel: free}\n  - {organization: child-line, channel: line}")],
    "a step and a never do": [(ALONE, "Never leave the child.", "Leave the child."), (ALONE, "  - text: {en: Speak calmly to the child.}\n", "  - text: {en: Sit down.}\n    sources: [{source: report-2025}]\n  - text: {en: Speak calmly to the child.}\n")],
    "a time limit and a call": [(ALONE, "24 hours", "72 hours"), (ALONE, "  - service_types: [shelter-place]\n    ask: {en: Ask for a bed.}\n", "")],
    "a term in another language": [("glossary/child.yaml", "{en: Every human being below eighteen.}", "{en: Every human being below eighteen., fr: Tout être humain.}"), ("glossary/child.yaml", "term: {en: Child}", "term: {en: A child}")],
    "a law, a source, a licence": [("legal_frameworks/DZ/plan.yaml", "until: 2030", "until: 2035"), ("sources/report-2025.yaml", 'published: "2025"', 'published: "2026"'), ("edition.yaml", "licence: CC BY 4.0", "licence: CC0")],
    "services, a name and a city": [(LINE, "types: [health-care, case-management]", "types: [health-care]"), (CLINIC, "name: {en: The clinic}", "name: {en: Our clinic}"), ("places.csv", "Sfax,Sfax,", "Sfax,Sfaks,"), ("taxonomies/service-types.yaml", "name: {en: A bed}", "name: {en: A place}")],
    "an address to write to and a page": [(CLINIC, "clinic@example.org", "help@example.com"), (LINE, "https://example.org/help?a=1&b=2", "https://example.com/help")],
    "a contact of one city removed": [(CLINIC, "  - {id: sfax, kind: phone,", "  # {id: sfax, kind: phone,")],
    "a contact of the whole country doubtful": [(LINE, 'number: "0800 12 34 56"', 'doubtful: {reason: {en: Nobody answers.}}\n    number: "0800 12 34 56"')],
    "the same number under another identifier": [(LINE, "id: line,", "id: hotline,"), ("countries/DZ.yaml", "channel: line}", "channel: hotline}")],
    "a confirmation gone, and one older than the source": [(LINE, ', confirmed: {assured_date: "2026-02-10", method: phone, assurer: Editors}', ""), (CLINIC, '"+216 71 720 200", country: TN, location: tunis,', '"+216 71 720 201", country: TN, location: tunis, confirmed: {assured_date: "2024-12-31", method: visit, assurer: Clinic},')],
    "a place moved, another town, an address": [(LINE, "latitude: 35.7", "latitude: 35.6971"), (CLINIC, "name: {en: Sfax clinic}, place: sfax", "name: {en: Sfax clinic}, place: tunis"), (CLINIC, "- {id: tunis, place: tunis}", "- {id: tunis, place: tunis, address: {kind: postal, text: {en: P.O. Box 12}}}")],
    "an address in another language": [(LINE, "text: {en: 1 Main street}", "text: {en: 1 Main street, fr: 1 rue principale}")],
    "a number for WhatsApp in the place of a short code": [(LINE, 'id: line, kind: short_code, label: {en: Hotline}, number: "1111"', 'id: line, kind: phone, label: {en: Hotline}, number: "+213 661 46 46 23", accepts: [whatsapp], only: true'), ("countries/DZ.yaml", "channel: line}", "channel: free}")],
    "a contact of one city for the whole country, one for another city": [(CLINIC, "location: tunis, published", "nationwide: true, published"), (CLINIC, "location: sfax, published", "location: tunis, published")],
    "the site's own words": [("interface/en.yaml", "country.call_first: ", "country.call_first: Now ")],
    "whom to call in another order, a source": [(ALONE, "  - service_types: [case-management]\n    ask: {en: Ask for a caseworker.}\n", ""), (ALONE, "ask: {en: Ask for a bed.}\n", "ask: {en: Ask for a bed.}\n  - service_types: [case-management]\n    ask: {en: Ask for a caseworker.}\n"), (ALONE, '{source: report-2025, pages: "4"}, ', "")],
}  # fmt: skip


@pytest.fixture
def edited(good_data: Path) -> Callable[..., Dataset]:
    """Return the good data with some edits."""

    def make(*edits: Edit) -> Dataset:
        for one in edits:
            edit(good_data, one[0], one[1:])
        loaded = load_dataset(good_data, content_dir=TESTS / "good_content")
        assert loaded.problems == []
        return loaded.dataset

    return make


def test_golden_prepared_changes_give_exactly_these_sentences(
    good_dataset: Dataset, golden: Callable[[str, str], None], tmp_path: Path
) -> None:
    texts = []
    for number, (what, edits) in enumerate(PREPARED.items()):
        data_dir = copy_good_data(tmp_path / str(number))
        for one in edits:
            edit(data_dir, one[0], one[1:])
        loaded = load_dataset(data_dir, content_dir=TESTS / "good_content")
        assert loaded.problems == []
        texts.append(f"=== {what}\n{told(good_dataset, loaded.dataset)}")
    assert len(texts) == 26
    golden("changes.text", "\n".join(texts))


def test_whole_records_come_and_go(good_dataset: Dataset) -> None:
    line = good_dataset.organizations["DZ/child-line"]
    line = line.model_copy(update={"channels": line.channels[:1], "services": line.services[:1]})
    smaller = dataclasses.replace(
        good_dataset,
        organizations={"TN/clinic": good_dataset.organizations["TN/clinic"]},
        situations={},
    )
    other = dataclasses.replace(good_dataset, organizations={"DZ/child-line": line}, situations={})
    assert told(good_dataset, dataclasses.replace(good_dataset, situations={})) == (
        "Needs a second pair of eyes:\n"
        "  Situation · A child alone · first step: removed: “Speak calmly to the child.”\n"
        "    ! a first step or a “never do” is new, gone, worded otherwise, or in another place\n"
        "  Situation · A child alone · never do: removed: “Never leave the child.”\n"
        "    ! a first step or a “never do” is new, gone, worded otherwise, or in another place\n"
        "  Situation · A child alone: removed\n"
        "    ! a record is gone, and with it an address that people may have kept\n"
        "\n"
        "All countries\n"
        "  Situation · A child alone: removed\n"
        "  Situation · A child alone · first step: removed: “Speak calmly to the child.”\n"
        "  Situation · A child alone · never do: removed: “Never leave the child.”\n"
    )
    assert told(smaller, other) == (
        "Needs a second pair of eyes:\n"
        "  Algeria · CL · Hotline: added: short code 1111, for the whole country, not confirmed\n"
        "    ! a number or address is new or other than before, and nobody has confirmed it since\n"
        "    ! whom a country says to call first, in which order or by which number\n"
        "  Tunisia · The clinic · e-mail address: removed: e-mail address clinic@example.org, "
        "for the whole country, not confirmed\n"
        "    ! a contact for the whole country is gone, doubtful, or no longer for all of it\n"
        "  Tunisia · The clinic · Reception (Tunis): removed: phone number +216 71 720 200, for Tunis, "
        "not confirmed\n"
        "    ! a contact is gone\n"
        "  Tunisia · The clinic · Reception (Sfax clinic): removed: phone number +216 54 006 964, "
        "for Sfax clinic, not confirmed\n"
        "    ! a contact is gone\n"
        "  Tunisia · The clinic: nobody can be reached any more\n"
        "    ! an organization can no longer be reached\n"
        "  Algeria · CL · location Oran: added: exact, oran, 35.7 -0.64, "
        "address: physical “1 Main street”\n"
        "    ! where something stands is told for the first time, more precisely, or otherwise than "
        "before\n"
        "  Tunisia · The clinic: removed\n"
        "    ! a record is gone, and with it an address that people may have kept\n"
        "\n"
        "Algeria\n"
        "  Algeria · CL: added\n"
        "  Algeria · CL · service Case management: added: case-management\n"
        "  Algeria · CL · location Oran: added: exact, oran, 35.7 -0.64, "
        "address: physical “1 Main street”\n"
        "  Algeria · CL · location Secret refuge: added: hidden, oran\n"
        "  Algeria · CL · location Camp: added: region\n"
        "  Algeria · CL · Hotline: added: short code 1111, for the whole country, not confirmed\n"
        "\n"
        "Tunisia\n"
        "  Tunisia · The clinic: removed\n"
        "  Tunisia · The clinic · Reception (Tunis): removed: phone number +216 71 720 200, for Tunis, "
        "not confirmed\n"
        "  Tunisia · The clinic · Reception (Sfax clinic): removed: phone number +216 54 006 964, "
        "for Sfax clinic, not confirmed\n"
        "  Tunisia · The clinic · e-mail address: removed: e-mail address clinic@example.org, "
        "for the whole country, not confirmed\n"
        "  Tunisia · The clinic: nobody can be reached any more\n"
    )


def test_a_number_of_the_real_data_with_all_that_it_does(real_dataset: Dataset, site: Path) -> None:
    key, channel = next(
        (f"{country.id}/{reference.organization}", channel)
        for country in real_dataset.countries.values()
        for reference in country.call_first[:1]
        for phone, channel in find_phones(real_dataset)
        if (phone.country, phone.id) == (country.id, reference.organization)
        and channel.id == reference.channel
    )
    organization = real_dataset.organizations[key]
    assert channel.phone
    new = {
        "number": NewNumbers(real_dataset).other_than(channel.number, channel.country),
        "confirmed": Confirmation(assured_date="2099-10-02", method="phone", assurer="Editors"),
    }

    def with_channel(state: PhoneChannel) -> Dataset:
        channels = tuple(state if one is channel else one for one in organization.channels)
        changed = organization.model_copy(update={"channels": channels})
        organizations = {**real_dataset.organizations, key: changed}
        return dataclasses.replace(real_dataset, organizations=organizations)

    # Nobody had tried the old number, whatever the data says today.
    printed = {"published": channel.published or organization.sources[0]}
    changed_channel = channel.model_copy(update={**printed, **new})
    before = with_channel(channel.model_copy(update={**printed, "confirmed": None}))
    after = with_channel(changed_channel)
    changes = tuple(find_changes(before, after))
    effects, total = measure_effects(before, after, [("organizations", key)])
    country = real_dataset.countries[organization.country].name.root["en"]
    name = (organization.abbreviation or organization.name).in_language("en").text
    label = channel.label.in_language("en").text if channel.label else "phone number"
    assert changed_channel.phone
    sentence = (
        f"  {country} · {name} · {label}: {channel.phone.shown} → {changed_channel.phone.shown}; "
        "confirmed by phone on 2099-10-02 (Editors)\n"
    )
    pages = {
        path.relative_to(site).as_posix()
        for path in site.rglob("*.html")
        if channel.phone.shown
        in path.read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
        and path.relative_to(site).parts[0] in real_dataset.languages
    }
    situations = {found[1] for page in pages if (found := re.search(r"situations/(.+)/", page))}
    code = organization.country.lower()
    names = [f"{code}/{kind}" for kind in ("pocket", "booklet", "wallet", "wallet-sheet")]
    guides = {
        f"downloads/{name}-{language}.pdf"
        for name in (*names, "situations")
        for language in real_dataset.languages
    }
    counts = f"on {len(guides)} guides, {len(pages)} pages, {len(situations)} situations"
    assert render_text(Comparison(changes, effects, total)) == (
        f"Needs a second pair of eyes:\n{sentence}"
        "    ! whom a country says to call first, in which order or by which number\n"
        f"\n{country}\n{sentence}"
        f"    {counts}\n"
        "\n"
        f"All together: {counts}\n"
    )
    assert (set(total.pages), set(total.guides)) == (pages, guides)
    assert {"en/index.html", f"ar/{code}/index.html", "fr/directory/index.html"} <= pages


@pytest.mark.parametrize(
    "one",
    [
        (LINE, "+213 661 46 46 22", "+213 661 46 46 23"),
        ("glossary/child.yaml", "Every human being below eighteen.", "Everybody below eighteen."),
        ("glossary/child.yaml", "[children]", "[children, calmly]"),
        ("sources/report-2025.yaml", "[One, Two]", "[One]"),
        ("interface/en.yaml", "channel.call: Call", "channel.call: Ring"),
        ("interface/en.yaml", "country.needs: ", "country.needs: New "),
        ("edition.yaml", "Tests", "Others"),
    ],
)
def test_the_effect_is_what_rendering_everything_shows(
    one: Edit, good_dataset: Dataset, edited: Callable[..., Dataset]
) -> None:
    after = edited(one)
    [(kind, key)] = {(c.record.kind, c.record.key) for c in find_changes(good_dataset, after)}
    effects, total = measure_effects(good_dataset, after, [(kind, key)])
    html = [
        {page.address.path: page for page in render_pages(Renderer(state, "en"))}
        for state in (good_dataset, after)
    ]
    expected = {path for path in html[0] if html[0][path] != html[1][path]}
    assert {path for path in total.pages if path != "en/about/index.html"} == expected
    guides = [
        {guide.address.path: guide.data for guide in make_guides(state, site_url=None)}
        for state in (good_dataset, after)
    ]
    assert set(total.guides) == {p for p in guides[0] if guides[0][p] != guides[1][p]}
    assert effects == {(kind, key): total}


def test_a_text_that_came_with_the_program_keeps_no_effect_from_being_told(
    good_dataset: Dataset, edited: Callable[..., Dataset]
) -> None:
    english = good_dataset.interfaces["en"]
    texts = {name: text for name, text in english.texts.items() if name != "channel.call"}
    earlier = english.model_copy(update={"texts": texts})
    before = dataclasses.replace(good_dataset, interfaces={"en": earlier})
    after = edited((LINE, "+213 661 46 46 22", "+213 661 46 46 23"))
    records = [("interface", "en"), ("organizations", "DZ/child-line")]
    effects, total = measure_effects(before, after, records)
    assert effects[records[0]] == Effect((), (), ())
    assert effects[records[1]] == total


def test_records_that_need_each_other_each_have_their_effect(
    good_data: Path, good_dataset: Dataset
) -> None:
    channel = 'nationwide: true, published: {source: report-2025, pages: "7"}}'
    new = channel + channel.join(
        ["\n  - {id: night, kind: short_code, number: '1112', country: DZ, ", ""]
    )
    edit(good_data, LINE, (channel, new))
    edit(good_data, "countries/DZ.yaml", ("channel: line}", "channel: night}"))
    after = load_good(good_data, TESTS / "good_content")
    records = [("countries", "DZ"), ("organizations", "DZ/child-line")]
    effects, total = measure_effects(good_dataset, after, records)
    assert list(effects) == records
    for effect in effects.values():
        assert set(effect.pages) <= set(total.pages)
        assert "en/dz/index.html" in effect.pages


def with_never_do(dataset: Dataset, **texts: str) -> Dataset:
    """Return a dataset in which the child alone has one "never do", in these languages."""
    alone = dataset.situations["child-alone"]
    [statement] = alone.never_do
    statement = statement.model_copy(update={"text": LocalizedText(texts)})
    changed = alone.model_copy(update={"never_do": (statement,)})
    return dataclasses.replace(dataset, situations={"child-alone": changed})


def test_a_translation_is_told_word_for_word_and_looked_at(good_dataset: Dataset) -> None:
    never, other = "Ne laissez jamais l'enfant.", "Laissez l'enfant."
    english = with_never_do(good_dataset, en="Never leave the child.")
    french = with_never_do(good_dataset, en="Never leave the child.", fr=never)
    turned = with_never_do(good_dataset, en="Never leave the child.", fr=other)
    spaced = with_never_do(good_dataset, en="Never leave the child.", fr=never.replace(" ", "  "))
    reason = (
        "    ! a first step or a “never do” is new, gone, worded otherwise, or in another place"
    )
    begin = "  Situation · A child alone · never do 1: translation into French"
    assert told(french, turned).splitlines()[1:3] == [
        f"{begin} changed from “{never}” to “{other}”",
        reason,
    ]
    assert told(french, english).splitlines()[1:3] == [f"{begin} removed: “{never}”", reason]
    # What was missing is a draft until somebody has read it.
    assert told(english, french) == f"All countries\n{begin} added: “{never}”\n"
    assert (
        told(french, spaced).splitlines()[1]
        == f"{begin} changed: only spaces or line breaks differ"
    )


def test_steps_in_another_order_and_a_new_situation_are_looked_at(good_dataset: Dataset) -> None:
    alone = good_dataset.situations["child-alone"]
    [step] = alone.first_steps
    steps = tuple(
        step.model_copy(update={"text": LocalizedText({"en": f"Step {n}."})}) for n in "abc"
    )
    states = [
        dataclasses.replace(
            good_dataset,
            situations={"child-alone": alone.model_copy(update={"first_steps": order})},
        )
        for order in (steps, (steps[2], steps[0], steps[1]))
    ]
    assert told(*states).splitlines()[1:3] == [
        "  Situation · A child alone: first step: in another order (by the numbers before: 3, 1, 2)",
        "    ! a first step or a “never do” is new, gone, worded otherwise, or in another place",
    ]
    none = dataclasses.replace(good_dataset, situations={})
    assert "    ! a first step or" in told(none, good_dataset)


def test_records_that_are_called_the_same_are_told_apart(good_dataset: Dataset) -> None:
    clinic = good_dataset.organizations["TN/clinic"]
    moved = clinic.model_copy(update={"id": "dispensary"})
    organizations = {
        "DZ/child-line": good_dataset.organizations["DZ/child-line"],
        "TN/child-line": good_dataset.organizations["TN/child-line"],
    }
    after = dataclasses.replace(
        good_dataset, organizations={**organizations, "TN/dispensary": moved}
    )
    lines = told(good_dataset, after).splitlines()
    assert "  Tunisia · The clinic (clinic): removed" in lines
    assert "  Tunisia · The clinic (dispensary): added" in lines


def test_no_arrow_stands_between_arabic_texts(good_dataset: Dataset) -> None:
    [page] = good_dataset.authored
    pages = [
        dataclasses.replace(good_dataset, authored=(dataclasses.replace(page, title=title),))
        for title in ("دليل", "الدليل")
    ]
    assert "title: from “دليل” to “الدليل”\n" in told(*pages)


def test_a_page_with_other_line_breaks_is_not_quoted_whole(good_dataset: Dataset) -> None:
    [page] = good_dataset.authored
    page = dataclasses.replace(page, text=page.text.replace(" ", "\n"))
    assert told(good_dataset, dataclasses.replace(good_dataset, authored=(page,))) == (
        "All countries\n  Page · en/about: text: only spaces or line breaks differ\n"
    )


MIXED: tuple[Edit, ...] = (
    (LINE, '"1111"', '"1112"'),
    (CLINIC, "name: {en: The clinic}", 'name: {en: "The *clinic* @all #1 & co", fr: Clinique}'),
    (ALONE, "24 hours", "72 hours"),
)


@pytest.fixture
def mixed(good_dataset: Dataset, edited: Callable[..., Dataset]) -> Comparison:
    after = edited(*MIXED)
    changes = tuple(find_changes(good_dataset, after))
    records = list(dict.fromkeys((c.record.kind, c.record.key) for c in changes))
    effects, total = measure_effects(good_dataset, after, records)
    return Comparison(changes, effects, total, not_compared=("glossary/x",))


def test_golden_mixed_change_as_markdown(
    mixed: Comparison, golden: Callable[[str, str], None]
) -> None:
    golden("changes.md", render_markdown(mixed))


def test_golden_mixed_change_as_json(mixed: Comparison, golden: Callable[[str, str], None]) -> None:
    golden("changes.json", render_json(mixed))


@pytest.mark.parametrize(
    "text",
    ["# Heading", "[a](https://example.org)", "@team #12 GH-3", "a `code` b", "``", "\x1b[31mred",
     "two\n\n# lines", "a\u2028b", "<!-- x -->", "https://example.org/"],
)  # fmt: skip
def test_what_comes_from_data_can_make_no_markup(text: str, good_dataset: Dataset) -> None:
    clinic = good_dataset.organizations["TN/clinic"]
    name = LocalizedText.model_construct({"en": text})
    changed = clinic.model_copy(update={"name": name})
    organizations = {**good_dataset.organizations, "TN/clinic": changed}
    after = dataclasses.replace(good_dataset, organizations=organizations)
    changes = tuple(find_changes(good_dataset, after))
    markdown = render_markdown(Comparison(changes, effects={}, total=None))
    lines = markdown.splitlines()
    assert lines[:4] == [MARKER, "### `Tunisia`", "", lines[3]]
    assert len(lines) == 4
    fence, inner = re.fullmatch(r"- (`+)(.*)\1", lines[3]).groups()  # type: ignore[union-attr]
    # CommonMark closes a code span at the first run of exactly as many backticks.
    assert fence not in re.findall("`+", inner)
    plain = render_text(Comparison(changes, effects={}, total=None))
    assert len(plain.splitlines()) == 2
    assert "\x1b" not in plain


def test_what_goes_wrong_with_the_effect_can_make_no_markup() -> None:
    comparison = Comparison((), {}, None, "Not counted:", "no room for @all [a](b)\n# x", ("a/b",))
    assert render_markdown(comparison) == (
        f"{MARKER}\nNot counted: `no room for @all [a](b) # x`\n\n"
        "Not compared, since one of the two states can't be read: `a/b`\n"
    )
    assert json.loads(render_json(comparison))["unmeasured"].startswith("Not counted: no room")


def test_a_comment_with_little_room_keeps_what_needs_a_second_pair_of_eyes(
    good_dataset: Dataset,
) -> None:
    clinic = good_dataset.organizations["TN/clinic"]
    channels = [
        clinic.channels[0].model_copy(update={"id": f"line-{n}", "number": f"+216 71 720 {n}"})
        for n in range(300, 360)
    ]
    many = clinic.model_copy(update={"channels": tuple(channels)})
    child = good_dataset.glossary["child"]
    definition = LocalizedText({"en": "long " * 5000})
    after = dataclasses.replace(
        good_dataset,
        organizations={**good_dataset.organizations, "TN/clinic": many},
        glossary={**good_dataset.glossary, "child": child.model_copy(update={"definition": definition})},
    )  # fmt: skip
    changes = tuple(find_changes(good_dataset, after))
    total = Effect(("a",), (), ())
    comparison = Comparison(changes, {}, total)
    whole = render_markdown(comparison)
    assert render_markdown(comparison, at_most=len(whole)) == whole
    assert len(whole) > 35_000

    text = render_markdown(comparison, at_most=16_000)
    assert len(text) <= 16_000
    lines = text.splitlines()
    assert lines[:4] == [
        MARKER,
        "**Not all changes find room here.** Left out, in sentences: 37 of `Tunisia`, 1 of "
        "`All countries`. `dalil diff` on the command line tells all of them.",
        "",
        "### Needs a second pair of eyes",
    ]
    # All 60 new ones and the three that are gone, and why.
    assert sum("nobody has confirmed it" in line for line in lines) == 60
    assert sum("is gone" in line for line in lines) == 3
    assert lines[-1] == "All together: on 1 page"

    text = render_markdown(comparison, at_most=5_000)
    assert len(text) <= 5_000
    assert " of what needs a second pair of eyes" in text
    assert "### `Tunisia`" not in text


def test_layout_order_and_comments_are_no_change(
    good_dataset: Dataset, edited: Callable[..., Dataset]
) -> None:
    after = edited(
        (LINE, "kind: government\n", "# a comment\n"),
        (
            LINE,
            "sources: [{source: report-2025}]",
            "sources:\n  - source: report-2025\nkind: government",
        ),
    )
    assert told(good_dataset, after) == "No change of meaning.\n"
    assert render_markdown(Comparison((), {}, None)) == f"{MARKER}\nNo change of meaning.\n"


SWAPPED = {
    "phone": "email", "email": "phone", "visit": "phone", "calls": "sms", "whatsapp": "sms",
    "sms": "calls", "MO": "TU", "SU": "TU", "hidden": "city", "city": "hidden", "exact": "city",
    "region": "city",
}  # fmt: skip


def mutate(value: Any, field: str = "") -> Iterator[Any]:  # noqa: PLR0912
    """Yield the value with one leaf of it changed or one part of it missing, for every leaf."""
    match value:
        case LocalizedText():
            for root in mutate(value.root):
                if root:
                    yield LocalizedText.model_construct(root)
        case PhoneChannel():
            yield from filter(_is_possible, _mutate_fields(value))
        case BaseModel():
            yield from _mutate_fields(value)
        case tuple():
            for index, item in enumerate(value):
                for other in mutate(item, field):
                    yield (*value[:index], other, *value[index + 1 :])
                yield (*value[:index], *value[index + 1 :])
            if len(value) > 1 and value[0] != value[1]:
                yield (value[1], value[0], *value[2:])
        case dict():
            for key, item in value.items():
                yield from ({**value, key: other} for other in mutate(item))
                yield {other: text for other, text in value.items() if other != key}
        case bool():
            yield not value
        case int() | float():
            yield value + 1
        case str() if field == "number":
            yield value[:-1] + ("1" if value[-1] != "1" else "2")
            yield value.replace(" ", "") if " " in value else f"{value[:1]} {value[1:]}"
        case str():
            yield SWAPPED.get(value, f"{value}x")


def _mutate_fields(value: BaseModel) -> Iterator[Any]:
    for name, info in type(value).model_fields.items():
        if name == "kind" and hasattr(value, "schedule"):
            continue  # another kind is another model
        for other in mutate(getattr(value, name), name):
            yield value.model_copy(update={name: other})
        if not info.is_required() and getattr(value, name) != info.default:
            yield value.model_copy(update={name: info.default})


def _is_possible(channel: PhoneChannel) -> bool:
    """Tell whether data can have such a channel: most countries don't fit a number."""
    try:
        return bool(channel.phone or channel.doubtful)
    except ValueError:
        return False


LEAVES_OF = [
    ("organizations", "DZ/child-line"),
    ("organizations", "TN/clinic"),
    ("countries", "DZ"),
    ("situations", "child-alone"),
    ("glossary", "unaccompanied-child"),
    ("legal_frameworks", "DZ/plan"),
    ("good_practices", "full"),
    ("resources", "toolbox"),
    ("sources", "report-2025"),
    ("taxonomies", "service-types"),
    ("places", "oran"),
    ("edition", "edition"),
    ("search", "en"),
]
REAL_LEAVES_OF = [
    ("organizations", "LY/unhcr"),
    ("organizations", "MA/entraide-nationale"),
    ("countries", "LY"),
    ("situations", "possible-trafficking"),
    ("glossary", "unaccompanied-child"),
    ("legal_frameworks", "MA/law-27-14"),
    ("good_practices", "morocco-kafala"),
    ("sources", "iom-unicef-2025"),
    ("taxonomies", "service-types"),
]


def only(dataset: Dataset, kind: str, record: Any) -> Dataset:
    """Return a dataset of one record, so that thousands can be compared."""
    empty = dataclasses.replace(
        dataset, edition=None, authored=(), translation_lock={}, files={},
        **{name: {} for name in ("countries", "organizations", "glossary", "legal_frameworks",
           "good_practices", "situations", "resources", "sources", "taxonomies", "places",
           "interfaces", "search_words")},
    )  # fmt: skip
    if kind == "edition":
        return dataclasses.replace(empty, edition=record)
    return dataclasses.replace(empty, **{{"search": "search_words"}.get(kind, kind): {"x": record}})


@pytest.mark.parametrize("is_real", [False, True])
def test_no_leaf_is_lost(is_real: bool, good_dataset: Dataset, real_dataset: Dataset) -> None:
    dataset = real_dataset if is_real else good_dataset
    count = 0
    for kind, key in REAL_LEAVES_OF if is_real else LEAVES_OF:
        record = all_records(dataset)[kind, key]
        before = only(dataset, kind, record)
        assert find_changes(before, before) == []
        for other in mutate(record):
            after = only(dataset, kind, other)
            assert find_changes(before, after), (kind, key, other)
            assert find_changes(after, before), (kind, key, other)
            count += 1
    assert count > (2000 if is_real else 250)


def test_authored_pages_and_reviews_are_compared(good_dataset: Dataset) -> None:
    [page] = good_dataset.authored
    authored = (dataclasses.replace(page, title="About", text=page.text.replace("again", "twice")),)
    name = "glossary/child:term"
    before = dataclasses.replace(good_dataset, translation_lock={"fr": {name: "1"}})
    after = dataclasses.replace(
        good_dataset, translation_lock={"fr": {name: "1+2"}}, authored=authored
    )
    assert [f"{one.place}: {one.clause}" for one in find_changes(before, after)] == [
        "Glossary · Child: translation into French reviewed by a person (1 text)",
        "Page · en/about: title: “About the tests” → “About”",
        "Page · en/about: text: “… child. An [Unaccompanied child](glossary/unaccompanied-child.md) again, "
        "and an ALONE in …” → “… child. An [Unaccompanied child](glossary/unaccompanied-child.md) twice, "
        "and an ALONE in …”",
    ]


def test_one_record_goes_over_alone(good_dataset: Dataset, edited: Callable[..., Dataset]) -> None:
    after = edited(*MIXED)
    for kind, key in (("organizations", "DZ/child-line"), ("situations", "child-alone")):
        alone = with_record(good_dataset, after, (kind, key))
        changes = find_changes(good_dataset, alone)
        assert {(one.record.kind, one.record.key) for one in changes} == {(kind, key)}
        assert find_changes(after, with_record(alone, after, ("organizations", "TN/clinic"))) != []


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a Git repository of its own, with its good data committed."""
    root = make_repository(tmp_path / "project", monkeypatch)
    (root / "mkdocs.yml").write_text("site_name: Test\n", encoding="utf-8")
    commit()
    return root


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["diff", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    # Progress goes to the other stream, so that the result can be kept in a file.
    return result.exit_code, result.output if result.exit_code else result.stdout


def test_a_revision_is_compared_with_the_work_tree_and_leaves_it_alone(repository: Path) -> None:
    assert run("HEAD") == (0, "No change of meaning.\n")
    edit(repository / "data", "legal_frameworks/DZ/plan.yaml", ("2030", "2035"))
    status = git("status", "--porcelain")
    code, output = run("HEAD")
    assert code == 0
    assert output.startswith(
        "Algeria\n  Algeria · Law · A plan: until: 2030 → 2035\n    on 1 guide,"
    )
    assert git("status", "--porcelain") == status
    code, output = run("HEAD", "--format", "json")
    assert json.loads(output)["changes"][0]["after"] == 2035
    commit()
    assert run("HEAD") == (0, "No change of meaning.\n")
    assert "until: 2030 → 2035" in run("HEAD~1")[1]
    whole = run("HEAD~1", "--format", "markdown")
    assert run("HEAD~1", "--format", "markdown", "--at-most", "40000") == whole
    assert run("HEAD~1", "--at-most", "40000")[0] == 2


def test_of_many_records_only_the_effect_together_is_counted(repository: Path) -> None:
    for number in range(9):
        path = repository / f"data/sources/book-{number}.yaml"
        path.write_text(
            f"id: book-{number}\ntitle: {{en: Book {number}}}\nauthors: [A]\npublished: '2020'\n",
            "utf-8",
        )
    code, output = run("HEAD")
    assert code == 0
    assert output.splitlines()[-2:] == [
        "All together: on 10 pages",
        "Only the effect of all together is counted, since more than 8 records changed.",
    ]


def test_a_folder_is_compared(repository: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier"
    shutil.copytree(repository / "data", earlier / "data")
    shutil.copytree(repository / "content", earlier / "content")
    edit(earlier / "data", "legal_frameworks/DZ/plan.yaml", ("2030", "2025"))
    assert "until: 2025 → 2030" in run(str(earlier / "data"))[1]


def test_a_base_that_is_not_there_is_wrong_usage(repository: Path, tmp_path: Path) -> None:
    for base in ("nowhere", "-x", "--output=x", "HEAD:data", "a\nb"):
        code, output = run("--", base)
        assert (code, "there is no folder and no Git revision" in output) == (2, True), output
    code, output = run(str(tmp_path))
    assert (code, "is a folder, but it has no data in it" in output) == (2, True)
    git("rm", "-r", "--quiet", "--cached", "data")
    git("commit", "--quiet", "--message", "no data")
    code, output = run("HEAD")
    assert (code, "HEAD has no data folder data" in output) == (2, True)


def test_without_git_or_repository_a_folder_is_asked_for(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(repository / ".git")
    code, output = run("HEAD")
    assert (code, "lies in no Git repository" in output) == (2, True)
    monkeypatch.setenv("PATH", str(repository))
    code, output = run("HEAD")
    assert (code, "there is no Git here; name a folder" in output) == (2, True)


def test_new_data_with_errors_is_status_1(repository: Path) -> None:
    edit(repository / "data", CLINIC, ("+216 71 720 200", "+216 71 720 20"))
    code, output = run("HEAD")
    assert code == 1
    assert "it has too few digits [phone-number]" in output


def test_old_records_that_cannot_be_read_are_named_and_the_rest_compared(repository: Path) -> None:
    edit(repository / "data", CLINIC, ("+216 71 720 200", "+216 71 720 20"))
    commit()
    edit(repository / "data", CLINIC, ("+216 71 720 20", "+216 71 720 200"))
    edit(repository / "data", "legal_frameworks/DZ/plan.yaml", ("2030", "2035"))
    assert run("HEAD") == (
        0,
        "Algeria\n"
        "  Algeria · Law · A plan: until: 2030 → 2035\n"
        "\n"
        "The effect is not counted: the earlier state has errors.\n"
        "Not compared, since one of the two states can't be read: organizations/TN/clinic\n",
    )
