"""Rules of what is printed."""

from __future__ import annotations

from collections.abc import Iterator

from generator.dataset import Dataset, Kind
from generator.font import can_print, find_unprintable
from generator.problems import Problem

_PRINTED: tuple[Kind, ...] = (
    "countries", "organizations", "glossary", "legal_frameworks", "situations", "sources",
    "taxonomies", "interface", "edition",
)  # fmt: skip


def check_letters(dataset: Dataset) -> Iterator[Problem]:
    """Guides can print every character of the texts in them.

    Good: `Call 1111`. Bad: `☎ 1111`. One problem for a file and a character; none for a language
    of another script, which has no guides.
    """
    others = {code for code, one in dataset.interfaces.items() if not can_print(one.name)}
    for (kind, key), file in dataset.files.items():
        if kind not in _PRINTED or (kind == "interface" and key in others):
            continue
        seen = set()
        for path, raw in sorted(file.texts(), key=lambda found: file.place_of(found[0])):
            if not others.isdisjoint(path):
                continue
            for letter in find_unprintable(raw):
                if letter not in seen:
                    seen.add(letter)
                    yield file.problem(
                        "unprintable",
                        f'the guides can\'t print "{letter}" (U+{ord(letter):04X}): '
                        "their font lacks it",
                        fix="write it in other characters",
                        at=path,
                    )
