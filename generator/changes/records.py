"""All records of a dataset under one kind of key, and a dataset with one record of another."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from pydantic import BaseModel

from generator.authored import AuthoredPage
from generator.dataset import ALL_PLACES, Dataset

RecordKey = tuple[str, str]
"""The kind of a record and its key: `("organizations", "LY/unhcr")`, `("content", "en/about")`."""

_MAPPINGS = {
    "countries": "countries",
    "organizations": "organizations",
    "glossary": "glossary",
    "legal_frameworks": "legal_frameworks",
    "good_practices": "good_practices",
    "situations": "situations",
    "resources": "resources",
    "sources": "sources",
    "taxonomies": "taxonomies",
    "places": "places",
    "interface": "interfaces",
    "search": "search_words",
}
"""Which mapping of a dataset has the records of a kind."""

KINDS = (*_MAPPINGS, "edition", "content")
"""All kinds of records, in the order in which changes of them are told."""


def all_records(dataset: Dataset) -> dict[RecordKey, BaseModel | AuthoredPage]:
    """Return every record of a dataset; its translations' fingerprints are in `find_marks`."""
    records: dict[RecordKey, BaseModel | AuthoredPage] = {
        (kind, key): record
        for kind, name in _MAPPINGS.items()
        for key, record in getattr(dataset, name).items()
    }
    if dataset.edition:
        records["edition", "edition"] = dataset.edition
    for page in dataset.authored:
        records["content", f"{page.language}/{page.name}"] = page
    return records


def find_marks(dataset: Dataset) -> dict[RecordKey, dict[tuple[str, str], str]]:
    """Return what each record's translations were made from, by language and field."""
    marks: dict[RecordKey, dict[tuple[str, str], str]] = {}
    for language, fields in dataset.translation_lock.items():
        for name, mark in fields.items():
            marks.setdefault(_owner(name, language), {})[language, name] = mark
    return marks


def is_broken(dataset: Dataset, key: RecordKey) -> bool:
    """Tell whether a record exists but can't be read."""
    broken: frozenset[tuple[str, str]] = frozenset(dataset.broken)
    return key in broken or (key[0] == "places" and ALL_PLACES in dataset.broken)


def with_record(target: Dataset, source: Dataset, record: RecordKey) -> Dataset:
    """Return `target` with one record as it is in `source`, added or removed where need be."""
    kind, key = record
    marks = {
        language: {name: mark for name, mark in fields.items() if _owner(name, language) != record}
        for language, fields in target.translation_lock.items()
    }
    for (language, name), mark in find_marks(source).get(record, {}).items():
        marks.setdefault(language, {})[name] = mark
    changed = dataclasses.replace(target, translation_lock=marks)
    if kind == "content":
        pages = [page for page in target.authored if f"{page.language}/{page.name}" != key]
        pages += [page for page in source.authored if f"{page.language}/{page.name}" == key]
        pages.sort(key=lambda page: (page.language, page.name))
        return dataclasses.replace(changed, authored=tuple(pages))
    files = {name: file for name, file in target.files.items() if name != record}
    files |= {name: file for name, file in source.files.items() if name == record}
    changed = dataclasses.replace(changed, files=files)
    if kind == "edition":
        return dataclasses.replace(changed, edition=source.edition)
    name = _MAPPINGS[kind]
    kept: Mapping[str, BaseModel] = getattr(target, name)
    records = {other: value for other, value in kept.items() if other != key}
    records |= {other: value for other, value in getattr(source, name).items() if other == key}
    parts = {name: dict(sorted(records.items()))}
    return dataclasses.replace(changed, **parts)  # type: ignore[arg-type]


def with_readable(state: Dataset, earlier: Dataset) -> Dataset:
    """Return a state in which what can't be read is as it was earlier, if it could be read then."""
    readable = state
    keys = set(state.broken - earlier.broken)
    if ALL_PLACES in keys:
        readable = dataclasses.replace(readable, places=earlier.places)
    for key in sorted(keys - {ALL_PLACES}):
        readable = with_record(readable, earlier, key)
    return dataclasses.replace(readable, broken=state.broken - keys)


def _owner(field: str, language: str) -> RecordKey:
    """Return the record of a field that `translations.Field.name` names."""
    record = field.partition(":")[0]
    kind, _, key = record.partition("/")
    if kind == "interface":
        return kind, language
    return (kind, f"{language}/{key}") if kind == "content" else (kind, key)
