from __future__ import annotations

import dataclasses

from generator.dataset import Dataset
from generator.pages import words_for
from generator.views.countries import CountryView, view_country
from generator.views.directory import view_directory
from generator.views.organizations import OrganizationView, view_organization, view_row


def country(dataset: Dataset, code: str) -> CountryView:
    return view_country(dataset.countries[code], dataset, words_for(dataset, "en"))


def organization(dataset: Dataset, key: str) -> OrganizationView:
    return view_organization(dataset.organizations[key], dataset, words_for(dataset, "en"))


def test_channels_offer_what_they_accept_and_say_where_they_work(good_dataset: Dataset) -> None:
    channels = {c.id: c for c in organization(good_dataset, "DZ/child-line").channels}
    assert {
        name: [(action.kind, action.href, action.shown) for action in channel.actions]
        for name, channel in channels.items()
    } == {
        "line": [("call", "tel:1111", "1111")],
        "free": [("call", "tel:0800123456", "0800 12 34 56")],
        "office": [
            ("call", "tel:+213661464622", "+213 661 46 46 22"),
            ("whatsapp", "https://wa.me/213661464622", "+213 661 46 46 22"),
            ("sms", "sms:+213661464622", "+213 661 46 46 22"),
        ],
        "refuge": [("whatsapp", "https://wa.me/213661696841", "+213 661 69 68 41")],
        "doubtful": [],
        "email": [("email", "mailto:Help@example.org", "Help@example.org")],
        "form": [("web", "https://example.org/help?a=1&b=2", "https://example.org/help?a=1&b=2")],
    }
    assert channels["line"].facts == ("Works inside Algeria only",)
    assert channels["free"].facts == (
        "Free number: it may work inside Algeria only",
        "Sun and Mon 08:30–16:00, local time (Africa/Algiers)",
        "Overnight",
        "Speaks Arabic and French",
    )
    assert channels["refuge"].facts == ("WhatsApp messages only",)


def test_a_doubtful_number_is_shown_as_printed_and_never_gets_old(good_dataset: Dataset) -> None:
    channels = {c.id: c for c in organization(good_dataset, "DZ/child-line").channels}
    doubtful = channels["doubtful"]
    assert doubtful.printed == "+213 66169684"
    assert doubtful.doubt is not None
    assert doubtful.doubt.text == "One digit too few."
    assert doubtful.provenance.overdue_months is None


def test_provenance_tells_published_from_confirmed(good_dataset: Dataset) -> None:
    channels = {c.id: c for c in organization(good_dataset, "DZ/child-line").channels}
    line, office, free = (channels[name].provenance for name in ("line", "office", "free"))
    assert line.text == "Published 2025 in A report, not yet confirmed by phone"
    assert (line.date, line.overdue_months) == ("2025", 6)
    assert office.text == (
        "Confirmed by phone on February 10, 2026 by Editors; Published 2025 in A report"
    )
    assert (office.date, office.is_confirmed) == ("2026-02-10", True)
    assert free.text == "Published in Un site, not yet confirmed by phone"
    assert free.date is None
    assert channels["email"].provenance.overdue_months == 12


def test_a_hidden_location_is_nowhere_but_its_channel_stays(good_dataset: Dataset) -> None:
    view = organization(good_dataset, "DZ/child-line")
    assert [location.id for location in view.locations] == ["office", "camp"]
    assert [channel.id for channel in view.unplaced] == ["refuge"]
    assert view.unplaced[0].location is None
    assert not view.unplaced[0].is_nationwide
    assert "Secret refuge" not in repr(view)


def test_the_number_of_a_hidden_place_is_never_one_for_the_whole_country(
    good_dataset: Dataset,
) -> None:
    every = organization(good_dataset, "DZ/child-line")
    assert "refuge" not in [channel.id for channel in every.nationwide]
    silent = good_dataset.countries["DZ"].model_copy(update={"call_first": ()})
    child_line = good_dataset.organizations["DZ/child-line"]
    only_refuge = child_line.model_copy(
        update={"channels": tuple(c for c in child_line.channels if c.id == "refuge")}
    )
    dataset = dataclasses.replace(
        good_dataset,
        countries={**good_dataset.countries, "DZ": silent},
        organizations={"DZ/child-line": only_refuge},
    )
    assert country(dataset, "DZ").call_first == ()
    entry = view_directory(dataset, words_for(dataset, "en")).countries[0].entries[0]
    assert "nationwide" not in entry.keys["city"]


def test_a_row_offers_the_quickest_call_or_a_choice_of_places(good_dataset: Dataset) -> None:
    child_line = view_row(organization(good_dataset, "DZ/child-line"), need="health")
    assert [service.id for service in child_line.services] == ["clinic"]
    assert [channel.id for channel in child_line.main] == ["line"]
    assert child_line.more == 5
    clinic = organization(good_dataset, "TN/clinic")
    # An e-mail address for the whole country is no reason to choose a city's line for the reader.
    by_email = view_row(clinic)
    assert (by_email.main, by_email.more) == ((), 1)
    assert [location.id for location in by_email.by_location] == ["tunis", "sfax"]
    in_sfax = view_row(clinic, city="sfax")
    assert [channel.id for channel in in_sfax.main] == ["sfax"]
    local = dataclasses.replace(clinic, nationwide=())
    choice = view_row(local)
    assert choice.main == ()
    assert [location.id for location in choice.by_location] == ["tunis", "sfax"]
    nobody = view_row(organization(good_dataset, "TN/child-line"))
    assert (nobody.main, nobody.by_location, nobody.more) == ((), (), 0)


def test_a_country_calls_first_whom_it_names(good_dataset: Dataset) -> None:
    named = country(good_dataset, "DZ").call_first
    assert [(found.organization.id, found.channel.id) for found in named] == [
        ("child-line", "line")
    ]
    assert country(good_dataset, "TN").call_first == ()


def test_a_country_that_names_nobody_calls_nationwide_numbers_first(
    good_dataset: Dataset,
) -> None:
    silent = good_dataset.countries["DZ"].model_copy(update={"call_first": ()})
    view = view_country(silent, good_dataset, words_for(good_dataset, "en"))
    assert [found.channel.id for found in view.call_first] == ["line"]


def test_needs_and_cities_come_in_the_order_of_taxonomy_and_alphabet(
    good_dataset: Dataset,
) -> None:
    view = country(good_dataset, "TN")
    assert [group.id for group in view.needs] == ["protection", "health"]
    assert [group.name.text for group in view.cities] == ["Sfax", "Tunis"]
    # Who can be called comes before who can only be visited.
    assert [row.organization.id for row in view.cities[1].rows] == ["clinic", "child-line"]


def test_an_empty_section_of_a_profile_stays_as_a_gap(good_dataset: Dataset) -> None:
    sections = {section.id: section for section in country(good_dataset, "DZ").profile}
    assert sections["context"].statements[0].references == (1, 2)
    assert [source.short for source in country(good_dataset, "DZ").sources][:2] == [
        "One and Two, 2025, p. 1–2",
        "Three, no date, accessed May 2024, art. 3",
    ]
    assert sections["guardianship"].statements == ()


def test_the_directory_counts_what_each_choice_leaves(good_dataset: Dataset) -> None:
    view = view_directory(good_dataset, words_for(good_dataset, "en"))
    assert view.total == 3
    assert {index.anchor: len(index.entries) for index in view.by_need} == {
        "need-protection": 2,
        "need-health": 2,
    }
    assert {index.anchor: len(index.entries) for index in view.by_city} == {
        "city-oran": 1,
        "city-sfax": 1,
        "city-tunis": 2,
    }
    entries = {entry.anchor: entry for c in view.countries for entry in c.entries}
    assert entries["tn-clinic"].keys == {
        "country": ("TN",),
        "need": ("health",),
        "city": ("tunis", "sfax"),
        "kind": ("international_ngo",),
        "channel": ("call", "email"),
        "language": (),
        "nationwide": ("yes",),
    }
    assert entries["tn-child-line"].keys["channel"] == ("visit",)
    # What all entries share, or none has, is no filter.
    assert [one.name for one in view.filters] == [
        "country", "need", "city", "kind", "channel", "language", "nationwide",
    ]  # fmt: skip
    assert entries["tn-child-line"].keys["city"] == ("tunis",)
