"""Finds every change between two datasets; what has no words of its own is told with its path."""

from __future__ import annotations

from collections import Counter

from generator.authored import AuthoredPage
from generator.changes.channels import ChannelComparison
from generator.changes.model import Change, ChangeKind
from generator.changes.naming import (
    EVERYWHERE,
    label,
    language_name,
    name_record,
    show_reference,
)
from generator.changes.records import KINDS, RecordKey, all_records, find_marks, is_broken
from generator.dataset import Dataset
from generator.models.countries import ChannelReference, Country
from generator.models.knowledge import Situation
from generator.models.organizations import Organization

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


class _Comparison(ChannelComparison):
    """One record in both states; what differs is collected in `changes`."""

    def compare_record(self, old: object, new: object) -> None:
        if old is None or new is None:
            self._tell_whole(old, new)
        elif isinstance(old, AuthoredPage) and isinstance(new, AuthoredPage):
            for field in _PAGE_FIELDS:
                self._compare(getattr(old, field), getattr(new, field), (field,), ())
        elif isinstance(old, Organization) and isinstance(new, Organization):
            self._compare_organization(old, new)
        elif isinstance(old, Country) and isinstance(new, Country):
            self._compare_country(old, new)
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

    def _compare_country(self, old: Country, new: Country) -> None:
        if old.call_first != new.call_first:
            self._compare_call_first(old.call_first, new.call_first)
        self._compare_fields(old, new, (), (), leave_out=("call_first",))

    def _compare_call_first(
        self, old: tuple[ChannelReference, ...], new: tuple[ChannelReference, ...]
    ) -> None:
        country = self.record.key

        def told(references: tuple[ChannelReference, ...], dataset: Dataset) -> str:
            shown = (show_reference(one, country, dataset) for one in references)
            return ", ".join(shown) or "nobody"

        kind: ChangeKind = "changed"
        if Counter(map(repr, old)) == Counter(map(repr, new)):
            kind = "reordered"
        clause = f"call first: {told(old, self.before)} → {told(new, self.after)}"
        self._tell(kind, ("call_first",), (), clause, old, new)
