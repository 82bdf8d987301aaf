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
    """One filter. `groups` are choices under the choices of another filter, named by `within`."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    within: str | None = None
    groups: tuple[tuple[Choice, tuple[Choice, ...]], ...] = ()


def make_filter(name: str, label: str, names: Mapping[str, str], entries: Iterable[Keys]) -> Filter:
    """Return a filter with the choices that leave any entry, in the order of `names`."""
    counts = Counter(value for keys in entries for value in keys.get(name, ()))
    choices = [Choice(key, text, counts[key]) for key, text in names.items() if counts[key]]
    return Filter(name, label, tuple(choices))


def drop_useless(filters: Sequence[Filter]) -> tuple[Filter, ...]:
    """Return the filters that leave something to choose."""
    return tuple(one for one in filters if len(one.choices) > 1)
