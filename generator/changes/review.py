"""Which changes need a second pair of eyes, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.changes.model import ChangeKind, Reason, ReasonRule
from generator.models.channels import (
    Channel,
    EmailChannel,
    PhoneChannel,
    ShortCodeChannel,
    WebChannel,
)
from generator.models.countries import Country
from generator.models.organizations import Location
from generator.yaml_source import DataPath

_PRECISIONS = ("hidden", "region", "city", "exact")
_CITING = ("sources", "published")
_INSTRUCTIONS = ("first_steps", "never_do")
_WHERE = ("latitude", "longitude", "place", "address")
_WITH_PAGES = (
    "countries", "organizations", "glossary", "legal_frameworks", "good_practices", "situations",
    "resources", "sources", "content",
)  # fmt: skip


def review_channel(
    before: Channel | None,
    after: Channel | None,
    *,
    is_call_first: bool,
    printed: str | None = None,
) -> list[Reason]:
    """Return what about a channel somebody else should look at.

    `is_call_first`: its country says, before or after, to call it first. `printed`: when the source
    that it was taken from before was published (ISO 8601, maybe only the year).
    """
    since = max(
        (before.confirmed.assured_date if before and before.confirmed else "", printed or "")
    )
    found = _review_channel(before, after, is_call_first=is_call_first, since=since)
    return [Reason(rule) for rule in found]


def _review_channel(
    before: Channel | None, after: Channel | None, *, is_call_first: bool, since: str
) -> Iterator[ReasonRule]:
    is_other = not _is_written_the_same(before, after) and _contact(before) != _contact(after)
    is_confirmed = bool(after and after.confirmed and after.confirmed.assured_date > since)
    if after and is_other and not is_confirmed:
        yield "contact-unconfirmed"
    turned = before and after and (before.doubtful is None) != (after.doubtful is None)
    if turned and after and not after.doubtful:
        yield "doubt-removed"
    is_lost = after is None or not after.nationwide or (turned and after.doubtful)
    if before and before.nationwide and is_lost:
        yield "nationwide-removed"
    elif before and not after:
        yield "contact-removed"
    elif before and after and before.location != after.location:
        yield "reach"
    if is_call_first and (is_other or turned):
        yield "call-first"
    if _takes(before) != _takes(after) and not (is_other or is_confirmed):
        yield "takes-unconfirmed"
    if before and before.confirmed and after and not _is_as_recent(before, after):
        yield "confirmation"


def _is_written_the_same(before: Channel | None, after: Channel | None) -> bool:
    """Tell whether nothing but the doubt about a number has changed."""
    numbers = (PhoneChannel, ShortCodeChannel)
    return (
        isinstance(before, numbers)
        and isinstance(after, numbers)
        and (before.kind, before.country, before.number)
        == (after.kind, after.country, after.number)
    )


def _contact(channel: Channel | None) -> str | None:
    """Return what is dialled or written to, or what is printed where that is no number."""
    match channel:
        case PhoneChannel():
            phone = channel.phone
            return phone.e164 if phone else channel.number
        case ShortCodeChannel():
            return f"{channel.country} {channel.number}"
        case EmailChannel():
            return channel.address
        case WebChannel():
            return channel.url
    return None


def _takes(channel: Channel | None) -> tuple[frozenset[str], bool] | None:
    """Return what a number accepts, and whether nothing else."""
    if isinstance(channel, PhoneChannel):
        return frozenset(channel.accepts), channel.only
    return None


def _is_as_recent(before: Channel, after: Channel) -> bool:
    """Tell whether a confirmed contact is confirmed as recently as before."""
    if before.confirmed is None or after.confirmed is None:
        return before.confirmed is None
    return after.confirmed.assured_date >= before.confirmed.assured_date


def review_field(
    record_kind: str, path: DataPath, kind: ChangeKind, before: Any, after: Any
) -> list[Reason]:
    """Return what about a change of one value somebody else should look at."""
    return [Reason(rule) for rule in _review_field(record_kind, path, kind, before, after)]


def _review_field(
    record_kind: str, path: DataPath, kind: ChangeKind, before: Any, after: Any
) -> Iterator[ReasonRule]:
    if record_kind == "countries" and path == ("call_first",):
        yield "call-first"
    if isinstance(before, Country) and not path and before.call_first:
        yield "call-first"
    if not path and kind == "removed" and record_kind in _WITH_PAGES:
        yield "record-removed"
    # A translation that was missing says nothing new, and is a draft until somebody has read it.
    is_draft = kind == "translation" and before is None
    is_location = record_kind == "organizations" and path[:1] == ("locations",)
    if is_location and not is_draft and _tells_where(path, before, after):
        yield "location-precision"
    if record_kind == "situations" and path and not is_draft:
        yield from _review_situation(path)
    is_of_source = record_kind == "sources" and kind not in ("added", "translation")
    is_licence = bool(path) and str(path[-1]).startswith("licence")
    if is_of_source or is_licence or any(part in _CITING for part in path):
        yield "source"


def _review_situation(path: DataPath) -> Iterator[ReasonRule]:
    if "sources" in path:
        return
    if path[0] in _INSTRUCTIONS:
        yield "instruction"
    if path[0] == "time_limits":
        yield "time-limit"
    if path[0] == "call":
        yield "call"


def _tells_where(path: DataPath, before: Any, after: Any) -> bool:
    """Tell whether a reader learns of a place, or another one, or more of it than before."""
    if isinstance(after, Location):
        is_physical = after.address is not None and after.address.kind == "physical"
        return after.precision == "exact" or after.latitude is not None or is_physical
    if path[-1] == "precision":
        return _PRECISIONS.index(after) > _PRECISIONS.index(before)
    return after is not None and any(field in path[2:3] for field in _WHERE)
