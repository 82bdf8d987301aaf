"""The first contact of a new organization: a good one, or kept as printed with the doubt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from generator.authoring.answers import RefusedError, accept, make_identifier
from generator.authoring.records import Draft
from generator.cli.dialogue import tell
from generator.cli.session import Session, first, other_names
from generator.models.organizations import Location, Organization
from generator.values.country import country_name
from generator.values.phone import digits_of, example_number, parse_phone_number
from generator.values.text import SOURCE_LANGUAGE

CONTACTS = {
    "phone": "an ordinary phone number",
    "short_code": "two to six digits, dialled as they stand",
    "email": "an e-mail address",
    "web": "a web page, such as a form",
}
EVERYWHERE = "nationwide"
_ELSEWHERE = "elsewhere"


def ask_contact(session: Session) -> dict[str, str]:
    """Return a kind of contact and what was answered for it; empty if there is none."""
    chosen = session.dialogue.choose_several(
        "--phone", "Kind of contact", CONTACTS, what="kind of contact", given=(), is_optional=True
    )
    return dict.fromkeys(chosen, "")


def reach_by(
    session: Session,
    draft: Draft,
    given: Mapping[str, str],
    citation: Draft,
    *,
    reach: str | None,
    doubtful: str | None,
) -> dict[str, Any]:
    """Return the channels of an organization, and the location that they belong to."""
    ask, country = session.dialogue, draft["country"]
    if ask.asks:
        click.echo(f"It is noted that {citation['source']} prints it. If somebody has tried it,")
        click.echo("write `confirmed` in the file afterwards: an example stands there.")
    names = {
        key: place.name for key, place in session.dataset.places.items() if place.country == country
    }
    cities = {key: name.in_language(SOURCE_LANGUAGE).text for key, name in names.items()}
    choices = {EVERYWHERE: f"the whole of {country_name(country)}"} | cities
    if ask.asks:
        # Nobody must call a city's number nationwide because the city is not there yet.
        choices[_ELSEWHERE] = "a city that is not in this list"
    where = ask.choose(
        "--reach", "Whom does the contact serve?", choices, what="city", given=reach,
        also=other_names(names), otherwise="or add the city to data/places.csv first",
    )  # fmt: skip
    is_everywhere = where == EVERYWHERE
    location: dict[str, Any] = {"id": where, "place": where}
    if where == _ELSEWHERE:
        location = _ask_location(session)
    place = {"nationwide": True} if is_everywhere else {"location": location["id"]}
    channels = []
    for kind, value in given.items():
        start: dict[str, Any] = {"id": kind.replace("_", "-"), "kind": kind}
        end = {**({"country": country} if kind in ("phone", "short_code") else {}), **place}
        channels.append(
            _channel(session, start, {**end, "published": dict(citation)}, value, doubtful)
        )
    locations = {} if is_everywhere else {"locations": (location,)}
    return {**locations, "channels": tuple(channels)}


def _ask_location(session: Session) -> dict[str, Any]:
    """Return a location that is named after its city, which is in no table yet."""
    names = session.texts("--reach", "Which city?", "name", model=Location, given=())
    return {"id": make_identifier(first(names)) or "office", "name": names}


def _spell(number: str, *, country: str) -> dict[str, str]:
    """Return a good number with its prefix, and as it was given where the digits are others."""
    international = parse_phone_number(number, country).international
    if digits_of(number) != digits_of(international):
        return {"number": international, "as_printed": number}
    return {"number": number if number.startswith("+") else international}


def _channel(
    session: Session,
    start: dict[str, Any],
    end: dict[str, Any],
    value: str,
    doubtful: str | None,
) -> dict[str, Any]:
    """Return a good channel; or one that is kept as printed, with the reason for the doubt."""
    kind = start["kind"]
    field = {"email": "address", "web": "url"}.get(kind, "number")
    option = f"--{kind.replace('_', '-')}"

    def build(text: str, reason: str | None) -> dict[str, Any]:
        doubt = {"doubtful": {"reason": {SOURCE_LANGUAGE: reason}}} if reason else {}
        channel = {**start, field: text, **end, **doubt}
        accept(Organization, {"channels": (channel,)})
        if kind == "phone" and not reason:
            return {**start, **_spell(text.strip(), country=end["country"]), **end}
        return channel

    def parse(text: str) -> dict[str, Any]:
        try:
            return build(text, doubtful if kind == "phone" else None)
        except RefusedError as refused:
            if kind != "phone" or doubtful:
                raise
            if not session.dialogue.asks:
                fix = f'{refused.fix}: --doubtful "why it can\'t be right"'
                raise RefusedError(refused.message, fix) from refused
            tell(refused)
            click.echo(f"  Is it printed like this: {text}? Then it can be kept as it is; the site")
            click.echo("  says that it is doubtful and why, and nobody can call it by a tap.")
            if not click.confirm("Keep it as doubtful?", default=False):
                raise RefusedError(
                    "it was not kept", "look at the source once more, and write the number again"
                ) from refused
            return session.dialogue.ask(
                "--doubtful",
                "Why can it not be right, e.g. One digit too few.",
                lambda reason: build(text, reason),
            )

    example = example_number(end["country"]) if kind == "phone" else ""
    question = {
        "phone": f"The phone number, e.g. {example}",
        "short_code": "The digits as they are dialled, e.g. 1111",
        "email": "The e-mail address, e.g. contact@example.org",
        "web": "The address of the page, e.g. https://www.example.org/help",
    }[kind]
    return session.dialogue.ask(
        option, question, parse, given=None if session.dialogue.asks and not value else value
    )
