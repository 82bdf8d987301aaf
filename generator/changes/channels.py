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
    show_accepted,
    show_channel,
    show_contact,
    show_means,
    show_reach,
)
from generator.changes.review import review_channel
from generator.changes.values import ValueComparison
from generator.models.channels import Channel
from generator.models.organizations import Organization

_CHANNEL_FIELDS = (
    "id", "kind", "number", "address", "url", "country", "accepts", "only", "doubtful",
    "nationwide", "location", "label", "schedule", "languages", "note", "as_printed", "published",
    "confirmed",
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
        renamed = _find_renamed(old, new)
        for identifier in dict.fromkeys((*was, *now)):
            if identifier in renamed.values():
                continue
            before, after = was.get(identifier), now.get(renamed.get(identifier, identifier))
            known = {identifier, after.id if after else identifier}
            path, subject = ("channels", identifier), (names[after.id if after else identifier],)
            reasons = review_channel(
                before, after, is_call_first=bool(known & first), printed=self._printed(before)
            )
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

    def _printed(self, channel: Channel | None) -> str | None:
        """Return when the source was published that printed a channel."""
        source = channel.published.source if channel and channel.published else ""
        return self.before.sources[source].published if source in self.before.sources else None

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
        # Of another kind, what only one of the two kinds has is told at once.
        is_told = before.kind != after.kind and not (
            hasattr(before, field) and hasattr(after, field)
        )
        if was == now or is_told:
            return
        if field == "kind":
            clause = f"{show_means(before)} → {show_means(after)}"
            self._tell("changed", path, subject, clause, before, after)
        elif field == "id":
            contact = show_contact(after)
            clause = f"{contact} has another identifier: {was} → {now}"
            self._tell("changed", path, subject, clause, was, now)
        elif field in ("nationwide", "location"):
            # A channel that gets a location is no longer nationwide: that is one change.
            if field == "location" and before.nationwide != after.nationwide:
                return
            reach = show_reach(before, old, self.before), show_reach(after, new, self.after)
            clause = f"{show_contact(after)} for {reach[1]} instead of {reach[0]}"
            self._tell("changed", path, subject, clause, was, now)
        elif field in _CONTACT_FIELDS:
            shown = show_contact(before), show_contact(after)
            if shown[0] == shown[1]:
                written = f"written {quote(str(now))} instead of {quote(str(was))}"
                clause = f"{shown[0]} is the same, {written}"
                self._tell("changed", path, subject, clause, was, now)
            elif before.kind == after.kind:
                self._tell("changed", path, subject, f"{shown[0]} → {shown[1]}", was, now)
        elif field == "accepts":
            taken = [show_accepted(one) for one in (before, after)]
            self._tell("changed", path, subject, f"accepts: {taken[0]} → {taken[1]}", was, now)
        elif trust := _describe_trust(field, was, now, contact=show_contact(before)):
            self._tell("changed", path, subject, trust, was, now)
        else:
            self._compare(was, now, path, subject)


def _find_renamed(old: Organization, new: Organization) -> dict[str, str]:
    """Return the new identifiers of contacts that have got another one, by the old ones."""
    was = {channel.id for channel in old.channels}
    now = {channel.id for channel in new.channels}
    came = [channel for channel in new.channels if channel.id not in was]
    renamed: dict[str, str] = {}
    for channel in old.channels:
        if channel.id not in now:
            for other in came:
                is_same = channel.kind == other.kind and show_contact(channel) == show_contact(
                    other
                )
                if is_same and other.id not in renamed.values():
                    renamed[channel.id] = other.id
                    break
    return renamed


def _describe_trust(field: str, was: Any, now: Any, *, contact: str) -> str | None:
    """Return what changed in how far a channel can be relied on; none for other fields."""
    match field:
        case "only":
            return "takes nothing else now" if now else "no longer said to take nothing else"
        case "doubtful" if was is None:
            return f"{contact} is doubtful now: {show(now.reason)}"
        case "doubtful" if now is None:
            return f"no longer doubtful (it was: {show(was.reason)})"
        case "confirmed" if now is None:
            return f"no longer confirmed (it was: {show(was)})"
        case "confirmed" if was is None:
            return f"confirmed {show(now)}"
        case "confirmed":
            return f"confirmed {show(now)}, before that {show(was)}"
        case "published":
            return f"source: {show(was)} → {show(now)}"
    return None
