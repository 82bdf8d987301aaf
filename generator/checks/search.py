"""Rules of the words by which readers look for records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.checks.references import IF_GONE, unknown
from generator.dataset import ALL_PLACES, SERVICE_TYPES, Dataset
from generator.models.channels import number_forms
from generator.models.reference import KeywordKind, SearchWords
from generator.problems import Problem
from generator.values.phone import digits_of
from generator.values.text import SOURCE_LANGUAGE
from generator.word_forms import split_words, stem
from generator.yaml_source import DataPath, SourceFile

_SINGULAR: dict[KeywordKind, str] = {
    "service_types": "service type",
    "situations": "situation",
    "glossary": "term",
    "countries": "country",
    "places": "place",
    "organizations": "organization",
    "legal_frameworks": "legal framework",
    "good_practices": "practice",
    "resources": "resource",
    "sources": "source",
    "pages": "page",
}

_LONG_NUMBER = 3
"""Digits from which on a number may be one that somebody calls."""


def check_search_words(dataset: Dataset) -> Iterator[Problem]:
    """Keywords are given for what exists; a synonym is one word, in one group, and not ignored."""
    known = _known_records(dataset)
    for language, words in dataset.search_words.items():
        if not dataset.knows("interface", language):
            yield dataset.files["search", language].problem(
                "search-language",
                f"the site has no language `{language}`",
                fix=f"write data/interface/{language}.yaml first, or remove this file",
                at=("language",),
            )
        yield from _check_synonyms(words, dataset.files["search", language])
        for kind, records in words.keywords.items():
            for key in records:
                if not _exists(dataset, kind, key, known[kind]):
                    at = ("keywords", kind, key)
                    yield unknown(
                        dataset,
                        "search",
                        language,
                        at,
                        _SINGULAR[kind],
                        key,
                        known[kind],
                        instead=IF_GONE,
                    )


def check_search_numbers(dataset: Dataset) -> Iterator[Problem]:
    """No keyword is a number that somebody answers: it must lead to them and to nobody else."""
    numbers = {
        form.digits: organization.key
        for organization, _, channel in dataset.channels()
        for form in number_forms(channel)
    }
    for language, words in dataset.search_words.items():
        for kind, records in words.keywords.items():
            for key, texts in records.items():
                for index, text in enumerate(texts):
                    digits = digits_of(text)
                    if len(digits) >= _LONG_NUMBER and digits in numbers:
                        yield dataset.files["search", language].problem(
                            "search-number",
                            f"{digits} is a number of {numbers[digits]}, which it finds anyway",
                            fix="remove it: who types a number must get only whose it is",
                            at=("keywords", kind, key, index),
                        )


def _known_records(dataset: Dataset) -> Mapping[KeywordKind, list[str]]:
    return {
        "service_types": list(dataset.service_types),
        "situations": list(dataset.situations),
        "glossary": list(dataset.glossary),
        "countries": list(dataset.countries),
        "places": list(dataset.places),
        "organizations": list(dataset.organizations),
        "legal_frameworks": list(dataset.legal_frameworks),
        "good_practices": list(dataset.good_practices),
        "resources": list(dataset.resources),
        "sources": list(dataset.sources),
        "pages": [page.name for page in dataset.authored if page.language == SOURCE_LANGUAGE],
    }


def _exists(dataset: Dataset, kind: KeywordKind, key: str, known: list[str]) -> bool:
    """Tell whether there is such a record, or one that can't be read."""
    if kind == "service_types":
        return key in known or SERVICE_TYPES not in dataset.taxonomies
    if kind == "places" and ALL_PLACES in dataset.broken:
        return True
    if kind == "pages":
        # Without a folder of authored pages nothing can be said of them.
        return key in known or not dataset.authored
    return dataset.knows(kind, key)


def _check_synonyms(words: SearchWords, file: SourceFile) -> Iterator[Problem]:
    ignored = {one for text in words.ignored for one in split_words(text)}
    groups: dict[str, int] = {}
    for number, group in enumerate(words.synonyms):
        for index, text in enumerate(group):
            at: DataPath = ("synonyms", number, index)
            found = split_words(text.replace("-", ""))
            if len(found) != 1:
                message, fix = f"“{text}” is not one word", "write it under `keywords`"
            elif found[0] in ignored:
                message, fix = (
                    f"“{text}” is ignored, so it finds nothing",
                    "remove it here or there",
                )
            elif groups.setdefault(stem(found[0]), number) != number:
                message = f"“{text}” stands in another group already"
                fix = "join the groups, or remove it from one"
            else:
                continue
            yield file.problem("search-synonym", message, fix=fix, at=at)
