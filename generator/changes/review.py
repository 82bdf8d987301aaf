"""Which changes need a second pair of eyes, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.changes.model import ChangeKind, Reason, ReasonRule
from generator.models.countries import Country
from generator.models.organizations import Channel, Location, PhoneChannel, ShortCodeChannel
from generator.yaml_source import DataPath

_PRECISIONS = ("hidden", "region", "city", "exact")
_CITING = ("sources", "published")
_INSTRUCTIONS = ("first_steps", "never_do")


def review_channel(
    before: Channel | None, after: Channel | None, *, is_call_first: bool
) -> list[Reason]:
    """Return what about a channel somebody else should look at.

    `is_call_first`: its country says, before or after, to call it first.
    """
    return [Reason(rule) for rule in _review_channel(before, after, is_call_first=is_call_first)]


def _review_channel(
    before: Channel | None, after: Channel | None, *, is_call_first: bool
) -> Iterator[ReasonRule]:
    is_other = not _is_written_the_same(before, after) and _number(before) != _number(after)
    if _number(after) is not None and is_other and not _is_confirmed_since(before, after):
        yield "number-unconfirmed"
    if before and before.doubtful and after and not after.doubtful:
        yield "doubt-removed"
    if before and before.nationwide and not (after and after.nationwide):
        yield "nationwide-removed"
    turned = before and after and (before.doubtful is None) != (after.doubtful is None)
    if is_call_first and (is_other or turned):
        yield "call-first"


def _is_written_the_same(before: Channel | None, after: Channel | None) -> bool:
    """Tell whether nothing but the doubt about a number has changed."""
    numbers = (PhoneChannel, ShortCodeChannel)
    return (
        isinstance(before, numbers)
        and isinstance(after, numbers)
        and (before.kind, before.country, before.number)
        == (after.kind, after.country, after.number)
    )


def _number(channel: Channel | None) -> str | None:
    """Return what is dialled, or what is printed where that is no number."""
    match channel:
        case PhoneChannel():
            phone = channel.phone
            return phone.e164 if phone else channel.number
        case ShortCodeChannel():
            return f"{channel.country} {channel.number}"
    return None


def _is_confirmed_since(before: Channel | None, after: Channel | None) -> bool:
    if after is None or after.confirmed is None:
        return False
    if before is None or before.confirmed is None:
        return True
    return after.confirmed.assured_date > before.confirmed.assured_date


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
    is_location = record_kind == "organizations" and path[:1] == ("locations",)
    if is_location and _is_more_precise(path, before, after):
        yield "location-precision"
    if record_kind == "situations":
        if path[:1] == ("time_limits",):
            yield "time-limit"
        is_worded = path[-1:] == ("text",) or len(path) == 2  # noqa: PLR2004  one of the list
        if path[:1] and path[0] in _INSTRUCTIONS and is_worded and kind in ("changed", "removed"):
            yield "instruction"
    is_of_source = record_kind == "sources" and kind not in ("added", "translation")
    is_licence = bool(path) and str(path[-1]).startswith("licence")
    if is_of_source or is_licence or any(part in _CITING for part in path):
        yield "source"


def _is_more_precise(path: DataPath, before: Any, after: Any) -> bool:
    """Tell whether a reader learns more of where something stands than before."""
    if isinstance(after, Location):
        is_physical = after.address is not None and after.address.kind == "physical"
        return after.precision == "exact" or after.latitude is not None or is_physical
    if path[-1] == "precision":
        return _PRECISIONS.index(after) > _PRECISIONS.index(before)
    is_new = before is None and after is not None
    return is_new and path[-1] in ("latitude", "longitude", "place", "address")
