"""What a check says of a name that points to nothing, or that stands twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from generator.dataset import Dataset, Kind
from generator.problems import Problem
from generator.validation import nearest
from generator.yaml_source import DataPath

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
) -> Problem:
    """Return the problem of a name that nothing has, with the one that was probably meant."""
    message, fix = explain_unknown(what, name, known)
    return dataset.files[kind, key].problem(
        f"unknown-{what.replace(' ', '-')}", message, fix=fix, at=path
    )


def explain_unknown(what: str, name: str, known: Iterable[str]) -> tuple[str, str]:
    """Return what is wrong with a name that nothing has, and how to mend it."""
    meant = nearest(name, known)
    message = f"there is no {what} `{name}`" + (f"; did you mean `{meant}`?" if meant else "")
    names = sorted(known)
    others = ", ".join(names[:_LISTED]) + (" …" if len(names) > _LISTED else "")
    fix = f"create it, or write one of: {others}" if others else "create it"
    return message, f"write {meant}" if meant else fix


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
