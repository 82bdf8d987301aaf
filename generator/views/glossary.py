"""What the glossary shows: terms from A to Z and by theme, and each with where it is used."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import get_args

from generator import urls
from generator.dataset import Dataset
from generator.models.knowledge import Term, Theme
from generator.urls import Address
from generator.values.text import Wording
from generator.views.filters import Filter, Keys, drop_useless, make_filter
from generator.views.links import PageLink
from generator.views.sources import CitationView, view_citation
from generator.words import Words, alphabetically


@dataclasses.dataclass(frozen=True)
class Equivalent:
    """A term in another language of the site."""

    language: str
    direction: str
    language_name: str
    term: str
    abbreviation: str | None
    definition: Wording


@dataclasses.dataclass(frozen=True)
class TermView:
    """One term. `forms` are the other ways in which prose of this language names it."""

    id: str
    address: Address
    term: Wording
    abbreviation: str | None
    definition: Wording
    themes: tuple[str, ...]
    forms: tuple[str, ...]
    sources: tuple[CitationView, ...]
    see_also: tuple[PageLink, ...]
    equivalents: tuple[Equivalent, ...]
    keys: Keys


@dataclasses.dataclass(frozen=True)
class GlossaryView:
    """The list of all terms: under their first letters, and under their themes."""

    address: Address
    filters: tuple[Filter, ...]
    total: int
    letters: tuple[tuple[str, tuple[TermView, ...]], ...]
    themes: tuple[tuple[str, str, tuple[TermView, ...]], ...]


def view_terms(dataset: Dataset, words: Words) -> dict[str, TermView]:
    """Return all terms by identifier."""
    return {key: _view_term(term, dataset, words) for key, term in dataset.glossary.items()}


def view_glossary(terms: Mapping[str, TermView], words: Words) -> GlossaryView:
    """Return the list of the terms in the language's alphabetical order."""
    ordered = sorted(terms.values(), key=lambda view: (alphabetically(view.term.text), view.id))
    letters: dict[str, list[TermView]] = {}
    for view in ordered:
        letters.setdefault(alphabetically(view.term.text)[:1].upper(), []).append(view)
    keys = [view.keys for view in ordered]
    themes = {theme: words(f"theme.{theme}") for theme in get_args(Theme)}
    return GlossaryView(
        address=urls.glossary(words.language),
        filters=drop_useless(
            [make_filter("theme", words("glossary.theme"), themes, keys)], total=len(ordered)
        ),
        total=len(ordered),
        letters=tuple((letter, tuple(views)) for letter, views in letters.items()),
        themes=tuple(
            (
                f"theme-{theme}",
                words(f"theme.{theme}"),
                tuple(view for view in ordered if words(f"theme.{theme}") in view.themes),
            )
            for theme in get_args(Theme)
        ),
    )


def _view_term(term: Term, dataset: Dataset, words: Words) -> TermView:
    language = words.language
    return TermView(
        id=term.id,
        address=urls.term(language, term.id),
        term=term.term.in_language(language),
        abbreviation=term.abbreviation.in_language(language).text if term.abbreviation else None,
        definition=term.definition.in_language(language),
        themes=tuple(words(f"theme.{theme}") for theme in term.themes),
        forms=term.also.get(language, ()),
        sources=tuple(view_citation(citation, dataset, words) for citation in term.sources),
        see_also=tuple(
            PageLink(
                dataset.glossary[name].term.in_language(language).text, urls.term(language, name)
            )
            for name in term.see_also
        ),
        equivalents=tuple(
            Equivalent(
                language=code,
                direction=dataset.interfaces[code].direction,
                language_name=dataset.interfaces[code].name,
                term=term.term.root[code],
                abbreviation=term.abbreviation.root.get(code) if term.abbreviation else None,
                definition=term.definition.in_language(code),
            )
            for code in dataset.languages
            if code != language and code in term.term.root
        ),
        keys={"theme": term.themes},
    )
