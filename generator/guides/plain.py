"""Views as plain data, which is all that the typesetter is given: texts, never markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.font import can_print
from generator.values.text import Wording
from generator.views.channels import Action, ChannelView
from generator.views.organizations import LocationView, OrganizationView, Row
from generator.views.sources import CitationView
from generator.words import Words

Plain = dict[str, Any]

PLACES_NAMED = 3
"""How many places of an organization are named in a list; of more, only how many."""


def say(wording: Wording | None, words: Words) -> str | Plain | None:
    """Return a text; one in another language than the guide's with its language.

    `is_tall` tells that it is of a script whose letters reach further than the guide's.
    """
    if wording is None or not wording.is_fallback:
        return wording.text if wording else None
    return in_language(wording.text, wording.language, words)


def in_language(text: str, language: str, words: Words) -> Plain:
    """Return a text with its language."""
    return {
        "text": text,
        "language": language,
        "is_tall": words.direction == "ltr" and words.runs_to_the_left(language),
    }


def plain_action(action: Action) -> Plain:
    """Return a call, a message, an e-mail address or a web address, as it is shown and linked."""
    return {
        "kind": action.kind,
        "href": str(action.href),
        "verb": action.verb,
        "shown": action.shown,
    }


def plain_channel(channel: ChannelView, words: Words, *, said: str | None) -> Plain:
    """Return one way to reach somebody. `said` is the origin that the guide tells for all."""
    return {
        "label": say(channel.label, words),
        "actions": [plain_action(action) for action in channel.actions],
        "facts": list(channel.facts),
        "note": say(channel.note, words),
        "printed": channel.printed,
        "doubt": say(channel.doubt, words),
        "provenance": channel.provenance.text if channel.provenance.origin != said else None,
    }


def short_name(organization: OrganizationView, words: Words) -> str | Plain | None:
    """Return the name that people use: the abbreviation, where there is one."""
    return organization.abbreviation or say(organization.name, words)


def plain_organization(organization: OrganizationView, words: Words, *, said: str | None) -> Plain:
    """Return all about an organization. `said` is the origin that the guide tells for all."""
    everywhere = (*organization.nationwide, *organization.unplaced)
    official = organization.official_name
    if official and not can_print(official.text):
        official = None
    return {
        "name": say(organization.name, words),
        "abbreviation": organization.abbreviation,
        "official_name": (
            in_language(official.text, official.language, words) if official else None
        ),
        "kind": organization.kind,
        "reach": organization.reach,
        "description": say(organization.description, words),
        "partners": say(organization.partners, words),
        "website": organization.website,
        "services": [
            {
                "name": say(service.name, words),
                "description": say(service.description, words),
                "eligibility": say(service.eligibility, words),
            }
            for service in organization.services
        ],
        "channels": [plain_channel(channel, words, said=said) for channel in everywhere],
        "locations": [
            _plain_location(location, words, said=said) for location in organization.locations
        ],
        "is_reachable": organization.is_reachable,
        "has_channels": bool(organization.channels),
    }


def _plain_location(location: LocationView, words: Words, *, said: str | None) -> Plain:
    is_told = location.city is None or location.city.text in location.name.text
    return {
        "name": say(location.name, words),
        "city": None if is_told else say(location.city, words),
        "address": say(location.address, words),
        "is_postal": location.is_postal,
        "is_region": location.is_region,
        "is_unknown": not location.is_region and not location.place,
        "channels": [plain_channel(channel, words, said=said) for channel in location.channels],
    }


def plain_places(row: Row, words: Words) -> list[Plain]:
    """Return the places among which a reader has to choose, with the ways to reach each.

    Of more than `PLACES_NAMED` there are none; see `see_places`.
    """
    if len(row.by_location) > PLACES_NAMED:
        return []
    return [
        {
            "name": say(place.name, words),
            "actions": [
                plain_action(action) for channel in place.channels for action in channel.actions
            ],
        }
        for place in row.by_location
    ]


def see_places(row: Row, words: Words) -> str | None:
    """Return where to look up the places of an organization that has too many for a list."""
    if len(row.by_location) <= PLACES_NAMED:
        return None
    return words("guide.see", heading=words("country.cities"))


def plain_sources(citations: Iterable[CitationView], words: Words) -> list[str]:
    """Return each source in short, once, with all places in it that are cited."""
    places: dict[str, list[str]] = {}
    for one in citations:
        known = places.setdefault(", ".join(filter(None, (words.ltr(one.authors), one.year))), [])
        if one.place and one.place not in known:
            known.append(one.place)
    return [", ".join((source, *found)) for source, found in places.items()]


def texts(words: Words, /, **names: str) -> dict[str, str]:
    """Return the site's own words under the names by which a template knows them."""
    return {short: words(name) for short, name in names.items()}
