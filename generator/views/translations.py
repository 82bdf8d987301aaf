"""What the page about translations shows: how many texts are in which state."""

from __future__ import annotations

import dataclasses

from generator.dataset import Dataset
from generator.translations import STATES, count_states, find_translations
from generator.words import Words


@dataclasses.dataclass(frozen=True)
class LanguageState:
    """One language: for each kind of text, how many are in each of `STATES`.

    The language that everything is written in first has no rows.
    """

    code: str
    name: str
    rows: tuple[tuple[str, tuple[int, ...]], ...]


def view_translations(dataset: Dataset, words: Words) -> list[LanguageState]:
    """Return the state of every language of the site."""
    counts = count_states(find_translations(dataset))
    return [
        LanguageState(
            code,
            dataset.interfaces[code].name,
            tuple(
                (words(f"kind.{kind}"), tuple(states[state] for state in STATES))
                for kind, states in counts.get(code, {}).items()
            ),
        )
        for code in dataset.languages
    ]


def has_drafts(dataset: Dataset, language: str) -> bool:
    """Tell whether anything in a language has not been reviewed by a person."""
    return any(
        one.language == language and one.state != "reviewed" for one in find_translations(dataset)
    )
