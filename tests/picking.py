"""Records of the data that a test takes for what they are, since editors change who and what they are.

A test of the site that needs a number asks here for one of the kind that it is about, and reads from
the record what it has to find.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from generator.dataset import Dataset
from generator.models.channels import Channel, EmailChannel, PhoneChannel, ShortCodeChannel
from generator.models.organizations import Organization

ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


class Phone(NamedTuple):
    """A phone number with whose it is."""

    organization: Organization
    channel: PhoneChannel


class ShortCode(NamedTuple):
    """A short code with whose it is."""

    organization: Organization
    channel: ShortCodeChannel


def find_channel(dataset: Dataset, key: str) -> Channel | None:
    """Return a channel by the key of its organization and its identifier: DZ/onppe/hotline."""
    owner, _, name = key.rpartition("/")
    organization = dataset.organizations.get(owner)
    channels = organization.channels if organization else ()
    return next((channel for channel in channels if channel.id == name), None)


def find_phones(dataset: Dataset) -> list[Phone]:
    """Return all phone numbers that can be called, in the order of the data."""
    return [
        Phone(organization, channel)
        for organization, _, channel in dataset.channels()
        if isinstance(channel, PhoneChannel) and not channel.doubtful and "calls" in channel.accepts
    ]


def find_short_codes(dataset: Dataset) -> list[ShortCode]:
    """Return all short codes that can be called, in the order of the data."""
    return [
        ShortCode(organization, channel)
        for organization, _, channel in dataset.channels()
        if isinstance(channel, ShortCodeChannel) and not channel.doubtful
    ]


def find_doubtful(dataset: Dataset) -> list[Phone]:
    """Return all doubtful phone numbers; without any, there is nothing to test."""
    found = [
        Phone(organization, channel)
        for organization, _, channel in dataset.channels()
        if isinstance(channel, PhoneChannel) and channel.doubtful
    ]
    if not found:
        pytest.skip("the data has no doubtful number")
    return found


def has_one_number(organization: Organization) -> bool:
    """Tell whether an organization has one number and no other, so that none is chosen from."""
    return sum(isinstance(c, PhoneChannel | ShortCodeChannel) for c in organization.channels) == 1


def digits_of_channel(channel: Channel) -> str:
    """Return the digits of a number: from abroad, of a short code and a doubtful one as written."""
    if isinstance(channel, PhoneChannel):
        number = channel.phone.e164 if channel.phone else channel.number
        return re.sub(r"\D", "", number)
    assert isinstance(channel, ShortCodeChannel)
    return channel.number


def find_first_called(dataset: Dataset, country: str) -> tuple[Organization, Channel]:
    """Return whom a country says to call before all others, and by which channel."""
    called = dataset.countries[country].call_first[0]
    organization = dataset.organizations[f"{country}/{called.organization}"]
    return organization, next(c for c in organization.channels if c.id == called.channel)


def dialled(channel: Channel) -> str:
    """Return what a phone is told to call."""
    if isinstance(channel, PhoneChannel) and channel.phone:
        return channel.phone.dialled
    return digits_of_channel(channel)


def shown(channel: Channel) -> str:
    """Return a number as it is written for people."""
    if isinstance(channel, PhoneChannel) and channel.phone:
        return channel.phone.shown
    return digits_of_channel(channel)


def needs_of(dataset: Dataset, organization: Organization) -> set[str]:
    """Return the needs that an organization answers."""
    types = {name for service in organization.services for name in service.types}
    return {parent for name in types if (parent := dataset.service_types[name].parent)}


def cities_of(organization: Organization) -> set[str]:
    """Return the cities in which an organization works, as far as they may be told."""
    return {one.place for one in organization.locations if one.place and one.precision != "hidden"}


def page_of(organization: Organization) -> str:
    """Return the address of an organization's page below that of a language."""
    return f"{organization.country.lower()}/organizations/{organization.id}/index.html"


def spell(pattern: str, channel: Channel, *, arabic: bool = False) -> str:
    """Return what a reader types of a contact.

    Each `#` is a digit of the number, the last `#` its last; `@` is an e-mail address, and `@…` an
    address without its ending. So `0### ## ## ##` is a number as it is dialled at home, and `####`
    its end.
    """
    if isinstance(channel, EmailChannel):
        if "@…" in pattern:
            return pattern.replace("@…", channel.address.rpartition(".")[0])
        return pattern.replace("@", channel.address)
    digits = digits_of_channel(channel)
    missing = max(0, pattern.count("#") - len(digits))
    rest = list(digits[-pattern.count("#") :] if "#" in pattern else "")
    spelt = re.sub("#", lambda _: rest.pop(0), pattern.replace("#", "", missing))
    return spelt.translate(ARABIC_DIGITS) if arabic else spelt
