"""Compares the values of one record, field by field, and collects what differs in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any
from unicodedata import bidirectional

from pydantic import BaseModel

from generator.changes.model import Change, ChangeKind, Reason, RecordName
from generator.changes.naming import (
    label,
    language_name,
    name_item,
    plain,
    quote,
    quote_difference,
    show,
    source_text,
)
from generator.changes.review import review_field
from generator.dataset import Dataset
from generator.models.base import Citation, Statement
from generator.models.channels import Schedule
from generator.models.knowledge import SignGroup, Step, TimeLimit
from generator.models.organizations import Location, Service
from generator.values.text import LocalizedText, original_language
from generator.yaml_source import DataPath


class ValueComparison:
    """Values of one record in both states; what differs is collected in `changes`."""

    def __init__(self, record: RecordName, before: Dataset, after: Dataset) -> None:
        self.record = record
        self.before = before
        self.after = after
        self.changes: list[Change] = []

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
            self._tell(
                "added", path, subject, f"{name}{_shown(_named(new, path))} added", None, new
            )
        elif new in (None, ()):
            self._tell(
                "removed", path, subject, f"{name}{_shown(_named(old, path))} removed", old, None
            )
        elif isinstance(old, str) and isinstance(new, str) and _is_quoted(old + new):
            clause = f"{name}{_show_difference(old, new)}"
            self._tell("changed", path, subject, clause, old, new)
        else:
            shown = [_shown(_named(one, path)) for one in (old, new)]
            self._tell("changed", path, subject, f"{name}{shown[0]} → {shown[1]}", old, new)

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
                clause = f"{name}{_show_difference(was or '', now or '')}"
                self._tell("changed", path, subject, clause, was, now)
                continue
            clause = f"{name}translation into {language_name(language)} {_turned(was, now)}"
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
            pairs = [(was.index(text), index) for index, text in enumerate(now)]
            places = ", ".join(str(i + 1) for i, _ in pairs)
            clause = f"{field}: in another order (by the numbers before: {places})"
            self._tell("reordered", path, subject, clause, old, new)
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
            known = f" ({quote(now[j])})" if isinstance(new[j], TimeLimit | Step) else ""
            inner = (*subject, f"{field} {j + 1}{known}")
            if isinstance(old[i], BaseModel) and not isinstance(old[i], LocalizedText):
                self._compare_fields(old[i], new[j], (*path, j), inner)
            else:
                self._compare(old[i], new[j], (*path, j), inner)

    def _tell_item(
        self, kind: ChangeKind, item: Any, path: DataPath, subject: tuple[str, ...]
    ) -> None:
        is_new = kind == "added"
        values = (None, item) if is_new else (item, None)
        shown = f": {show(item)}" if isinstance(item, (*_SAYING, Location, Service)) else ""
        self._tell(kind, path, subject, f"{kind}{shown}", *values)

    def _tell_order(
        self, old: list[str], new: list[str], path: DataPath, subject: tuple[str, ...]
    ) -> None:
        was = [one for one in old if one in new]
        now = [one for one in new if one in old]
        if was != now:
            clause = f"{label(path[-1])} in another order: {', '.join(was)} → {', '.join(now)}"
            self._tell("reordered", path, subject, clause, tuple(was), tuple(now))


def _prefix(path: DataPath) -> str:
    """Return how a clause begins; what a statement says needs no name, nor does a plain item."""
    is_own = isinstance(path[-1], int) or (path[-1] == "text" and len(path) > 1)
    return "" if is_own else f"{label(path[-1])}: "


def _turned(before: str | None, after: str | None) -> str:
    """Return what became of a translation."""
    if before is None or after is None:
        return f"added: {quote(after)}" if after else f"removed: {quote(before or '')}"
    if before.split() == after.split():
        return f"changed: {_ONLY_SPACE}"
    was, now = quote_difference(before, after)
    return f"changed from {was} to {now}"


def _show_difference(before: str, after: str) -> str:
    if before.split() == after.split():
        return _ONLY_SPACE
    was, now = quote_difference(before, after)
    # Between Arabic texts an arrow leads the wrong way; words keep their order.
    return f"from {was} to {now}" if _is_turned(was + now) else f"{was} → {now}"


def _is_turned(text: str) -> bool:
    """Tell whether any of a text is written from right to left."""
    return any(bidirectional(character) in ("R", "AL") for character in text)


def _named(value: Any, path: DataPath) -> Any:
    """Return a value of a field, languages by their names."""
    if path[-1] == "languages":
        return tuple(language_name(code) for code in value)
    return value


def _is_quoted(text: str) -> bool:
    return " " in text or _is_turned(text)


def _shown(value: Any) -> str:
    return quote(value) if isinstance(value, str) and _is_quoted(value) else show(value)


def _is_atom(value: object) -> bool:
    """Tell whether a value is told as a whole."""
    return isinstance(value, str | int | float | bool | Citation | Schedule) or (
        isinstance(value, tuple) and all(isinstance(one, str) for one in value)
    )


_ONLY_SPACE = "only spaces or line breaks differ"
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
