"""Finds every change between two datasets; what has no words of its own is told with its path."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from pydantic import BaseModel

from generator.authored import AuthoredPage
from generator.changes.model import Change, ChangeKind, Reason, RecordName
from generator.changes.naming import (
    EVERYWHERE,
    label,
    language_name,
    name_channels,
    name_item,
    name_record,
    plain,
    quote,
    quote_difference,
    show,
    show_channel,
    show_contact,
    show_reach,
    show_reference,
    source_text,
)
from generator.changes.records import KINDS, RecordKey, all_records, find_marks, is_broken
from generator.changes.review import review_channel, review_field
from generator.dataset import Dataset
from generator.models.base import Citation, Statement
from generator.models.knowledge import SignGroup, Situation, Step, TimeLimit
from generator.models.organizations import Channel, Organization, Schedule
from generator.values.text import LocalizedText, original_language
from generator.yaml_source import DataPath

_CHANNEL_FIELDS = (
    "kind", "number", "address", "url", "country", "accepts", "only", "doubtful", "nationwide",
    "location", "label", "schedule", "languages", "note", "as_printed", "published", "confirmed",
)  # fmt: skip
"""The order in which changes of a channel are told: what it is first, how we know last."""

_CONTACT_FIELDS = ("number", "address", "url")
_INSTRUCTIONS = ("first_steps", "never_do")
_PAGE_FIELDS = ("title", "description", "text")


def find_changes(before: Dataset, after: Dataset) -> list[Change]:
    """Return every change of meaning, by country, then record, then place in it.

    A record that one of the two has and can't read is left out (see `find_incomparable`); both may
    have mistakes otherwise. What belongs to no country comes last. Two datasets whose files differ
    only in order of fields, comments or layout have no changes.
    """
    old, new = all_records(before), all_records(after)
    old_marks, new_marks = find_marks(before), find_marks(after)
    skipped = set(find_incomparable(before, after))
    changes: list[Change] = []
    for key in sorted(old.keys() | new.keys() | old_marks.keys() | new_marks.keys()):
        if key in skipped or not (key in old or key in new):
            continue
        record = name_record(key, new[key], after) if key in new else None
        record = record or name_record(key, old[key], before)
        comparison = _Comparison(record, before, after)
        comparison.compare_record(old.get(key), new.get(key))
        if key in old and key in new:
            comparison.compare_marks(old_marks.get(key, {}), new_marks.get(key, {}))
        changes += comparison.changes
    return sorted(changes, key=_order)


def find_incomparable(before: Dataset, after: Dataset) -> list[RecordKey]:
    """Return the records that one of the two states has but can't be read there, sorted."""
    keys = all_records(before).keys() | all_records(after).keys()
    keys |= {key for state in (before, after) for key in state.broken if key[1] != "*"}
    return sorted(key for key in keys if is_broken(before, key) or is_broken(after, key))


def _order(change: Change) -> tuple[bool, str, int, str]:
    record = change.record
    return record.group == EVERYWHERE, record.group, KINDS.index(record.kind), record.key


class _Comparison:
    """One record in both states; what differs is collected in `changes`."""

    def __init__(self, record: RecordName, before: Dataset, after: Dataset) -> None:
        self.record = record
        self.before = before
        self.after = after
        self.changes: list[Change] = []

    def compare_record(self, old: object, new: object) -> None:
        if old is None or new is None:
            self._tell_whole(old, new)
        elif isinstance(old, AuthoredPage) and isinstance(new, AuthoredPage):
            for field in _PAGE_FIELDS:
                self._compare(getattr(old, field), getattr(new, field), (field,), ())
        elif isinstance(old, Organization) and isinstance(new, Organization):
            self._compare_organization(old, new)
        else:
            self._compare_fields(old, new, (), ())

    def compare_marks(
        self, old: dict[tuple[str, str], str], new: dict[tuple[str, str], str]
    ) -> None:
        """Tell which translations were recorded or reviewed, one change a language."""
        told: dict[tuple[str, str], list[str]] = {}
        for language, field in sorted(old.keys() | new.keys()):
            was, now = old.get((language, field), ""), new.get((language, field), "")
            if was != now:
                what = "recorded"
                if not now:
                    what = "no longer recorded"
                elif "+" in now:
                    what = "reviewed by a person"
                elif "+" in was:
                    what = "no longer reviewed"
                told.setdefault((language, what), []).append(field.partition(":")[2])
        for (language, what), fields in told.items():
            count = f"{len(fields)} text" + ("s" if len(fields) > 1 else "")
            self._tell(
                "translation",
                ("translations", language),
                (),
                f"translation into {language_name(language)} {what} ({count})",
                None,
                tuple(fields),
            )

    def _tell(
        self,
        kind: ChangeKind,
        path: DataPath,
        subject: tuple[str, ...],
        clause: str,
        before: Any,
        after: Any,
        *reasons: Reason,
    ) -> None:
        found = review_field(self.record.kind, path, kind, before, after)
        self.changes.append(
            Change(
                record=self.record,
                subject=subject,
                path=path,
                kind=kind,
                clause=clause,
                before=plain(before),
                after=plain(after),
                reasons=tuple(dict.fromkeys((*reasons, *found))),
            )
        )

    def _tell_whole(self, old: object, new: object) -> None:
        """Tell that a record came or went, and of it what may need a second pair of eyes."""
        kind: ChangeKind = "added" if old is None else "removed"
        # An authored page is no model; its head is enough to know it by.
        was, now = (one.title if isinstance(one, AuthoredPage) else one for one in (old, new))
        self._tell(kind, (), (), kind, was, now)
        match old, new:
            case Organization(), None:
                self._compare_channels(old, old.model_copy(update={"channels": ()}))
            case None, Organization():
                self._compare_parts((), new.locations, ("locations",), ())
                self._compare_channels(new.model_copy(update={"channels": ()}), new)
            case (Situation() as situation, None):
                for field in _INSTRUCTIONS:
                    for index, statement in enumerate(getattr(situation, field)):
                        self._tell_item("removed", statement, (field, index), (label(field),))

    def _compare_organization(self, old: Organization, new: Organization) -> None:
        self._compare_fields(old, new, (), (), leave_out=("channels",))
        self._compare_channels(old, new)

    def _compare_fields(
        self,
        old: object,
        new: object,
        path: DataPath,
        subject: tuple[str, ...],
        *,
        leave_out: Sequence[str] = (),
    ) -> None:
        assert isinstance(old, BaseModel)
        for field in type(old).model_fields:
            if field not in leave_out:
                self._compare(getattr(old, field), getattr(new, field), (*path, field), subject)

    def _compare(self, old: Any, new: Any, path: DataPath, subject: tuple[str, ...]) -> None:
        """Tell what differs between two values of one field."""
        if old == new and type(old) is type(new) and repr(old) == repr(new):
            return
        texts = (LocalizedText, type(None))
        if isinstance(old, LocalizedText) and isinstance(new, LocalizedText):
            self._compare_texts(old, new, path, subject)
        elif isinstance(old, texts) and isinstance(new, texts):
            self._tell_value(old, new, path, subject)
        elif path == ("call_first",):
            self._compare_call_first(old, new)
        elif isinstance(old, tuple) and isinstance(new, tuple):
            self._compare_lists(old, new, path, subject)
        elif isinstance(old, dict) and isinstance(new, dict):
            inner = (*subject, label(path[-1]))
            for key in sorted(old.keys() | new.keys()):
                self._compare(old.get(key), new.get(key), (*path, key), inner)
        elif isinstance(old, BaseModel) and type(old) is type(new) and not _is_atom(old):
            self._compare_fields(old, new, path, (*subject, label(path[-1])))
        else:
            self._tell_value(old, new, path, subject)

    def _tell_value(self, old: Any, new: Any, path: DataPath, subject: tuple[str, ...]) -> None:
        name = _prefix(path)
        if old in (None, ()):
            self._tell("added", path, subject, f"{name}{_shown(new)} added", None, new)
        elif new in (None, ()):
            self._tell("removed", path, subject, f"{name}{_shown(old)} removed", old, None)
        elif isinstance(old, str) and isinstance(new, str) and " " in old + new:
            was, now = quote_difference(old, new)
            self._tell("changed", path, subject, f"{name}{was} → {now}", old, new)
        else:
            clause = f"{name}{_shown(old)} → {_shown(new)}"
            self._tell("changed", path, subject, clause, old, new)

    def _compare_texts(
        self, old: LocalizedText, new: LocalizedText, path: DataPath, subject: tuple[str, ...]
    ) -> None:
        name = _prefix(path)
        origin = original_language(new.root)
        is_same_origin = origin == original_language(old.root)
        languages = sorted(old.root.keys() | new.root.keys(), key=lambda one: (one != origin, one))
        for language in languages:
            was, now = old.root.get(language), new.root.get(language)
            if was == now:
                continue
            if is_same_origin and language == origin:
                shown = quote_difference(was or "", now or "")
                clause = f"{name}{shown[0]} → {shown[1]}"
                self._tell("changed", path, subject, clause, was, now)
                continue
            what = "added" if was is None else "removed" if now is None else "changed"
            clause = f"{name}translation into {language_name(language)} {what}"
            self._tell("translation", (*path, language), subject, clause, was, now)

    def _compare_lists(
        self, old: tuple[Any, ...], new: tuple[Any, ...], path: DataPath, subject: tuple[str, ...]
    ) -> None:
        items = (*old, *new)
        if all(_is_atom(one) for one in items):
            is_moved = Counter(map(repr, old)) == Counter(map(repr, new))
            if is_moved:
                clause = f"{label(path[-1])} in another order: {_shown(old)} → {_shown(new)}"
                self._tell("reordered", path, subject, clause, old, new)
            else:
                self._tell_value(old, new, path, subject)
        elif all(hasattr(one, "id") for one in items):
            self._compare_parts(old, new, path, subject)
        else:
            self._compare_sequences(old, new, path, subject)

    def _compare_parts(
        self, old: tuple[Any, ...], new: tuple[Any, ...], path: DataPath, subject: tuple[str, ...]
    ) -> None:
        """Compare parts that have identifiers of their own."""
        was, now = {one.id: one for one in old}, {one.id: one for one in new}
        for identifier in dict.fromkeys((*was, *now)):
            here = (*path, identifier)
            if identifier not in now:
                name = name_item(was[identifier], self.before)
                self._tell_item("removed", was[identifier], here, (*subject, name))
            elif identifier not in was:
                name = name_item(now[identifier], self.after)
                self._tell_item("added", now[identifier], here, (*subject, name))
            else:
                inner = (*subject, name_item(now[identifier], self.after))
                self._compare_fields(was[identifier], now[identifier], here, inner)
        self._tell_order([*was], [*now], path, subject)

    def _compare_sequences(
        self, old: tuple[Any, ...], new: tuple[Any, ...], path: DataPath, subject: tuple[str, ...]
    ) -> None:
        """Compare parts without identifiers: matched by what they say, the rest by their place."""
        field = label(path[-1])
        was, now = [_text_of(one) for one in old], [_text_of(one) for one in new]
        if was != now and Counter(was) == Counter(now) and len(set(was)) == len(was):
            self._tell("reordered", path, subject, f"{field}: in another order", old, new)
            pairs = [(was.index(text), index) for index, text in enumerate(now)]
        else:
            pairs = []
            matcher = SequenceMatcher(a=was, b=now, autojunk=False)
            for _, i, i_end, j, j_end in matcher.get_opcodes():
                both = min(i_end - i, j_end - j)
                pairs += [(i + step, j + step) for step in range(both)]
                for index in range(i + both, i_end):
                    self._tell_item("removed", old[index], (*path, index), (*subject, field))
                for index in range(j + both, j_end):
                    self._tell_item("added", new[index], (*path, index), (*subject, field))
        for i, j in pairs:
            inner = (*subject, f"{field} {j + 1}")
            if isinstance(old[i], BaseModel) and not isinstance(old[i], LocalizedText):
                self._compare_fields(old[i], new[j], (*path, j), inner)
            else:
                self._compare(old[i], new[j], (*path, j), inner)

    def _tell_item(
        self, kind: ChangeKind, item: Any, path: DataPath, subject: tuple[str, ...]
    ) -> None:
        is_new = kind == "added"
        values = (None, item) if is_new else (item, None)
        shown = f": {show(item)}" if isinstance(item, _SAYING) else ""
        self._tell(kind, path, subject, f"{kind}{shown}", *values)

    def _tell_order(
        self, old: list[str], new: list[str], path: DataPath, subject: tuple[str, ...]
    ) -> None:
        was = [one for one in old if one in new]
        now = [one for one in new if one in old]
        if was != now:
            clause = f"{label(path[-1])} in another order: {', '.join(was)} → {', '.join(now)}"
            self._tell("reordered", path, subject, clause, tuple(was), tuple(now))

    def _compare_call_first(self, old: tuple[Any, ...], new: tuple[Any, ...]) -> None:
        country = self.record.key

        def told(references: tuple[Any, ...], dataset: Dataset) -> str:
            shown = (show_reference(one, country, dataset) for one in references)
            return ", ".join(shown) or "nobody"

        kind: ChangeKind = "changed"
        if Counter(map(repr, old)) == Counter(map(repr, new)):
            kind = "reordered"
        clause = f"call first: {told(old, self.before)} → {told(new, self.after)}"
        self._tell(kind, ("call_first",), (), clause, old, new)

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


def _prefix(path: DataPath) -> str:
    """Return how a clause begins; what a statement says needs no name, nor does a plain item."""
    is_own = isinstance(path[-1], int) or (path[-1] == "text" and len(path) > 1)
    return "" if is_own else f"{label(path[-1])}: "


def _shown(value: Any) -> str:
    return quote(value) if isinstance(value, str) and " " in value else show(value)


def _is_atom(value: object) -> bool:
    """Tell whether a value is told as a whole."""
    return isinstance(value, str | int | float | bool | Citation | Schedule) or (
        isinstance(value, tuple) and all(isinstance(one, str) for one in value)
    )


_SAYING = (Statement, TimeLimit, Step, SignGroup, LocalizedText)
"""What is known by what it says, so that it is quoted where it comes or goes."""


def _text_of(item: object) -> str:
    """Return by what two parts of a list are known to be the same."""
    match item:
        case Statement():
            return source_text(item.text)
        case TimeLimit():
            return source_text(item.what)
        case Step():
            return source_text(item.ask)
        case LocalizedText():
            return source_text(item)
    return repr(item)
