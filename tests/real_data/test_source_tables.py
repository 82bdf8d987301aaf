"""The data against a second, blind transcription of the source's seven tables (source_tables.yaml).

It holds until an editor knows better: what somebody confirmed, what another source prints, and what
was added since is not the source's. What is gone on purpose goes to superseded.yaml.
"""

from __future__ import annotations

import dataclasses
import html
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.dataset import Dataset
from generator.models.base import Citation
from generator.models.channels import (
    Channel,
    Confirmation,
    Doubt,
    EmailChannel,
    PhoneChannel,
    ShortCodeChannel,
)
from generator.models.organizations import Organization, Service
from generator.values.phone import digits_of
from generator.values.text import LocalizedText
from tests.conftest import ROOT

HERE = Path(__file__).parent
SOURCE = "iom-unicef-2025"
TABLES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (HERE / "source_tables.yaml").read_text(encoding="utf-8")
)
SUPERSEDED: list[dict[str, str]] = yaml.safe_load(
    (HERE / "superseded.yaml").read_text(encoding="utf-8")
)
ENTRIES = [(f"{country}/{row['id']}", row) for country, rows in TABLES.items() for row in rows]
each_row = pytest.mark.parametrize(
    ("key", "entry"), ENTRIES, ids=[f"{k[:2]}-{e['organization'][:30]}" for k, e in ENTRIES]
)


def numbers(organization: Organization) -> dict[str, PhoneChannel | ShortCodeChannel]:
    found: dict[str, PhoneChannel | ShortCodeChannel] = {}
    for channel in organization.channels:
        if isinstance(channel, ShortCodeChannel):
            found[channel.number] = channel
        elif isinstance(channel, PhoneChannel):
            text = channel.phone.e164 if channel.phone else channel.number
            found[digits_of(text)] = channel
    return found


def is_from_source(channel: Channel) -> bool:
    return channel.published is not None and channel.published.source == SOURCE


def lost(
    key: str, printed: dict[str, str], own: set[str], channels: tuple[Channel, ...]
) -> list[str]:
    """Return a hint for every contact that the source prints and the organization no longer has.

    Somebody who confirmed another number or address of the organization, or cites another source
    for it, has replaced one of those.
    """
    missing = [
        text for digits, text in printed.items() if digits not in own and not superseded(key, text)
    ]
    replaced = sum(not is_from_source(channel) for channel in channels)
    return [superseded_hint(key, text) for text in missing] * (len(missing) > replaced)


def lost_services(key: str, printed: list[str], services: tuple[Service, ...]) -> list[str]:
    """Return a hint for every service that the source prints and the organization no longer has.

    A service that has got another name is known by its identifier, which never changes: it is made
    of words of the name that the source prints.
    """
    renamed = [s for s in services if s.name.in_language("en").text not in printed]
    names = {s.name.in_language("en").text for s in services}
    hints = []
    for name in printed:
        words = re.findall(r"[a-z]+", name.lower())
        found = next((s for s in renamed if all(w in words for w in s.id.split("-"))), None)
        if name in names or superseded(key, name):
            continue
        if found:
            renamed.remove(found)
        else:
            hints.append(superseded_hint(key, name, is_contact=False))
    return hints


def superseded(key: str, printed: str) -> bool:
    """Tell whether somebody said why the data no longer has this of an organization."""
    return any(
        one["printed"] == printed and one.get("organization", key) == key for one in SUPERSEDED
    )


REPLACED = "If another is right now, write `confirmed:` there in the place of `published:`. "


def superseded_hint(key: str, printed: str, *, is_contact: bool = True) -> str:
    which = "" if is_contact else f"organization: {key}, "
    replaced = REPLACED if is_contact else ""
    return (
        f"{key} no longer has {printed}, which the source of 2025 prints. {replaced}If it was "
        f"taken out on purpose, add this line to tests/real_data/superseded.yaml:\n"
        f'- {{{which}printed: "{printed}", reason: "why, and who confirmed it"}}'
    )


def organization_of(dataset: Dataset, key: str, entry: dict[str, Any]) -> Organization:
    """Return the organization of a table's row; end the test well if it was closed."""
    organization = dataset.organizations.get(key)
    if organization is None and superseded(key, entry["organization"]):
        pytest.skip(f"{key} is in superseded.yaml")
    if organization is None:
        pytest.fail(superseded_hint(key, entry["organization"], is_contact=False))
    return organization


def test_the_tables_are_complete() -> None:
    assert len(ENTRIES) == 42
    assert sum(len(entry["phones"]) for _, entry in ENTRIES) == 79
    assert sum(len(entry["emails"]) for _, entry in ENTRIES) == 41
    assert sum(len(entry["services"]) for _, entry in ENTRIES) == 231
    assert len({key for key, _ in ENTRIES}) == 42
    doubtful = [key for key, entry in ENTRIES for p in entry["phones"] if p.get("doubtful")]
    assert doubtful == ["MR/unhcr"]


@each_row
def test_an_organization_holds_what_its_row_prints(
    real_dataset: Dataset, key: str, entry: dict[str, Any]
) -> None:
    organization = organization_of(real_dataset, key, entry)
    own = numbers(organization)
    emails = {c.address: c for c in organization.channels if isinstance(c, EmailChannel)}
    hints = [
        *lost(key, {p["digits"]: p["printed"] for p in entry["phones"]}, {*own}, (*own.values(),)),
        *lost(key, {e: e for e in entry["emails"]}, {*emails}, (*emails.values(),)),
        *lost_services(key, entry["services"], organization.services),
    ]
    if hints:
        pytest.fail("\n".join(hints))
    for phone in entry["phones"]:
        channel = own.get(phone["digits"])
        if channel is None or not is_from_source(channel):
            continue
        # A number that the source prints wrongly stays in doubt until somebody has tried it.
        if phone.get("doubtful"):
            assert channel.doubtful or channel.confirmed
        if channel.as_printed:
            assert digits_of(channel.as_printed) in digits_of(phone["printed"])
        elif isinstance(channel, PhoneChannel):
            assert digits_of(channel.number)[3:] in digits_of(phone["printed"])
    services = [service.name.in_language("en").text for service in organization.services]
    assert [s for s in services if s in entry["services"]] == [
        s for s in entry["services"] if s in services
    ]


@each_row
def test_the_pages_show_what_the_record_of_a_row_has(
    real_dataset: Dataset, site: Path, key: str, entry: dict[str, Any]
) -> None:
    organization = organization_of(real_dataset, key, entry)
    folder = site / "en" / organization.country.lower()
    for page in (folder / "index.html", folder / "organizations" / organization.id / "index.html"):
        markup = page.read_text(encoding="utf-8").replace("<wbr>", "")
        text = html.unescape(re.sub(r"<[^>]+>", " ", markup))
        digits = {digits_of(match) for match in re.findall(r"[+0-9][0-9 ]{2,}", text)}
        dialled = {
            digits_of(link)
            for link in re.findall(r'href="(?:tel:|https://wa\.me/)([^"]+)"', markup)
        }
        for digit_string, channel in numbers(organization).items():
            if channel.doubtful:
                assert (channel.as_printed or channel.number) in text
                assert digit_string not in dialled
                continue
            local = (
                digits_of(channel.phone.dialled)
                if isinstance(channel, PhoneChannel) and channel.phone
                else ""
            )
            assert {digit_string, local} & digits
            assert {digit_string, local} & dialled
        names = [service.name.in_language("en").text for service in organization.services]
        addresses = [c.address for c in organization.channels if isinstance(c, EmailChannel)]
        for line in (*names, *addresses):
            assert line in text


def test_numbers_belong_to_the_places_that_the_source_names(real_dataset: Dataset) -> None:
    named = [
        (key, remark, phone["digits"])
        for key, entry in ENTRIES
        for remark in entry["remarks"]
        for phone in entry["phones"]
        if entry["places"]
        and (printed := digits_of(re.sub(r"\S+@\S+", "", remark)))
        and phone["digits"].endswith(printed[-8:])
    ]
    assert len(named) == 26
    for key, remark, digits in named:
        organization = real_dataset.organizations.get(key)
        channel = numbers(organization).get(digits) if organization else None
        if organization is None or channel is None or not is_from_source(channel):
            continue
        assert channel.location or channel.nationwide
        if channel.location:
            location = next(x for x in organization.locations if x.id == channel.location)
            name = location.name.in_language("en").text if location.name else location.place
            assert name is not None
            assert name.replace("-", " ").split()[0][:4].lower() in remark.lower().replace("é", "e")


SEEDS = ROOT.parent / "shared" / "seeds"


@pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the source documents lie beside the project only where it is made"
)
def test_the_tables_print_nothing_that_the_source_does_not() -> None:
    source = " ".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("001_*.txt")))
    for _, entry in ENTRIES:
        for text in [
            *(phone["printed"] for phone in entry["phones"]),
            *entry["emails"],
            *entry["services"],
        ]:
            assert text in source


@pytest.mark.parametrize(
    ("key", "digits", "accepts", "only", "hours"),
    [
        ("LY/unhcr", "218911633466", ("calls",), True, []),
        ("LY/unhcr", "218910021631", ("whatsapp",), True, []),
        ("LY/unhcr", "218917127644", ("calls",), False, []),
        ("EG/care", "201028062178", ("calls",), False, ["Overnight"]),
        ("EG/care", "201028859777", ("calls",), False, []),
    ],
)
def test_a_number_is_used_as_the_source_says(
    real_dataset: Dataset,
    key: str,
    digits: str,
    accepts: tuple[str, ...],
    only: bool,
    hours: list[str],
) -> None:
    organization = real_dataset.organizations.get(key)
    channel = numbers(organization).get(digits) if organization else None
    # That no number of the source is lost, the rows tell.
    if channel is None or not is_from_source(channel) or channel.confirmed:
        pytest.skip("somebody knows better than the source")
    assert isinstance(channel, PhoneChannel)
    assert (channel.accepts, channel.only) == (accepts, only)
    said = [s.description.in_language("en").text for s in channel.schedule if s.description]
    assert said == hours


# --- What an editor is told ---


CLINIC = {"21671720200": "71 720 200", "21654006964": "54 006 964"}
HINT = (
    "TN/clinic no longer has {0}, which the source of 2025 prints. {2}If it was taken out on "
    "purpose, add this line to tests/real_data/superseded.yaml:\n"
    '- {{{1}printed: "{0}", reason: "why, and who confirmed it"}}'
)
CONFIRMED = Confirmation(assured_date="2026-10-02", method="phone", assurer="Clinic")


@pytest.mark.parametrize(
    ("changes", "is_told"),
    [
        ({}, False),
        ({"number": "+216 71 720 201"}, True),
        ({"number": "+216 71 720 201", "confirmed": CONFIRMED}, True),
        ({"number": "+216 71 720 201", "confirmed": CONFIRMED, "published": None}, False),
        ({"number": "+216 71 720 201", "published": Citation(source="report-2025")}, False),
        ({"doubtful": Doubt(reason=LocalizedText({"en": "Nobody answers."}))}, False),
        (None, True),
    ],
)
def test_a_contact_may_be_replaced_by_a_known_one_and_not_lost(
    good_dataset: Dataset, changes: dict[str, object] | None, is_told: bool
) -> None:
    clinic = good_dataset.organizations["TN/clinic"]
    channels = [
        channel.model_copy(update={"published": Citation(source=SOURCE)})
        for channel in clinic.channels
        if isinstance(channel, PhoneChannel)
    ]
    channels[:1] = [channels[0].model_copy(update=changes)] if changes is not None else []
    own = numbers(clinic.model_copy(update={"channels": tuple(channels)}))
    hints = lost("TN/clinic", CLINIC, {*own}, (*own.values(),))
    assert hints == ([HINT.format("71 720 200", "", REPLACED)] if is_told else [])


@pytest.mark.parametrize(
    ("services", "told"),
    [
        ([("case-management", "Case management"), ("clinic", "Clinic")], []),
        ([("case-management", "Support"), ("clinic", "Clinic"), ("a-new-one", "A new one")], []),
        ([("clinic", "Clinic"), ("a-new-one", "A new one")], ["Case management"]),
        ([("case-management", "Clinic")], ["Case management"]),
    ],
)
def test_a_service_may_get_another_name_and_not_be_lost(
    services: list[tuple[str, str]], told: list[str]
) -> None:
    made = tuple(
        Service(id=name, name=LocalizedText({"en": text}), types=("clinic",))
        for name, text in services
    )
    hints = lost_services("TN/clinic", ["Case management", "Clinic"], made)
    assert hints == [HINT.format(name, "organization: TN/clinic, ", "") for name in told]


def test_what_is_superseded_is_not_told(
    good_dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {"organization": "The clinic"}
    without = dataclasses.replace(good_dataset, organizations={})
    with pytest.raises(pytest.fail.Exception) as told:
        organization_of(without, "TN/clinic", row)
    assert str(told.value) == HINT.format("The clinic", "organization: TN/clinic, ", "")
    entry = yaml.safe_load(str(told.value).splitlines()[-1])
    monkeypatch.setitem(globals(), "SUPERSEDED", entry)
    with pytest.raises(pytest.skip.Exception):
        organization_of(without, "TN/clinic", row)
    with pytest.raises(pytest.fail.Exception):
        organization_of(without, "LY/clinic", row)
    monkeypatch.setitem(globals(), "SUPERSEDED", [{"printed": text} for text in CLINIC.values()])
    assert lost("TN/clinic", CLINIC, set(), ()) == []
