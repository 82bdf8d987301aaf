"""The data against a second, blind transcription of the source's seven tables (source_tables.yaml).

Where an editor changes or removes one of these numbers on purpose, it goes to superseded.yaml.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.dataset import Dataset
from generator.models.channels import Channel, EmailChannel, PhoneChannel, ShortCodeChannel
from generator.models.organizations import Organization
from generator.values.phone import digits_of
from tests.conftest import ROOT

HERE = Path(__file__).parent
TABLES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (HERE / "source_tables.yaml").read_text(encoding="utf-8")
)
SUPERSEDED = {
    entry["printed"]
    for entry in yaml.safe_load((HERE / "superseded.yaml").read_text(encoding="utf-8"))
}
ENTRIES = [(country, entry) for country, entries in TABLES.items() for entry in entries]


def names(organization: Organization) -> str:
    texts = [*organization.name.root.values()]
    if organization.abbreviation:
        texts += organization.abbreviation.root.values()
    return " ".join(texts)


def numbers(organization: Organization) -> dict[str, PhoneChannel | ShortCodeChannel]:
    found: dict[str, PhoneChannel | ShortCodeChannel] = {}
    for channel in organization.channels:
        if isinstance(channel, ShortCodeChannel):
            found[channel.number] = channel
        elif isinstance(channel, PhoneChannel):
            text = channel.phone.e164 if channel.phone else channel.number
            found[digits_of(text)] = channel
    return found


def find(dataset: Dataset, country: str, entry: dict[str, Any]) -> Organization:
    """Return the organization of a table's row: the one with most of its contacts and services."""

    def agreement(organization: Organization) -> int:
        own = {
            *numbers(organization),
            *(s.name.in_language("en").text for s in organization.services),
        }
        own |= {c.address for c in organization.channels if isinstance(c, EmailChannel)}
        printed = {*(p["digits"] for p in entry["phones"]), *entry["emails"], *entry["services"]}
        shared_name = set(re.findall(r"\w+", names(organization))) & set(
            re.findall(r"\w+", entry["organization"])
        )
        return len(own & printed) + 3 * len(shared_name)

    return max(dataset.organizations_in(country), key=agreement)


def lost(
    organization: Organization, printed: dict[str, str], own: set[str], *kinds: type[Channel]
) -> list[str]:
    """Return a hint for everything that the source prints and the organization no longer has.

    Somebody who confirmed another number or address of the organization, which the source doesn't
    print, has replaced one of those.
    """
    missing = [text for key, text in printed.items() if key not in own and text not in SUPERSEDED]
    replaced = sum(
        isinstance(channel, kinds) and channel.confirmed is not None and channel.published is None
        for channel in organization.channels
    )
    return [superseded_hint(organization, text) for text in missing] * (len(missing) > replaced)


def superseded_hint(organization: Organization, printed: str) -> str:
    return (
        f"{organization.key} no longer has {printed}, which the source of 2025 prints. If it was "
        f"changed on purpose, add this line to tests/real_data/superseded.yaml:\n"
        f'- {{printed: "{printed}", reason: "why, and who confirmed it"}}'
    )


def test_the_tables_are_complete() -> None:
    assert len(ENTRIES) == 42
    assert sum(len(entry["phones"]) for _, entry in ENTRIES) == 79
    assert sum(len(entry["emails"]) for _, entry in ENTRIES) == 41
    assert sum(len(entry["services"]) for _, entry in ENTRIES) == 231


def test_every_row_is_an_organization_of_its_own(real_dataset: Dataset) -> None:
    found = Counter(find(real_dataset, country, entry).key for country, entry in ENTRIES)
    assert set(found.values()) == {1}
    assert len(found) == 42


@pytest.mark.parametrize(
    ("country", "entry"), ENTRIES, ids=[f"{c}-{e['organization'][:30]}" for c, e in ENTRIES]
)
def test_an_organization_holds_what_its_row_prints(
    real_dataset: Dataset, country: str, entry: dict[str, Any]
) -> None:
    organization = find(real_dataset, country, entry)
    own = numbers(organization)
    emails = {c.address for c in organization.channels if isinstance(c, EmailChannel)}
    services = [service.name.in_language("en").text for service in organization.services]
    hints = [
        *lost(
            organization,
            {p["digits"]: p["printed"] for p in entry["phones"]},
            {*own},
            PhoneChannel,
            ShortCodeChannel,
        ),
        *lost(organization, {e: e for e in entry["emails"]}, emails, EmailChannel),
        *lost(organization, {s: s for s in entry["services"]}, {*services}),
    ]
    assert not hints, "\n".join(hints)
    for phone in entry["phones"]:
        channel = own.get(phone["digits"])
        if channel is None:
            continue
        # A number that the source prints wrongly stays in doubt until somebody has tried it.
        if phone.get("doubtful"):
            assert channel.doubtful or channel.confirmed
        if channel.as_printed:
            assert digits_of(channel.as_printed) in digits_of(phone["printed"])
        elif isinstance(channel, PhoneChannel):
            assert digits_of(channel.number)[3:] in digits_of(phone["printed"])
    assert [s for s in services if s in entry["services"]] == [
        s for s in entry["services"] if s in services
    ]


@pytest.mark.parametrize(
    ("country", "entry"), ENTRIES, ids=[f"{c}-{e['organization'][:30]}" for c, e in ENTRIES]
)
def test_the_pages_show_what_the_row_prints(
    real_dataset: Dataset, site: Path, country: str, entry: dict[str, Any]
) -> None:
    organization = find(real_dataset, country, entry)
    folder = site / "en" / country.lower()
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
        for line in [*entry["services"], *entry["emails"]]:
            assert line in text


def test_only_one_number_is_doubtful_as_printed(real_dataset: Dataset) -> None:
    doubtful = [
        (organization.key, channel.id)
        for organization, _, channel in real_dataset.channels()
        if channel.doubtful
        and not SUPERSEDED & {channel.as_printed, getattr(channel, "number", None)}
    ]
    assert doubtful == [("MR/unhcr", "helpline")]


def test_numbers_belong_to_the_places_that_the_source_names(real_dataset: Dataset) -> None:
    checked = 0
    for country, entry in ENTRIES:
        organization = find(real_dataset, country, entry)
        places = {location.place or location.id: location for location in organization.locations}
        assert len(places) <= len(entry["places"])
        for remark in entry["remarks"]:
            for digits, channel in numbers(organization).items():
                printed = digits_of(remark)
                if channel.location and printed and digits.endswith(printed[-8:]):
                    location = next(x for x in organization.locations if x.id == channel.location)
                    name = location.name.in_language("en").text if location.name else location.place
                    assert name is not None
                    assert name.replace("-", " ").split()[0][:4].lower() in remark.lower().replace(
                        "é", "e"
                    )
                    checked += 1
    assert checked >= 16


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
    ("country", "digits", "accepts", "only", "hours"),
    [
        ("LY", "218911633466", ("calls",), True, []),
        ("LY", "218910021631", ("whatsapp",), True, []),
        ("LY", "218917127644", ("calls",), False, []),
        ("EG", "201028062178", ("calls",), False, ["Overnight"]),
        ("EG", "201028859777", ("calls",), False, []),
    ],
)
def test_a_number_is_used_as_the_source_says(
    real_dataset: Dataset,
    country: str,
    digits: str,
    accepts: tuple[str, ...],
    only: bool,
    hours: list[str],
) -> None:
    (channel,) = (
        found
        for organization in real_dataset.organizations_in(country)
        for number, found in numbers(organization).items()
        if number == digits
    )
    assert isinstance(channel, PhoneChannel)
    assert (channel.accepts, channel.only) == (accepts, only)
    said = [s.description.in_language("en").text for s in channel.schedule if s.description]
    assert said == hours
