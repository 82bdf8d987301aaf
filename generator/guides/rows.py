"""The rows of guides: who answers a need or is in a city, and by which number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.guides.plain import PLACES_NAMED, Plain, plain_action, say, short_name
from generator.views.channels import ChannelView
from generator.views.countries import CountryView, Group
from generator.views.organizations import LocationView, OrganizationView, Row
from generator.words import Words

_NUMBERS = ("call", "whatsapp", "sms")
_FIRST_OF_OTHERS = 500_000
_NO_CHANNEL: Plain = {"channel": None, "label": None, "action": None, "facts": []}


def plain_rows(country: CountryView, words: Words) -> dict[str, list[Plain]]:
    """Return the rows of the sheet: `needs`, `needs_in_short`, `cities` and all `others`.

    Where there is no room for all, those with the highest `priority` go first.
    """
    cities = list(_city_rows(country.cities, words))
    # The short list of needs leads to the cities, so it doesn't count here.
    shown = {channel_key(found.organization, found.channel) for found in country.call_first}
    shown |= {row["channel"] for row in cities if row["channel"]}
    return {
        "needs": list(_rows(country.needs, words)),
        "needs_in_short": list(_rows_in_short(country.needs, words)),
        "cities": cities,
        "others": list(_other_rows(country, shown, words)),
    }


def channel_key(organization: OrganizationView, channel: ChannelView) -> str:
    """Return what a channel is called in its country."""
    return f"{organization.id}/{channel.id}"


def places_in(group: Group) -> list[tuple[OrganizationView, LocationView]]:
    """Return every place in a city, with whose it is."""
    return [
        (row.organization, place)
        for row in group.rows
        for place in row.organization.locations
        if place.place == group.id
    ]


def _rows(groups: Iterable[Group], words: Words) -> Iterator[Plain]:
    """Yield who is in each group, with the quickest way to reach it."""
    for index, group in enumerate(groups):
        for rank, row in enumerate(group.rows):
            yield _row(row, group, words, rank=rank, index=index)


def _rows_in_short(groups: Iterable[Group], words: Words) -> Iterator[Plain]:
    """Yield the rows of needs, in which those who work in single cities share one."""
    for index, group in enumerate(groups):
        local = [row.organization for row in group.rows if _is_local(row)]
        others = (row for row in group.rows if row.organization not in local)
        for rank, row in enumerate(others):
            yield _row(row, group, words, rank=2 * rank, index=index)
        if local:
            names = " · ".join(one.abbreviation or one.name.text for one in local)
            yield {
                "id": f"{group.id}/{'+'.join(one.id for one in local)}",
                **_in_group(group, words, rank=1, index=index),
                "name": words("guide.see_inside", what=names),
                "where": None,
                **_NO_CHANNEL,
            }


def _row(row: Row, group: Group, words: Words, *, rank: int, index: int) -> Plain:
    return {
        "id": f"{group.id}/{row.organization.id}",
        **_in_group(group, words, rank=rank, index=index),
        "name": short_name(row.organization, words),
        **reach(row, words),
    }


def _city_rows(groups: Iterable[Group], words: Words) -> Iterator[Plain]:
    """Yield who is in each city: a row for each of its places there, with its first number."""
    for index, group in enumerate(groups):
        for rank, (organization, place) in enumerate(places_in(group)):
            yield {
                "id": f"{group.id}/{organization.id}/{place.id}",
                **_in_group(group, words, rank=rank, index=index),
                "name": short_name(organization, words),
                **reach_place(organization, place, group, words),
            }


def _other_rows(country: CountryView, shown: set[str], words: Words) -> Iterator[Plain]:
    """Yield every number that is not among those shown."""
    priority = _FIRST_OF_OTHERS
    for organization in country.organizations:
        for channel in organization.channels:
            if not any(action.kind in _NUMBERS for action in channel.actions):
                continue
            if channel_key(organization, channel) in shown:
                continue
            yield {
                "id": channel_key(organization, channel),
                "group": "others",
                "heading": words("guide.others"),
                "priority": priority,
                "name": short_name(organization, words),
                "where": say(channel.location_name, words),
                **_plain_way(organization, channel, words),
            }
            priority += 1


def reach(row: Row, words: Words) -> Plain:
    """Return how an organization in a list is reached: by one number, or where it is."""
    organization = row.organization
    usable = [channel for channel in row.main if channel.actions]
    if usable:
        found = next((one for one in usable if one.is_callable), usable[0])
        return {
            "where": None if found.is_nationwide else say(found.location_name, words),
            **_plain_way(organization, found, words),
        }
    if row.by_location:
        cities = dict.fromkeys((one.city or one.name).text for one in row.by_location)
        named = words.join(list(cities)) if len(cities) <= PLACES_NAMED else organization.reach
        where = words("guide.see_inside", what=named)
    elif organization.channels:
        where = words("channel.none_works")
    elif organization.locations:
        where = organization.reach
    else:
        where = words("channel.none")
    return {"where": where, **_NO_CHANNEL}


def reach_place(
    organization: OrganizationView, place: LocationView, group: Group, words: Words
) -> Plain:
    """Return how an organization is reached in one place: there, or in the whole country."""
    name = None if place.name.text == group.name.text else say(place.name, words)
    for channels in (place.channels, organization.nationwide):
        usable = [channel for channel in channels if channel.actions]
        if usable:
            found = next((one for one in usable if one.is_callable), usable[0])
            return {"where": name, **_plain_way(organization, found, words)}
    if place.channels:
        return {"where": words("channel.none_works"), **_NO_CHANNEL}
    return {"where": name, **_NO_CHANNEL}


def _plain_way(organization: OrganizationView, channel: ChannelView, words: Words) -> Plain:
    return {
        "channel": channel_key(organization, channel),
        "label": say(channel.label, words),
        "action": plain_action(channel.actions[0]),
        "facts": list(channel.facts),
    }


def _is_local(row: Row) -> bool:
    """Tell whether an organization is reached in cities, where the sheet has its numbers."""
    if any(channel.is_nationwide for channel in row.main):
        return False
    return bool(row.organization.locations) and all(one.place for one in row.organization.locations)


def _in_group(group: Group, words: Words, *, rank: int, index: int) -> Plain:
    """Return where a row stands: where there is no room, those last in their groups go first."""
    return {
        "group": group.id,
        "heading": say(group.name, words),
        "priority": rank * 1000 + index,
    }
