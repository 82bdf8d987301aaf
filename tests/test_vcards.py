from __future__ import annotations

import dataclasses
import re
import shutil
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import phonenumbers
import pytest
import vobject
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from generator.dataset import Dataset
from generator.exports import render_exports
from generator.exports.vcards import render_contact_cards
from generator.loading import load_dataset
from generator.models.channels import (
    Channel,
    EmailChannel,
    PhoneChannel,
    ShortCodeChannel,
    WebChannel,
)
from generator.models.organizations import Organization
from generator.outputs import OutputFile
from generator.values.text import LocalizedText
from tests.conftest import ROOT, TESTS, copy_good_data
from tests.picking import digits_of_channel, find_doubtful, find_phones, find_short_codes
from tests.repositories import edit

NASTY = 'Comma, semicolon; backslash \\ and \\n, quote " colon: '
ARABIC = ("حماية الأطفال المتنقلين بين البلدان " * 6).strip()
LINES = "First line,\nsecond; line\\\n\nthird"


# --- Reading what was written ---


def unfold(file: OutputFile) -> list[str]:
    return file.content.decode().replace("\r\n ", "").split("\r\n")


def files_in(dataset: Dataset, language: str) -> list[OutputFile]:
    """Return the files in one language."""
    name = "contacts.vcf" if language == "en" else f"contacts-{language}.vcf"
    return [f for f in render_contact_cards(dataset) if f.address.path.endswith(f"/{name}")]


def read(dataset: Dataset, language: str = "en") -> dict[str, Any]:
    """Return all cards of a language by their UID, as another program reads them."""
    cards = [
        card
        for file in files_in(dataset, language)
        for card in vobject.readComponents(file.content.decode())
    ]
    by_uid = {card.uid.value: card for card in cards}
    assert len(by_uid) == len(cards)
    return by_uid


def uid(organization: Organization) -> str:
    path = f"en/{organization.country.lower()}/organizations/{organization.id}/index.html"
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, path)}"


def card_of(dataset: Dataset, key: str, language: str = "en") -> Any:
    return read(dataset, language)[uid(dataset.organizations[key])]


def values(card: Any, name: str) -> list[str]:
    return [line.value for line in card.contents.get(name, [])]


def labelled(card: Any, name: str) -> dict[str, str]:
    """Return the labels of the properties of a name by their values."""
    labels = {line.group: line.value for line in card.contents.get("x-ablabel", [])}
    return {line.value: labels[line.group] for line in card.contents.get(name, [])}


def nicknames(file: OutputFile) -> dict[str, list[str]]:
    """Return the nicknames by heading; vobject reads only the first of a list."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in unfold(file):
        name, _, value = line.partition(":")
        if name == "FN":
            heading = value
        elif name == "NICKNAME":
            found[heading] = [part.replace("\\,", ",") for part in re.split(r"(?<!\\),", value)]
    return found


# --- Data to try it with ---


def with_organizations(dataset: Dataset, *organizations: Organization) -> Dataset:
    """Return the data with these organizations and no others."""
    by_key = {organization.key: organization for organization in organizations}
    return dataclasses.replace(dataset, organizations=by_key)


def changed(organization: Organization, **fields: object) -> Organization:
    """Return a copy whose rules are not checked, so that data can be as bad as it gets."""
    return organization.model_copy(update=fields)


def without_call_first(dataset: Dataset) -> Dataset:
    countries = {
        code: country.model_copy(update={"call_first": ()})
        for code, country in dataset.countries.items()
    }
    return dataclasses.replace(dataset, countries=countries)


@pytest.fixture(scope="module")
def nasty_dataset(good_dataset: Dataset) -> Dataset:
    organization = good_dataset.organizations["DZ/child-line"]
    channels = tuple(
        channel.model_copy(update={"label": LocalizedText({"en": f"{NASTY}{ARABIC}"})})
        for channel in organization.channels
    )
    nasty = changed(
        organization,
        name=LocalizedText({"en": f"{NASTY}{ARABIC}"}),
        official_language=None,
        abbreviation=None,
        description=LocalizedText({"en": LINES}),
        channels=channels,
    )
    return with_organizations(good_dataset, nasty)


AGENCY = """\
id: zonal-agency
country: TN
name: {en: The Zonal Agency, fr: Agence zonale, ar: الوكالة المحلية}
abbreviation: {en: TZA, fr: AZ, ar: الوكالة}
kind: united_nations
sources: [{source: report-2025}]
services:
  - {id: referral, name: {en: Referral, fr: Orientation, ar: الإحالة}, types: [case-management]}
  - {id: doctor, name: {en: Doctor, fr: Médecin, ar: طبيب}, types: [health-care]}
channels:
  - {id: registration, kind: phone, label: {en: Registration, fr: Enregistrement, ar: التسجيل}, number: "+216 71 963 383", country: TN, nationwide: true, accepts: [calls], only: true, published: {source: report-2025}}
  - {id: messages, kind: phone, label: {en: Registration, fr: Enregistrement, ar: التسجيل}, number: "+216 54 006 965", country: TN, nationwide: true, accepts: [whatsapp], only: true, published: {source: report-2025}}
  - {id: protection, kind: phone, label: {en: Protection, fr: Protection, ar: الحماية}, number: "+216 71 720 201", country: TN, nationwide: true, published: {source: report-2025}}
  - {id: feedback, kind: short_code, label: {en: Feedback hotline, fr: "Ligne directe du mécanisme commun de retour d'information", ar: خط الملاحظات}, number: "1404", country: TN, nationwide: true, published: {source: report-2025}}
"""
AID = """\
id: aid
country: TN
name: {en: Aid, fr: Aide, ar: عون}
kind: national_ngo
sources: [{source: report-2025}]
services:
  - {id: papers, name: {en: Papers, fr: Papiers, ar: أوراق}, types: [case-management]}
channels:
  - {id: line, kind: phone, number: "+216 71 720 202", country: TN, nationwide: true, published: {source: report-2025}}
"""
REGISTRY = """\
id: registry
country: TN
name: {en: The register of births, fr: L'état civil, ar: الحالة المدنية}
official_language: fr
kind: government
sources: [{source: report-2025}]
services:
  - {id: papers, name: {en: Papers, fr: Papiers, ar: أوراق}, types: [case-management]}
locations:
  - {id: office, place: tunis, precision: exact, address: {kind: physical, text: {en: "Ministry, 1 Main street, Tunis"}}}
  - {id: letters, place: sfax, address: {kind: postal, text: {en: BP 622 Sfax-Tunisia}}}
"""


@pytest.fixture(scope="module")
def three_languages(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The good data in three languages, with more in Tunisia, which calls the agency first."""
    data = copy_good_data(tmp_path_factory.mktemp("cards") / "data")
    for language in ("fr", "ar"):
        shutil.copy(ROOT / "data" / "interface" / f"{language}.yaml", data / "interface")
    organizations = data / "organizations" / "TN"
    for name, text in (("aid", AID), ("registry", REGISTRY), ("zonal-agency", AGENCY)):
        (organizations / f"{name}.yaml").write_text(text, encoding="utf-8")
    edit(
        data, "countries/TN.yaml",
        ("name: {en: Tunisia}", "name: {en: Tunisia, fr: Tunisie, ar: تونس}"),
        ("gaps:", "call_first: [{organization: zonal-agency, channel: protection}]\ngaps:"),
    )  # fmt: skip
    edit(
        data, "organizations/TN/clinic.yaml",
        ("{en: Reception}", "{en: Reception desk, fr: Accueil, ar: مكتب الاستقبال}"),
        ("{en: Reception}", "{en: Reception desk, fr: Accueil, ar: مكتب الاستقبال}"),
        (", name: {en: Sfax clinic}", ""),
    )  # fmt: skip
    edit(
        data, "taxonomies/service-types.yaml",
        ("{en: Protection}", "{en: Protection, fr: Protection et orientation}"),
        ("{id: health, name: {en: Health care}", "{id: health, name: {en: Health care, fr: Santé}"),
    )  # fmt: skip
    loaded = load_dataset(data, content_dir=TESTS / "good_content")
    assert loaded.problems == []
    return loaded.dataset


@pytest.fixture(scope="module", params=["good_dataset", "real_dataset", "nasty_dataset"])
def dataset(request: pytest.FixtureRequest) -> Dataset:
    chosen: Dataset = request.getfixturevalue(request.param)
    return chosen


# --- The file ---


def test_each_country_has_one_file_in_each_language(real_dataset: Dataset) -> None:
    files = {file.address.path: file for file in render_exports(real_dataset)}
    cards = {path for path in files if path.endswith(".vcf")}
    assert cards == {
        f"downloads/{code}/contacts{language}.vcf"
        for code in map(str.lower, real_dataset.countries)
        for language in ("", "-fr", "-ar")
    }
    assert {path: file.media_type for path, file in files.items() if path in cards} == (
        dict.fromkeys(cards, "text/vcard")
    )
    start = "All contacts in Algeria, for the address book of a phone, in "
    assert files["downloads/dz/contacts.vcf"].title == f"{start}English"
    assert files["downloads/dz/contacts-ar.vcf"].title == f"{start}Arabic"


def test_lines_are_folded_at_75_octets_and_never_inside_a_character(dataset: Dataset) -> None:
    files = render_contact_cards(dataset)
    assert files
    for file in files:
        *lines, end = file.content.split(b"\r\n")
        assert end == b""
        for line, after in zip(lines, [*lines[1:], b""], strict=True):
            assert 0 < len(line) <= 75
            assert b"\r" not in line
            assert b"\n" not in line
            text = line.decode()
            if after.startswith(b" "):
                assert len(text.encode()) + len(after.decode()[1].encode()) > 75


def test_a_line_is_folded_inside_arabic_text(nasty_dataset: Dataset) -> None:
    (file,) = render_contact_cards(nasty_dataset)
    folded = [line for line in file.content.decode().split("\r\n") if line.startswith(" ")]
    assert any(re.match(r" [\u0600-\u06ff]", line) for line in folded)
    assert {len(line.encode()) for line in folded} >= {74, 75}


def test_texts_come_back_as_they_were(nasty_dataset: Dataset) -> None:
    card = card_of(nasty_dataset, "DZ/child-line")
    assert card.fn.value == f"{NASTY}{ARABIC} · Algeria"
    assert card.n.value.family == f"{NASTY}{ARABIC} · Algeria"
    assert (card.n.value.given, card.n.value.additional) == ("", "")
    assert card.org.value == [f"{NASTY}{ARABIC}"]
    assert LINES in card.note.value
    assert labelled(card, "email") == {
        "Help@example.org": f"{NASTY}{ARABIC} · Whole country",
    }


def test_a_card_is_what_an_address_book_expects(good_dataset: Dataset) -> None:
    algeria, _ = render_contact_cards(good_dataset)
    *lines, note, last, end = unfold(algeria)
    hours = "Sun and Mon 08:30–16:00\\, local time (Africa/Algiers)"
    assert lines == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "PRODID:-//Dalil//Dalil//EN",
        "UID:urn:uuid:781a669c-6c77-5097-90a2-23ae98be8e52",
        "REV;VALUE=date:2026-03-01",
        "FN:CL · Algeria",
        "N:CL · Algeria;;;;",
        'ORG:Ligne verte & "enfance"',
        "NICKNAME:Child line",
        "CATEGORIES:Dalil,Protection,Health care",
        "item1.TEL;TYPE=X-Hotline-Whole-country-Works-inside-Algeria-only:1111",
        "item1.X-ABLabel:Hotline · Whole country · Works inside Algeria only",
        "item2.TEL;TYPE=X-Whole-country-Free-number-it-may-work-inside-Algeria-only-Sun-and-Mon"
        "-08-30-16-00-local-time-Africa-Algiers-Overnight-Speaks-Arabic-and-French:0800123456",
        "item2.X-ABLabel:Whole country · Free number: it may work inside Algeria only"
        f" · {hours} · Overnight · Speaks Arabic and French",
        "item3.EMAIL;TYPE=X-Whole-country:Help@example.org",
        "item3.X-ABLabel:Whole country",
        "item4.URL:https://example.org/help?a=1&b=2",
        "item4.X-ABLabel:Web page · Whole country",
        "item5.URL:https://wa.me/213661696841",
        "item5.X-ABLabel:WhatsApp messages only",
        "item6.TEL;TYPE=X-Oran:+213661464622",
        "item6.X-ABLabel:Oran",
        "item7.URL:https://wa.me/213661464622",
        "item7.X-ABLabel:WhatsApp · Oran",
        "item8.URL:https://example.org/",
        "item8.X-ABLabel:Web page",
        "item9.ADR;TYPE=WORK:;;1 Main street;Oran;;;Algeria",
        "item9.X-ABLabel:Oran",
    ]
    assert note.split("\\n") == [
        "NOTE:What it offers: Case management · Clinic",
        "Listens to children.",
        "With others",
        "1111 · Hotline · Whole country · Works inside Algeria only"
        " · Published 2025 in A report\\, not yet confirmed by phone",
        "0800 12 34 56 · Whole country · Free number: it may work inside Algeria only"
        f" · {hours} · Overnight · Speaks Arabic and French"
        " · Published in Un site\\, not yet confirmed by phone",
        "Whole country · Doubtful number: do not rely on it"
        " · Printed as +213 66169684: One digit too few."
        " · Published 2025 in A report\\, not yet confirmed by phone",
        "Help@example.org · Whole country · In French."
        " · Published 2025 in A report\\, not yet confirmed",
        "https://example.org/help?a=1&b=2 · Whole country"
        " · Published 2025 in A report\\, not yet confirmed",
        "+213 661 69 68 41 · WhatsApp messages only"
        " · Published 2025 in A report\\, not yet confirmed by phone",
        "+213 661 46 46 22 · Oran"
        " · Confirmed by phone on February 10\\, 2026 by Editors\\; Published 2025 in A report",
        "Dalil · Edition 1 of March 1\\, 2026",
        "Discard this copy after September 1\\, 2026.",
    ]
    assert (last, end) == ("END:VCARD", "")


def test_the_note_tells_once_where_all_numbers_come_from(three_languages: Dataset) -> None:
    assert card_of(three_languages, "TN/zonal-agency").note.value.split("\n") == [
        "What it offers: Referral · Doctor",
        "+216 71 963 383 · Registration · Whole country · Phone calls only",
        "+216 54 006 965 · Registration · Whole country · WhatsApp messages only",
        "1404 · Feedback hotline · Whole country · Works inside Tunisia only",
        "Published 2025 in A report, not yet confirmed by phone",
        "Dalil · Edition 1 of March 1, 2026",
        "Discard this copy after September 1, 2026.",
    ]


def test_cards_are_in_their_language(three_languages: Dataset) -> None:
    french = card_of(three_languages, "TN/zonal-agency", "fr")
    assert french.fn.value == "AZ · Tunisie"
    assert french.org.value == ["Agence zonale"]
    assert labelled(french, "tel")["1404"] == (
        "Ligne directe du mécanisme commun de retour d'information · Tout le pays"
        " · Ne fonctionne que dans le pays (Tunisie)"
    )
    (file,) = (f for f in files_in(three_languages, "fr") if "/tn/" in f.address.path)
    assert "CATEGORIES:Dalil,Protection et orientation,Santé" in unfold(file)
    first, *_, last = french.note.value.split("\n")
    assert first == "Services offerts\u00a0: Orientation · Médecin"
    assert last == "Ne plus utiliser cette copie après le 1 septembre 2026."


def test_arabic_cards_keep_numbers_in_dialling_order(three_languages: Dataset) -> None:
    card = card_of(three_languages, "TN/clinic", "ar")
    assert labelled(card, "tel") == {
        "+21671720200": "مكتب الاستقبال · تونس",
        "+21654006964": "مكتب الاستقبال · صفاقس",
    }
    # A TYPE has ASCII only: phones that show it show English, and the note the rest.
    types = [line.type_param for line in card.contents["tel"]]
    assert types == ["X-Reception-desk-Tunis", "X-Reception-desk-Sfax"]
    assert card.note.value.split("\n")[2:4] == [
        "\u2066+216 71 720 200\u2069 · مكتب الاستقبال · تونس",
        "\u2066+216 54 006 964\u2069 · مكتب الاستقبال · صفاقس",
    ]
    doubtful = card_of(three_languages, "DZ/child-line", "ar").note.value
    assert "\u2066+213 66169684\u2069" in doubtful


def test_a_label_that_loses_letters_is_told_in_english_and_in_the_note(
    three_languages: Dataset,
) -> None:
    organization = three_languages.organizations["TN/clinic"]
    label = LocalizedText({"en": "Front desk", "fr": "Accueil, au cœur de la ville"})
    channels = tuple(c.model_copy(update={"label": label}) for c in organization.channels)
    data = with_organizations(
        without_call_first(three_languages), changed(organization, channels=channels)
    )
    card = card_of(data, "TN/clinic", "fr")
    types = [line.type_param for line in card.contents["tel"]]
    assert types == ["X-Front-desk-Tunis", "X-Front-desk-Sfax"]
    assert "+216 71 720 200 · Accueil, au cœur de la ville · Tunis" in card.note.value
    unchanged = card_of(three_languages, "TN/clinic", "fr")
    assert unchanged.contents["tel"][0].type_param == "X-Accueil-Tunis"
    assert "+216" not in unchanged.note.value


def test_the_same_data_gives_the_same_bytes(real_dataset: Dataset) -> None:
    first, second = render_contact_cards(real_dataset), render_contact_cards(real_dataset)
    assert [file.content for file in first] == [file.content for file in second]


def test_identifiers_differ_and_do_not_depend_on_what_a_card_says(real_dataset: Dataset) -> None:
    found = [
        line.removeprefix("UID:")
        for file in files_in(real_dataset, "en")
        for line in unfold(file)
        if line.startswith("UID:")
    ]
    assert len(found) == len(set(found))
    assert set(found) == {uid(o) for o in real_dataset.organizations.values() if is_known(o)}
    for language in ("fr", "ar"):
        assert set(read(real_dataset, language)) == set(found)
    first = next(o for o in real_dataset.organizations.values() if is_known(o))
    renamed = changed(first, name=LocalizedText({"en": "Other"}), abbreviation=None)
    data = with_organizations(without_call_first(real_dataset), renamed)
    assert set(read(data)) == {uid(first)} <= set(found)


# --- What a card says ---


def is_known(organization: Organization) -> bool:
    """Tell whether there is anything to keep of an organization, told from the record."""
    has_address = any(location.address for location in organization.locations)
    return bool(organization.channels or organization.website or has_address)


def usable(organization: Organization) -> set[tuple[str, str]]:
    """Return what a card has to offer, told from the record."""
    found = {("url", organization.website)} if organization.website else set()
    for channel in organization.channels:
        if not channel.doubtful:
            found |= set(ways(channel))
    return found


def ways(channel: Channel) -> Iterator[tuple[str, str]]:
    match channel:
        case ShortCodeChannel():
            yield "tel", channel.number
        case EmailChannel():
            yield "email", channel.address
        case WebChannel():
            yield "url", channel.url
        case PhoneChannel():
            assert channel.phone
            if "calls" in channel.accepts:
                # A toll-free number is kept as it is dialled inside its country.
                yield "tel", channel.phone.dialled
            if "whatsapp" in channel.accepts:
                yield "url", f"https://wa.me/{channel.phone.e164[1:]}"


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("good_dataset", "en"),
        ("real_dataset", "en"),
        ("real_dataset", "fr"),
        ("real_dataset", "ar"),
    ],
)
def test_each_card_has_exactly_what_its_organization_can_be_reached_by(
    name: str, language: str, request: pytest.FixtureRequest
) -> None:
    dataset: Dataset = request.getfixturevalue(name)
    cards = read(dataset, language)
    for organization in dataset.organizations.values():
        card = cards.pop(uid(organization), None)
        found = [
            (kind, value)
            for kind in ("tel", "email", "url")
            for value in (values(card, kind) if card else [])
        ]
        assert len(found) == len(set(found))
        assert set(found) == usable(organization), organization.key
    assert cards == {}


def test_ordinary_numbers_are_written_with_their_prefix(real_dataset: Dataset) -> None:
    numbers = [number for card in read(real_dataset).values() for number in values(card, "tel")]
    short = {n for n in numbers if not n.startswith("+")}
    # Free numbers are written as at home too: other countries' networks seldom connect them.
    parsed = [phonenumbers.parse(c.number, c.country) for _, c in find_phones(real_dataset)]
    assert short == {channel.number for _, channel in find_short_codes(real_dataset)} | {
        re.sub(r"\D", "", phonenumbers.format_number(one, PhoneNumberFormat.NATIONAL))
        for one in parsed
        if phonenumbers.number_type(one) == PhoneNumberType.TOLL_FREE
    }
    assert all(re.fullmatch(r"\+[1-9][0-9]{7,14}", n) for n in numbers if n not in short)


def test_short_codes_have_no_prefix_and_say_where_they_work(real_dataset: Dataset) -> None:
    for organization, channel in find_short_codes(real_dataset):
        country = real_dataset.countries[organization.country].name.root["en"]
        label = labelled(card_of(real_dataset, organization.key), "tel")[channel.number]
        assert label.endswith(f"Works inside {country} only")


def test_what_takes_no_calls_is_no_phone_number(three_languages: Dataset) -> None:
    card = card_of(three_languages, "TN/zonal-agency")
    assert "+21654006965" not in values(card, "tel")
    assert labelled(card, "url") == {
        "https://wa.me/21654006965": "Registration · Whole country · WhatsApp messages only",
    }


@pytest.mark.parametrize(
    ("accepts", "numbers", "links"),
    [
        (("calls",), {"+213661464622": "Oran"}, {}),
        (("calls", "sms"), {"+213661464622": "Oran"}, {}),
        (("sms",), {}, {"sms:+213661464622": "Text message · Oran"}),
        (("whatsapp",), {}, {"https://wa.me/213661464622": "WhatsApp · Oran"}),
        (
            ("calls", "whatsapp"),
            {"+213661464622": "Oran"},
            {"https://wa.me/213661464622": "WhatsApp · Oran"},
        ),
    ],
)
def test_what_a_number_accepts_decides_what_it_is(
    good_dataset: Dataset,
    accepts: tuple[str, ...],
    numbers: Mapping[str, str],
    links: Mapping[str, str],
) -> None:
    organization = good_dataset.organizations["DZ/child-line"]
    office = next(c for c in organization.channels if c.id == "office")
    channels = (office.model_copy(update={"accepts": accepts}),)
    alone = changed(organization, channels=channels, website=None)
    data = with_organizations(without_call_first(good_dataset), alone)
    card = card_of(data, "DZ/child-line")
    assert labelled(card, "tel") == numbers
    assert labelled(card, "url") == links


def test_a_doubtful_number_stands_only_in_the_note(good_dataset: Dataset) -> None:
    organization = good_dataset.organizations["DZ/child-line"]
    doubtful = tuple(channel for channel in organization.channels if channel.doubtful)
    alone = changed(organization, channels=doubtful, website=None, locations=())
    data = with_organizations(without_call_first(good_dataset), alone)
    card = card_of(data, "DZ/child-line")
    assert values(card, "tel") == values(card, "url") == values(card, "email") == []
    assert (
        "Whole country · Doubtful number: do not rely on it"
        " · Printed as +213 66169684: One digit too few."
    ) in card.note.value.split("\n")


def test_no_doubtful_number_can_be_called(dataset: Dataset) -> None:
    doubtful = {digits_of_channel(channel) for _, channel in find_doubtful(dataset)}
    for language in dataset.languages:
        for card in read(dataset, language).values():
            for value in (*values(card, "tel"), *values(card, "url")):
                assert re.sub(r"\D", "", value) not in doubtful


def test_a_hidden_location_leaves_no_trace_but_its_number(good_dataset: Dataset) -> None:
    organization = good_dataset.organizations["DZ/child-line"]
    address = next(loc.address for loc in organization.locations if loc.address)
    refuge = next(loc for loc in organization.locations if loc.id == "refuge")
    hidden = refuge.model_copy(update={"address": address})
    channels = tuple(
        channel.model_copy(update={"accepts": ("calls", "whatsapp"), "only": False})
        for channel in organization.channels
        if channel.id == "refuge"
    )
    alone = changed(organization, locations=(hidden,), channels=channels)
    (file,) = render_contact_cards(with_organizations(without_call_first(good_dataset), alone))
    text = "\n".join(unfold(file))
    assert "item1.TEL;TYPE=VOICE:+213661696841\nitem2.URL:https://wa.me/213661696841\n" in text
    for trace in ("refuge", "Oran", "Main street", "ADR", "35.7"):
        assert trace not in text


def test_a_region_names_no_city(good_dataset: Dataset) -> None:
    organization = good_dataset.organizations["DZ/child-line"]
    address = next(loc.address for loc in organization.locations if loc.address)
    camp = next(loc for loc in organization.locations if loc.id == "camp")
    postal = address.model_copy(update={"kind": "postal"})
    region = camp.model_copy(update={"address": postal})
    channels = tuple(
        channel.model_copy(update={"location": "camp"})
        for channel in organization.channels
        if channel.id == "office"
    )
    alone = changed(organization, locations=(region,), channels=channels)
    data = with_organizations(without_call_first(good_dataset), alone)
    card = card_of(data, "DZ/child-line")
    assert labelled(card, "tel") == {"+213661464622": "Camp"}
    (place,) = values(card, "adr")
    assert (place.street, place.city, place.country) == ("1 Main street", "", "Algeria")
    (file,) = render_contact_cards(data)
    assert "Oran" not in "\n".join(unfold(file))


def test_addresses_say_only_what_the_source_says(three_languages: Dataset) -> None:
    lines = {
        line
        for file in files_in(three_languages, "en")
        if "/tn/" in file.address.path
        for line in unfold(file)
        if ".ADR" in line
    }
    assert lines == {
        "item1.ADR;TYPE=WORK:;;Ministry\\, 1 Main street\\, Tunis;;;;Tunisia",
        "item2.ADR;TYPE=POSTAL:;;BP 622 Sfax-Tunisia;;;;",
    }


def test_the_heading_has_the_country_and_nicknames_the_other_languages(
    three_languages: Dataset, real_dataset: Dataset
) -> None:
    files = {file.address.path: file for file in render_contact_cards(three_languages)}
    names = nicknames(files["downloads/tn/contacts.vcf"])
    assert names["TZA · Tunisia"] == [
        "AZ · Tunisie",
        "Agence zonale",
        "الوكالة · تونس",
        "الوكالة المحلية",
    ]
    assert names["The register of births · Tunisia"] == [
        "L'état civil · Tunisie",
        "الحالة المدنية · تونس",
    ]
    card = card_of(three_languages, "TN/registry")
    assert card.fn.value == "The register of births · Tunisia"
    assert card.org.value == ["L'état civil"]
    headings = [card.fn.value for card in read(real_dataset).values()]
    assert len(headings) == len(set(headings))


def test_offices_are_told_apart_by_phones_that_know_no_labels(
    three_languages: Dataset, real_dataset: Dataset
) -> None:
    card = card_of(three_languages, "TN/clinic")
    types = {line.value: line.type_param for line in card.contents["tel"]}
    assert types == {
        "+21671720200": "X-Reception-desk-Tunis",
        "+21654006964": "X-Reception-desk-Sfax",
    }
    for file in render_contact_cards(real_dataset):
        for line in unfold(file):
            # A TYPE is ASCII in each language (RFC 2426, section 4).
            if re.match(r"item\d+\.(TEL|EMAIL)", line):
                assert re.match(r"item\d+\.(TEL|EMAIL);TYPE=X(-[A-Za-z0-9]+)+:", line)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Réfugiés – l'aide (24 h)", "X-Refugies-l-aide-24-h-Oran"),
        ("خط المساعدة", "X-Oran"),
    ],
)
def test_a_label_for_such_phones_is_plain(good_dataset: Dataset, label: str, name: str) -> None:
    organization = good_dataset.organizations["DZ/child-line"]
    office = next(c for c in organization.channels if c.id == "office")
    channel = office.model_copy(update={"label": LocalizedText({"en": label})})
    alone = changed(organization, channels=(channel,))
    data = with_organizations(without_call_first(good_dataset), alone)
    card = card_of(data, "DZ/child-line")
    assert card.tel.type_param == name
    assert labelled(card, "tel") == {"+213661464622": f"{label} · Oran"}


# --- Who is in it, and in which order ---


def test_those_to_call_first_come_first(three_languages: Dataset) -> None:
    files = {file.address.path: file for file in render_contact_cards(three_languages)}
    headings = [
        line.removeprefix("FN:")
        for line in unfold(files["downloads/tn/contacts.vcf"])
        if line.startswith("FN:")
    ]
    assert headings == [
        "TZA · Tunisia",
        "Aid · Tunisia",
        "The clinic · Tunisia",
        "The register of births · Tunisia",
    ]
    # The country says to call the protection hotline first, which stands later in the record.
    assert values(card_of(three_languages, "TN/zonal-agency"), "tel")[0] == "+21671720201"


def test_real_countries_have_those_to_call_first_in_their_order(real_dataset: Dataset) -> None:
    files = {file.address.path: file for file in render_contact_cards(real_dataset)}
    for code, country in real_dataset.countries.items():
        lines = unfold(files[f"downloads/{code.lower()}/contacts.vcf"])
        found = [line.removeprefix("UID:") for line in lines if line.startswith("UID:")]
        first = dict.fromkeys(f"{code}/{called.organization}" for called in country.call_first)
        expected = [uid(real_dataset.organizations[key]) for key in first]
        assert found[: len(expected)] == expected


def test_whom_nobody_can_reach_has_no_card(good_dataset: Dataset) -> None:
    without = {
        key
        for key, organization in good_dataset.organizations.items()
        if uid(organization) not in read(good_dataset)
    }
    assert without == {"TN/child-line"}


def test_a_country_without_any_card_has_no_file(good_dataset: Dataset) -> None:
    nobody = good_dataset.organizations["TN/child-line"]
    assert render_contact_cards(with_organizations(without_call_first(good_dataset), nobody)) == []


def test_an_address_or_a_website_is_reason_enough_for_a_card(good_dataset: Dataset) -> None:
    organization = good_dataset.organizations["DZ/child-line"]
    data = without_call_first(good_dataset)
    for fields, kind in (({"locations": ()}, "url"), ({"website": None}, "adr")):
        alone = changed(organization, channels=(), **fields)
        card = card_of(with_organizations(data, alone), "DZ/child-line")
        assert len(values(card, kind)) == 1
