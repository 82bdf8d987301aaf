"""What somebody answers, held against the rules of the models: the same messages as in checks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from generator.checks.references import explain_unknown
from generator.dataset import Dataset
from generator.problems import Problem
from generator.validation import nearest, validate_record
from generator.values.text import SOURCE_LANGUAGE
from generator.yaml_source import SourceFile

_LANGUAGE_BEFORE = re.compile(r"([a-z]{2,3})=(.*)", re.DOTALL)


class RefusedError(Exception):
    """An answer that can't be right: what is wrong with it, and how to mend it."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix


def find_refusals(model: type[BaseModel], draft: Mapping[str, Any]) -> list[Problem]:
    """Return what a model finds wrong with the fields that are there; others may follow."""
    problems = validate_record(model, SourceFile("the answer", (), dict(draft)))[1]
    return [problem for problem in problems if problem.rule != "missing-field"]


def accept(model: type[BaseModel], draft: Mapping[str, Any]) -> None:
    """Raise `RefusedError` for the first thing that a model finds wrong with a draft."""
    for problem in find_refusals(model, draft):
        raise RefusedError(problem.message, problem.fix)


def parse_language(answer: str) -> tuple[str, str]:
    """Return language and text of `fr=Ligne verte`; without a language it is the source's."""
    if match := _LANGUAGE_BEFORE.fullmatch(answer.strip()):
        return match[1], match[2].strip()
    return SOURCE_LANGUAGE, answer.strip()


def choose(answer: str, choices: Mapping[str, str], *, what: str) -> str:
    """Return which of the choices (identifier to name) is meant by number, identifier or name.

    Raises `RefusedError` with the one that was probably meant.
    """
    text = answer.strip()
    if text.isascii() and text.isdigit() and 0 < int(text) <= len(choices):
        return list(choices)[int(text) - 1]
    wanted = text.casefold()
    for key, name in choices.items():
        if wanted in (key.casefold(), name.casefold()):
            return key
    by_word = {word.casefold(): key for key, name in choices.items() for word in (name, key)}
    meant = nearest(wanted, by_word)
    if meant is None or by_word[meant] == text:
        message, fix = explain_unknown(what, text, choices)
        raise RefusedError(message, fix.removeprefix("create it, or "))
    key = by_word[meant]
    shown = key if choices[key] == key else f"{key} ({choices[key]})"
    raise RefusedError(f"there is no {what} `{text}`; did you mean `{shown}`?", f"write {key}")


def choose_several(answers: Iterable[str], choices: Mapping[str, str], *, what: str) -> list[str]:
    """Return what is meant by answers that may each name several, with commas; see `choose`."""
    parts = [part for answer in answers for part in answer.split(",") if part.strip()]
    return list(dict.fromkeys(choose(part, choices, what=what) for part in parts))


def make_identifier(name: str) -> str:
    """Return an identifier made of a name; empty where it has no letters a-z and no digits."""
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "OE"))
    # An apostrophe within a word, and accents, leave no gap.
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"\b[dlDL]['’]", "", letters).lower())
    return words.strip("-")


def suggest_organization(dataset: Dataset, names: Iterable[str], *, country: str) -> str:
    """Return the identifier that an organization has in other countries, or a new one.

    The names are tried in order: the abbreviation first, if it has one.
    """
    tried = [name for name in names if name]
    for other in dataset.organizations.values():
        texts = [other.name, *([other.abbreviation] if other.abbreviation else [])]
        known = {text.casefold() for several in texts for text in several.root.values()}
        if other.country != country and known & {name.casefold() for name in tried}:
            return other.id
    return next((made for name in tried if (made := make_identifier(name))), "")
