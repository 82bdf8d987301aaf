"""What can be found: how a result looks, and by which texts it is found."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Literal

from generator.dataset import Dataset
from generator.models.channels import NumberForm
from generator.models.reference import KeywordKind
from generator.urls import Address
from generator.values.text import LocalizedText, Wording
from generator.views.channels import Action
from generator.words import Words

ResultGroup = Literal["call", "services", "situations", "terms", "law", "practices", "guidance"]
"""Under which heading a result stands."""

SNIPPET_LENGTH = 150

WEIGHTS = {
    "country": 1.2,
    "organization": 1.2,
    "need": 1.25,
    "city": 1.25,
    "situation": 1.3,
    "term": 1.25,
    "law": 1.0,
    "practice": 0.7,
    "page": 0.95,
    "resource": 0.65,
    "source": 0.6,
    "list": 1.0,
    "border": 0.5,
}
"""What readers want first of what answers a question equally well."""


@dataclasses.dataclass(frozen=True)
class Contact:
    """A channel in a result. `numbers` are the forms of its number.

    A doubtful one can be found by its number, but has no action: `doubt` says how it was printed
    and what is wrong with it. `place` is the identifier of the city that it belongs to.
    """

    action: Action | None
    where: str | None
    place: str | None
    facts: tuple[str, ...]
    provenance: str
    numbers: tuple[NumberForm, ...]
    doubt: str | None = None


@dataclasses.dataclass(frozen=True)
class SearchDocument:
    """Something to find: how the result looks, and the texts by which it is found.

    `aliases` are names that say as much as the title. `place` is the city that it is about.
    `is_local` says that it is one of several, one for each country; `is_country`, that it is a
    country's page. `first` is the position of the contact that the result shows when the question
    names neither a number nor a city; none where the reader has to choose a place first.
    """

    group: ResultGroup
    weight: float
    address: Address
    title: Wording
    names: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    hint: str = ""
    snippet: str = ""
    aliases: tuple[str, ...] = ()
    place: str | None = None
    is_local: bool = False
    is_country: bool = False
    contacts: tuple[Contact, ...] = ()
    first: int | None = None


@dataclasses.dataclass(frozen=True)
class Vocabulary:
    """By which words the records are found in one language."""

    dataset: Dataset
    words: Words

    @property
    def language(self) -> str:
        """The BCP 47 code of the language."""
        return self.words.language

    def keywords(self, kind: KeywordKind, key: str) -> tuple[str, ...]:
        """Return the other words by which readers of the language look for a record."""
        return self.dataset.keywords(kind, key, language=self.language)

    def country_names(self, code: str) -> tuple[str, ...]:
        """Return the names of a country in all languages: they are typed as one knows them."""
        names = every_wording(self.dataset.countries[code].name)
        return tuple(dict.fromkeys((*names, *self._keywords_anywhere("countries", code))))

    def place_names(self, place: str) -> tuple[str, ...]:
        """Return the names of a city in all languages."""
        names = every_wording(self.dataset.places[place].name)
        return tuple(dict.fromkeys((*names, *self._keywords_anywhere("places", place))))

    def type_names(self, *identifiers: str) -> tuple[str, ...]:
        """Return the names of needs and service types, and the words for them."""
        return tuple(
            word
            for name in identifiers
            for word in (
                self.dataset.service_types[name].name.in_language(self.language).text,
                *self.keywords("service_types", name),
            )
        )

    def own(self, text: str) -> Wording:
        """Return one of the site's own texts as a title."""
        return Wording(text, self.language, is_fallback=False)

    def _keywords_anywhere(self, kind: KeywordKind, key: str) -> Iterator[str]:
        for language in self.dataset.languages:
            yield from self.dataset.keywords(kind, key, language=language)


def every_wording(text: LocalizedText | None) -> tuple[str, ...]:
    """Return a text in all its languages, each wording once."""
    return tuple(dict.fromkeys(text.root.values())) if text else ()


def with_abbreviation(name: Wording, abbreviation: str | None) -> Wording:
    """Return a name with its abbreviation, unless it has it already."""
    if not abbreviation or abbreviation in name.text:
        return name
    return dataclasses.replace(name, text=f"{name.text} ({abbreviation})")


def shorten(text: str) -> str:
    """Return the beginning of a text, cut between words."""
    text = " ".join(text.split())
    if len(text) <= SNIPPET_LENGTH:
        return text
    return text[:SNIPPET_LENGTH].rpartition(" ")[0].rstrip(" ,;:·") + " …"


def join_parts(*parts: str | None) -> str:
    """Return what is there of the parts as one line."""
    return " · ".join(part for part in parts if part)
