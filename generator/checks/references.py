"""What a check says of a name that points to nothing, or that stands twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from generator.dataset import Dataset, Kind
from generator.problems import Problem
from generator.validation import nearest
from generator.yaml_source import DataPath

IF_GONE = "take this line out if it is gone"
"""What to do with what points to something that somebody has taken out of the data."""

_LISTED = 12
"""How many names a fix lists, at most."""


def unknown(
    dataset: Dataset,
    kind: Kind,
    key: str,
    path: DataPath,
    what: str,
    name: str,
    known: Iterable[str],
    *,
    instead: str = "",
) -> Problem:
    """Return the problem of a name that nothing has, with the one that was probably meant."""
    message, fix = explain_unknown(what, name, known, instead=instead)
    return dataset.files[kind, key].problem(
        f"unknown-{what.replace(' ', '-')}", message, fix=fix, at=path
    )


def explain_unknown(
    what: str, name: str, known: Iterable[str], *, instead: str = ""
) -> tuple[str, str]:
    """Return what is wrong with a name that nothing has, and how to mend it.

    `instead` says what to do where the name is likely to be right and what it names is not there.
    """
    meant = nearest(name, known)
    message = f"there is no {what} `{name}`" + (f"; did you mean `{meant}`?" if meant else "")
    if meant:
        return message, f"{instead}, or write {meant}" if instead else f"write {meant}"
    names = sorted(known)
    others = ", ".join(names[:_LISTED]) + (" …" if len(names) > _LISTED else "")
    instead = instead or "create it"
    return message, f"{instead}, or write one of: {others}" if others else instead


def check_unique(
    dataset: Dataset, kind: Kind, key: str, field: str, items: Iterable[BaseModel]
) -> Iterator[Problem]:
    """Yield the second of two items of a list that have one identifier."""
    counts: Counter[str] = Counter()
    for index, item in enumerate(items):
        name = str(getattr(item, "id"))  # noqa: B009  BaseModel itself has no `id`
        counts[name] += 1
        if counts[name] == 2:  # noqa: PLR2004  the second is the first one too many
            yield dataset.files[kind, key].problem(
                "duplicate-identifier",
                f"`{name}` stands twice among the {field}",
                fix="give the later one an identifier of its own",
                at=(field, index, "id"),
            )
