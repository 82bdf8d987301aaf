"""What changed, day by day and record by record, as readers are told it."""

from __future__ import annotations

import dataclasses
import itertools
from collections import defaultdict
from collections.abc import Sequence
from typing import cast

from generator import urls
from generator.changes import Change, find_changes
from generator.changes.records import with_readable
from generator.dataset import Dataset, Kind
from generator.models.channels import Channel
from generator.models.organizations import Organization
from generator.urls import Address
from generator.views.channels import contact_text
from generator.views.links import PageLink
from generator.views.sources import link_record
from generator.words import Words, alphabetically

MOST_ADDED = 10
"""Of more records of one kind that were added on one day, only the number is told."""

_KINDS = (
    "countries", "organizations", "situations", "legal_frameworks", "good_practices", "glossary",
    "resources", "sources", "content",
)  # fmt: skip
"""The kinds of records that have pages, in the order in which they are told."""

_CONTACT_FIELDS = ("kind", "number", "address", "url", "country")


@dataclasses.dataclass(frozen=True)
class DayOfChanges:
    """How the data differs at the end of a day from how it was before.

    `moment` is when it changed last on that day (ISO 8601, UTC), `day` the date of it.
    """

    moment: str
    before: Dataset
    after: Dataset
    changes: tuple[Change, ...]

    @property
    def day(self) -> str:
        """The date (ISO 8601, UTC)."""
        return self.moment.partition("T")[0]


@dataclasses.dataclass(frozen=True)
class Update:
    """What changed in a record on one day; `moment` is when anything changed last on that day.

    `key` is empty where many records of the kind are told together. `address` is none for a record
    that is no longer there; `country` is its code, `place` the country's name where the name of
    the record doesn't have it. `lines` are whole sentences or values, at least one.
    """

    day: str
    moment: str
    kind: str
    key: str
    name: str
    address: Address | None
    country: str | None
    place: str | None
    lines: tuple[str, ...]


def compare_days(history: Sequence[tuple[str, Dataset]]) -> list[DayOfChanges]:
    """Return what differs between each of the states and the one before, oldest first.

    The states come with their moments, of which none share a day but that of a first one without
    records. What can't be read in a state counts as unchanged, and is compared in the next.
    """
    days: list[DayOfChanges] = []
    for (_, first), (moment, state) in itertools.pairwise(history):
        before = days[-1].after if days else first
        after = with_readable(state, before)
        days.append(DayOfChanges(moment, before, after, tuple(find_changes(before, after))))
    return days


def view_updates(
    days: Sequence[DayOfChanges], dataset: Dataset, words: Words, *, country: str | None = None
) -> list[Update]:
    """Return all updates, newest first, or those of one country (ISO 3166-1 alpha-2).

    Links lead to the pages of `dataset`, which is how the data stands now. Changes of texts in
    other languages than that of the words are no updates.
    """
    updates = []
    states = [dataset, *(state for day in days for state in (day.before, day.after))]
    for day in reversed(days):
        records: dict[tuple[str, str], list[Change]] = defaultdict(list)
        for change in day.changes:
            record = change.record
            if country in (None, record.country) and _is_told(change, words):
                records[record.kind, record.key].append(change)
        for kind in _KINDS:
            found = {key: changes for (other, key), changes in records.items() if other == kind}
            added = [key for key, changes in found.items() if _whole(changes) == "added"]
            if len(added) > MOST_ADDED:
                updates.append(_view_many(day, kind, len(added), country, dataset, words))
                found = {key: changes for key, changes in found.items() if key not in added}
            view = _View(day, states, words)
            single = [view.view(kind, key, changes) for key, changes in found.items()]
            updates += sorted(single, key=view.order)
    return [update for update in updates if update.lines]


def _is_told(change: Change, words: Words) -> bool:
    """Tell whether readers of the language may see the change on a page."""
    record = change.record
    if record.kind == "content" and not record.key.startswith(f"{words.language}/"):
        return False
    if change.kind == "translation":
        # What a translation was made from is on record for translators only.
        return change.path[-1] == words.language and change.path[0] != "translations"
    # That nobody is left to reach follows from the other changes of the contacts.
    return change.path != ("channels",) or change.kind == "reordered"


def _whole(changes: Sequence[Change]) -> str | None:
    """Return whether the record itself was added or removed."""
    return next((str(change.kind) for change in changes if not change.path), None)


def _view_many(
    day: DayOfChanges, kind: str, count: int, country: str | None, dataset: Dataset, words: Words
) -> Update:
    place = None
    if country:
        place = dataset.countries[country].name.in_language(words.language).text
    line = words("update.many_added", count=count)
    return Update(
        day.day, day.moment, kind, "", words(f"kind.{kind}"), None, country, place, (line,)
    )


class _View:
    """Puts what changed in one record on one day into words."""

    def __init__(self, day: DayOfChanges, states: Sequence[Dataset], words: Words) -> None:
        self.day = day
        self.states = states
        self.words = words

    @property
    def dataset(self) -> Dataset:
        """How the data stands now."""
        return self.states[0]

    def view(self, kind: str, key: str, changes: Sequence[Change]) -> Update:
        link = self._link(kind, key, self.dataset)
        earlier = (self._link(kind, key, state) for state in (self.day.after, self.day.before))
        name = link or next((one for one in earlier if one), None)
        country = changes[0].record.country
        place = None
        if (
            country
            and country in self.dataset.countries
            and kind not in ("countries", "organizations")
        ):
            place = self.dataset.countries[country].name.in_language(self.words.language).text
        return Update(
            day=self.day.day,
            moment=self.day.moment,
            kind=kind,
            key=key,
            name=name.text if name else key,
            address=link.address if link else None,
            country=country,
            place=place,
            lines=tuple(self._lines(kind, key, changes)),
        )

    def order(self, update: Update) -> tuple[str, str, str]:
        """Return what updates of one kind are sorted by: by country, as readers look for it."""
        country = self.dataset.countries.get(update.country or "")
        place = country.name.in_language(self.words.language).text if country else ""
        return alphabetically(place), alphabetically(update.name), update.key

    def _link(self, kind: str, key: str, dataset: Dataset) -> PageLink | None:
        """Return the link to a record's page; none for one that a state doesn't have whole."""
        if kind == "content":
            language, _, name = key.partition("/")
            for page in dataset.authored:
                if (page.language, page.name) == (language, name):
                    return PageLink(page.title, urls.prose(language, name))
            return None
        try:
            return link_record(cast(Kind, kind), key, dataset, self.words)
        except KeyError:
            return None

    def _lines(self, kind: str, key: str, changes: Sequence[Change]) -> list[str]:
        match _whole(changes):
            case "added":
                return [self.words("update.added")]
            case "removed":
                return [self.words("update.removed")]
        lines: list[str] = []
        rest = list(changes)
        if kind == "organizations":
            before = self.day.before.organizations[key]
            after = self.day.after.organizations[key]
            lines, rest = self._view_channels(before, after, changes)
        if rest:
            word = "update.other_details" if lines else "update.details"
            lines.append(self.words(word, count=len(rest)))
        return lines

    def _view_channels(
        self, before: Organization, after: Organization, changes: Sequence[Change]
    ) -> tuple[list[str], list[Change]]:
        """Return the lines that tell how contacts changed, and the changes that they don't tell."""
        was = {channel.id: channel for channel in before.channels}
        now = {channel.id: channel for channel in after.channels}
        hidden = self._hidden_channels(after.key)
        # Changes of a contact with another identifier stand under the new one.
        earlier = {
            str(change.path[1]): str(change.before)
            for change in changes
            if change.path[0] == "channels" and change.path[2:] == ("id",)
        }
        lines: list[str] = []
        rest: list[Change] = []
        done: set[tuple[str, str]] = set()
        for change in changes:
            path = change.path
            identifier = str(path[1]) if len(path) > 1 else ""
            before_that = earlier.get(identifier, identifier)
            if path[0] != "channels" or not identifier or {identifier, before_that} & hidden:
                rest.append(change)
                continue
            old, new = was.get(before_that), now.get(identifier)
            field = str(path[2]) if len(path) > 2 else ""  # noqa: PLR2004
            if field in _CONTACT_FIELDS:
                field = "number"
            line = self._view_channel(field, old, new) if len(path) <= 3 else None  # noqa: PLR2004
            if line is None:
                rest.append(change)
            elif (identifier, field) not in done:
                done.add((identifier, field))
                lines.append(line)
        return lines, rest

    def _view_channel(self, field: str, old: Channel | None, new: Channel | None) -> str | None:
        """Return what changed in a field of a contact, in words; none where that is not told."""
        words = self.words
        if new is None:
            return words("update.contact_removed", label=self._label(old)) if old else None
        label, value = self._label(new), self._value(new)
        if old is None:
            return words("update.contact_added", label=label, value=value)
        if field == "number" and contact_text(old, words) != contact_text(new, words):
            return words("update.changed", label=label, old=self._value(old), new=value)
        shown = words.ltr(contact_text(new, words))
        if field == "doubtful" and (old.doubtful is None) != (new.doubtful is None):
            word = "update.doubtful" if new.doubtful else "update.no_longer_doubtful"
            return words(word, label=label, value=shown)
        if field == "confirmed" and new.confirmed:
            date = words.date(new.confirmed.assured_date)
            text = words(f"provenance.confirmed_{new.confirmed.method}", date=date)
            return words.labelled(label, text)
        return None

    def _label(self, channel: Channel) -> str:
        # Never the name of a location: it may be hidden.
        if channel.label:
            return channel.label.in_language(self.words.language).text
        return self.words(f"update.kind.{channel.kind}")

    def _value(self, channel: Channel) -> str:
        shown = self.words.ltr(contact_text(channel, self.words))
        return self.words("update.doubtful_value", value=shown) if channel.doubtful else shown

    def _hidden_channels(self, key: str) -> set[str]:
        """Return the contacts of an organization at places that are or ever were hidden."""
        known = [state.organizations[key] for state in self.states if key in state.organizations]
        hidden = {
            location.id
            for organization in known
            for location in organization.locations
            if location.precision == "hidden"
        }
        return {
            channel.id
            for organization in known
            for channel in organization.channels
            if channel.location in hidden
        }
