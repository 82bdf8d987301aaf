"""The file in which the site's search script finds everything: one for each language.

It holds what lunr needs to answer questions, in a form that compresses well, and what results show.
lunr's own serialization tells everything twice, by field and by term; here are the fields alone, of
which `search.js` makes what `lunr.Index.load` reads.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from lunr.builder import Builder

from generator.dataset import Dataset
from generator.search.directory import find_directory
from generator.search.knowledge import find_knowledge
from generator.search.results import Contact, ResultGroup, SearchDocument, Vocabulary
from generator.urls import Address
from generator.word_forms import split_words, stems
from generator.words import Words

FIELDS = {"names": 10, "keywords": 5, "places": 5, "text": 1}
"""The fields of a document, and how much more a word in each says than one in a text."""

_GROUPS = get_args(ResultGroup)
_TEXTS = ("best", "all", "nothing", "closest", "partly", "guessed", "no_number")

_MARKS = {"international": "+", "national": "0", "short": "=", "printed": "?"}
"""Stand before the digits of a number in the index, for its form."""

_LENGTH_WEIGHT = 0.4
"""BM25's `b`. Names stand in all languages, so a long field is not a vague one."""

_STEP = 1.3
"""Scores are kept as powers of this: a seventh more or less changes no order that matters."""


def make_documents(dataset: Dataset, words: Words) -> list[SearchDocument]:
    """Return everything that can be found in the language of the words."""
    vocabulary = Vocabulary(dataset, words)
    return [*find_directory(vocabulary), *find_knowledge(vocabulary)]


def render_search_index(dataset: Dataset, words: Words) -> str:
    """Return the script that gives the search of one language its data: `dalil.searchData`."""
    documents = make_documents(dataset, words)
    ignored, synonyms = _view_words(dataset, words.language)
    groups = {one: f"={number}" for number, group in enumerate(synonyms) for one in group}
    data = {
        "groups": _GROUPS,
        "texts": {
            **{group: words(f"search.group.{group}") for group in _GROUPS},
            **{name: words.pattern(f"search.{name}") for name in _TEXTS},
            "doubtful": words("channel.doubtful"),
            "countries": words("home.choose"),
        },
        "counts": json.loads(words.plural_forms("search.count")),
        "language": words.language,
        "ignored": ignored,
        "synonyms": synonyms,
        **_view_results(documents, words),
        **_build_index(documents, groups),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.dalil={{...globalThis.dalil,searchData:{text}}};\n"


def _view_words(dataset: Dataset, language: str) -> tuple[list[str], list[list[str]]]:
    """Return the words that are ignored and the groups of synonyms, as they are looked up."""
    words = dataset.search_words.get(language)
    if words is None:
        return [], []
    ignored = sorted({word for text in words.ignored for word in split_words(text)})
    groups = [sorted({one for text in group for one in stems(text)}) for group in words.synonyms]
    return ignored, [group for group in groups if len(group) > 1]


def _view_results(documents: Sequence[SearchDocument], words: Words) -> dict[str, Any]:
    """Return what results show. Texts that many share stand once, in `shared`."""
    shared: dict[str, int] = {}

    def share(text: str) -> int:
        return shared.setdefault(text, len(shared))

    def show_contact(contact: Contact) -> list[Any]:
        action = contact.action
        return [
            [action.kind, share(action.verb), action.shown, action.href] if action else 0,
            contact.where or 0,
            contact.place or 0,
            [share(fact) for fact in contact.facts],
            share(contact.provenance),
            [f"{_MARKS[form.kind]}{form.digits}" for form in contact.numbers],
            contact.doubt or 0,
        ]

    pages: dict[str, int] = {}
    results = [
        [
            _GROUPS.index(document.group),
            pages.setdefault(_below_language(document.address, words.language), len(pages)),
            document.address.anchor,
            document.title.text,
            document.title.language if document.title.is_fallback else 0,
            document.hint,
            document.snippet,
            int(document.is_local),
            sorted({" ".join(stems(alias)) for alias in document.aliases}),
            document.place or 0,
            [show_contact(contact) for contact in document.contacts],
            -1 if document.first is None else document.first,
        ]
        for document in documents
    ]
    countries = [number for number, one in enumerate(documents) if one.is_country]
    return {
        "results": results,
        "countries": countries,
        "pages": list(pages),
        "shared": list(shared),
    }


def _below_language(address: Address, language: str) -> str:
    return address.path.removeprefix(f"{language}/")


def _build_index(documents: Sequence[SearchDocument], groups: Mapping[str, str]) -> dict[str, Any]:
    """Return lunr's terms and field vectors: for each field and document, terms and scores.

    A word of a group of synonyms is found by itself and by the name of its group.
    Terms are sorted and named by their position, in each vector by the distance to the one before.
    """
    builder = Builder()
    builder.b(_LENGTH_WEIGHT)
    for name, boost in FIELDS.items():
        builder.field(name, boost)
    for number, document in enumerate(documents):
        fields: dict[str, list[str]] = {}
        for name in FIELDS:
            found = [one for text in getattr(document, name) for one in stems(text)]
            # The parts of a place's name mean nothing: Ben Gardane is no child of anybody.
            is_place = name == "places" or (name == "names" and document.aliases)
            known = [] if is_place else [groups[one] for one in found if one in groups]
            fields[name] = [*found, *known]
        builder.add({"id": str(number), **fields}, {"boost": document.weight})
    serialized = builder.build().serialize()
    names = [""] * len(serialized["invertedIndex"])
    for term, posting in serialized["invertedIndex"]:
        names[posting["_index"]] = term
    terms = sorted(names)
    position = {term: number for number, term in enumerate(terms)}
    vectors: dict[str, list[Any]] = {name: [0] * len(documents) for name in FIELDS}
    for reference, elements in serialized["fieldVectors"]:
        field, _, position_of_document = str(reference).partition("/")
        scores = sorted(
            (position[names[index]], max(0, round(math.log(score, _STEP))))
            for index, score in zip(elements[::2], elements[1::2], strict=True)
        )
        vectors[field][int(position_of_document)] = _as_distances(scores)
    return {"terms": " ".join(terms), "vectors": vectors, "step": _STEP}


def _as_distances(scores: list[tuple[int, int]]) -> list[int]:
    flat, last = [], 0
    for term, score in scores:
        flat += [term - last, score]
        last = term
    return flat
