"""Filters of a list: what can be chosen, and how many entries each choice leaves."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

Keys = Mapping[str, tuple[str, ...]]
"""What an entry of a list is filtered by: the names of filters, and the choices that it matches."""


@dataclasses.dataclass(frozen=True)
class Choice:
    """One choice of a filter."""

    id: str
    name: str
    count: int


@dataclasses.dataclass(frozen=True)
class Filter:
    """One filter. `groups` are choices under the choices of another filter, named by `within`.

    One that `is_extra` is shown when the reader asks for more filters.
    """

    name: str
    label: str
    choices: tuple[Choice, ...]
    within: str | None = None
    groups: tuple[tuple[Choice, tuple[Choice, ...]], ...] = ()
    is_extra: bool = False

    @property
    def every_choice(self) -> tuple[Choice, ...]:
        """All choices, those in groups too."""
        return (*self.choices, *(choice for _, choices in self.groups for choice in choices))

    @property
    def is_switch(self) -> bool:
        """Whether there is but one thing to choose: a box to tick."""
        return len(self.every_choice) == 1


def make_filter(
    name: str,
    label: str,
    names: Mapping[str, str],
    entries: Iterable[Keys],
    *,
    is_extra: bool = False,
) -> Filter:
    """Return a filter with the choices that leave any entry, in the order of `names`."""
    counts = Counter(value for keys in entries for value in keys.get(name, ()))
    choices = [Choice(key, text, counts[key]) for key, text in names.items() if counts[key]]
    return Filter(name, label, tuple(choices), is_extra=is_extra)


def drop_useless(filters: Sequence[Filter], *, total: int) -> tuple[Filter, ...]:
    """Return the filters with a choice that leaves out some of all entries."""
    return tuple(one for one in filters if any(choice.count < total for choice in one.every_choice))
