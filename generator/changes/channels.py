"""Compares how organizations can be reached, contact by contact."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from generator.changes.model import Reason
from generator.changes.naming import (
    name_channels,
    quote,
    show,
    show_channel,
    show_contact,
    show_reach,
)
from generator.changes.review import review_channel
from generator.changes.values import ValueComparison
from generator.models.organizations import Channel, Organization

_CHANNEL_FIELDS = (
    "kind", "number", "address", "url", "country", "accepts", "only", "doubtful", "nationwide",
    "location", "label", "schedule", "languages", "note", "as_printed", "published", "confirmed",
)  # fmt: skip
"""The order in which changes of a channel are told: what it is first, how we know last."""

_CONTACT_FIELDS = ("number", "address", "url")


class ChannelComparison(ValueComparison):
    """The contacts of an organization in both states."""

    def _compare_channels(self, old: Organization, new: Organization) -> None:
        was = {channel.id: channel for channel in old.channels}
        now = {channel.id: channel for channel in new.channels}
        names = name_channels(old, self.before) | name_channels(new, self.after)
        first = self._called_first(old)
        for identifier in dict.fromkeys((*was, *now)):
            before, after = was.get(identifier), now.get(identifier)
            path, subject = ("channels", identifier), (names[identifier],)
            reasons = review_channel(before, after, is_call_first=identifier in first)
            if before is None and after is not None:
                clause = f"added: {show_channel(after, new, self.after)}"
                self._tell("added", path, subject, clause, None, after, *reasons)
            elif before is not None and after is None:
                clause = f"removed: {show_channel(before, old, self.before)}"
                self._tell("removed", path, subject, clause, before, None, *reasons)
            elif before is not None and after is not None:
                start = len(self.changes)
                fields = (*type(before).model_fields, *type(after).model_fields)
                for field in dict.fromkeys((*_CHANNEL_FIELDS, *fields)):
                    self._compare_channel_field(field, before, after, old, new, subject)
                if reasons and len(self.changes) > start:
                    self._add_reasons(start, reasons)
        self._tell_order([*was], [*now], ("channels",), ())
        could = any(not channel.doubtful for channel in old.channels)
        can = any(not channel.doubtful for channel in new.channels)
        if could and not can:
            clause = "nobody can be reached any more"
            self._tell("changed", ("channels",), (), clause, None, None, Reason("unreachable"))

    def _add_reasons(self, start: int, reasons: Sequence[Reason]) -> None:
        """Give the reasons of a whole channel to the first change of it."""
        first = self.changes[start]
        together = dict.fromkeys((*reasons, *first.reasons))
        self.changes[start] = dataclasses.replace(first, reasons=tuple(together))

    def _called_first(self, organization: Organization) -> set[str]:
        return {
            reference.channel
            for state in (self.before, self.after)
            if organization.country in state.countries
            for reference in state.countries[organization.country].call_first
            if reference.organization == organization.id
        }

    def _compare_channel_field(
        self,
        field: str,
        before: Channel,
        after: Channel,
        old: Organization,
        new: Organization,
        subject: tuple[str, ...],
    ) -> None:
        was, now = getattr(before, field, None), getattr(after, field, None)
        path = ("channels", after.id, field)
        if was == now:
            return
        if field in ("nationwide", "location"):
            # A channel that gets a location is no longer nationwide: that is one change.
            if field == "location" and before.nationwide != after.nationwide:
                return
            reach = show_reach(before, old, self.before), show_reach(after, new, self.after)
            self._tell("changed", path, subject, f"{reach[0]} → {reach[1]}", was, now)
        elif field in _CONTACT_FIELDS:
            shown = show_contact(before), show_contact(after)
            if shown[0] == shown[1]:
                written = f"written {quote(str(now))} instead of {quote(str(was))}"
                clause = f"{shown[0]} is the same, {written}"
                self._tell("changed", path, subject, clause, was, now)
            elif hasattr(after, field):
                self._tell("changed", path, subject, f"{shown[0]} → {shown[1]}", was, now)
        elif trust := _describe_trust(field, was, now):
            self._tell("changed", path, subject, trust, was, now)
        else:
            self._compare(was, now, path, subject)


def _describe_trust(field: str, was: Any, now: Any) -> str | None:
    """Return what changed in how far a channel can be relied on; none for other fields."""
    match field:
        case "only":
            return "takes nothing else now" if now else "takes more than that now"
        case "doubtful" if was is None:
            return f"doubtful now: {show(now.reason)}"
        case "doubtful" if now is None:
            return f"no longer doubtful (it was: {show(was.reason)})"
        case "confirmed" if now is None:
            return f"no longer confirmed (it was: {show(was)})"
        case "confirmed":
            return f"confirmed {show(now)}"
        case "published":
            return f"source: {show(was)} → {show(now)}"
    return None
