"""What is translated, what a person has reviewed, and what is out of date, in every language.

A lock file keeps a fingerprint of the source text that each translation was made from. A
translation is a draft until a person has reviewed it, and outdated when its source has changed.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, get_args

from pydantic import BaseModel

from generator.dataset import Dataset
from generator.models.organizations import Organization
from generator.values.text import SOURCE_LANGUAGE, LocalizedText, original_language
from generator.yaml_source import DataPath, SourceFile

State = Literal["reviewed", "draft", "outdated", "missing"]
STATES: tuple[State, ...] = get_args(State)

Lock = Mapping[str, Mapping[str, str]]
"""Per language, the fingerprints of each field, named as by `Field.name`."""


@dataclasses.dataclass(frozen=True)
class Field:
    """One text in several languages, and where it stands. `kind` is the folder that it lies in."""

    kind: str
    name: str
    texts: Mapping[str, str]
    file: SourceFile
    path: DataPath

    @property
    def source(self) -> str:
        """The text that translations are made from."""
        return self.texts[original_language(self.texts)]

    @property
    def record(self) -> str:
        """What an editor calls it by: `situations/child-alone`, or `interface`."""
        return self.name.partition(":")[0]


@dataclasses.dataclass(frozen=True)
class Translation:
    """The state of one text in one language, which is not the one it was written in."""

    field: Field
    language: str
    state: State
    is_recorded: bool


def find_fields(dataset: Dataset) -> Iterator[Field]:
    """Yield every text that has to be there in every language of the site."""
    records = list(dataset.records())
    records += [("taxonomies", key, taxonomy) for key, taxonomy in dataset.taxonomies.items()]
    for kind, key, record in records:
        file = dataset.files[kind, key]
        for path, texts in _find_texts(record):
            # An official name is only translated where it would not be understood.
            is_official = isinstance(record, Organization) and record.official_language
            if not (path == ("name",) and is_official):
                name = f"{kind}/{key}:{'.'.join(str(part) for part in path)}"
                yield Field(kind, name, texts, file, path)
    for page in dataset.authored:
        if page.language == SOURCE_LANGUAGE:
            texts = {
                other.language: f"{other.title}\n{other.description}\n{other.text}"
                for other in dataset.authored
                if other.name == page.name
            }
            yield Field("content", f"content/{page.name}", texts, page.file, ())
    yield from _find_own_words(dataset)


def find_translations(dataset: Dataset) -> list[Translation]:
    """Return the state of every text in every language of the site but its own."""
    return [
        _state_of(field, language, dataset.translation_lock.get(language, {}))
        for field in find_fields(dataset)
        for language in dataset.languages
        if language not in (SOURCE_LANGUAGE, original_language(field.texts))
    ]


def count_states(translations: Iterable[Translation]) -> dict[str, dict[str, Counter[State]]]:
    """Return how many texts of each kind are in each state, by language and kind."""
    counts: dict[str, dict[str, Counter[State]]] = {}
    for one in translations:
        kinds = counts.setdefault(one.language, {})
        kinds.setdefault(one.field.kind, Counter())[one.state] += 1
    return counts


def accept(
    dataset: Dataset,
    *,
    reviewed: frozenset[str] = frozenset(),
    language: str | None = None,
    before: Dataset | None = None,
) -> Lock:
    """Return the lock in which every translation that is there is up to date.

    Fields of the records named in `reviewed` (`situations/child-alone`) count as reviewed, in one
    language or in all. What was reviewed before and has not changed stays so. With `before`, only
    translations that read otherwise there are brought up to date; others stay as they are.
    """
    earlier = {field.name: field.texts for field in find_fields(before)} if before else {}
    lock: dict[str, dict[str, str]] = {}
    for one in find_translations(dataset):
        if one.state == "missing":
            continue
        name, text = one.field.name, one.field.texts[one.language]
        is_meant = one.field.record in reviewed and language in (None, one.language)
        mark = _fingerprint(one.field.source)
        if is_meant or one.state == "reviewed":
            mark += "+" + _fingerprint(text)
        elif earlier.get(name, {}).get(one.language) == text:
            mark = dataset.translation_lock.get(one.language, {}).get(name, "")
        if mark:
            lock.setdefault(one.language, {})[name] = mark
    return lock


def render_lock(lock: Lock) -> str:
    """Return the lock as it is kept: JSON, one field in each line, sorted."""
    return json.dumps(lock, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def _find_own_words(dataset: Dataset) -> Iterator[Field]:
    source = dataset.interfaces.get(SOURCE_LANGUAGE)
    for name in source.texts if source else ():
        # As JSON, because a text may be a mapping of plural forms.
        texts = {
            code: json.dumps(interface.texts[name], ensure_ascii=False, sort_keys=True)
            for code, interface in dataset.interfaces.items()
            if name in interface.texts
        }
        file = dataset.files["interface", SOURCE_LANGUAGE]
        yield Field("interface", f"interface:{name}", texts, file, ("texts", name))


def _state_of(field: Field, language: str, lock: Mapping[str, str]) -> Translation:
    if language not in field.texts:
        return Translation(field, language, "missing", is_recorded=False)
    source, _, reviewed = lock.get(field.name, "").partition("+")
    if not source:
        return Translation(field, language, "draft", is_recorded=False)
    state: State = "draft"
    if source != _fingerprint(field.source):
        state = "outdated"
    elif reviewed == _fingerprint(field.texts[language]):
        state = "reviewed"
    return Translation(field, language, state, is_recorded=True)


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _find_texts(value: object, path: DataPath = ()) -> Iterator[tuple[DataPath, dict[str, str]]]:
    if isinstance(value, LocalizedText):
        yield path, value.root
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _find_texts(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _find_texts(item, (*path, index))
