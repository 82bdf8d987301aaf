"""How a source, and the place in it that a statement cites, is shown."""

from __future__ import annotations

import dataclasses

from generator.dataset import Dataset
from generator.models import Citation, Source
from generator.values.links import Link, web_link
from generator.values.text import Wording
from generator.words import Words


@dataclasses.dataclass(frozen=True)
class CitationView:
    """One reference: authors, year, title, and where in it. `href` leads to it, if it is online."""

    authors: str
    year: str
    title: Wording
    publisher: str | None
    place: str
    licence: str | None
    href: Link | None

    @property
    def short(self) -> str:
        """The reference as it stands behind a statement: `IOM and UNICEF, 2025, p. 71-72`."""
        return ", ".join(part for part in (self.authors, self.year, self.place) if part)


def view_citations(
    citations: tuple[Citation, ...], dataset: Dataset, words: Words
) -> tuple[CitationView, ...]:
    """Return the references of a statement or record."""
    return tuple(view_citation(citation, dataset, words) for citation in citations)


def view_citation(citation: Citation, dataset: Dataset, words: Words) -> CitationView:
    """Return one reference with its place in the source."""
    source = dataset.sources[citation.source]
    place = []
    if citation.article:
        place.append(citation.article)
    if citation.pages:
        place.append(words("source.pages", pages=citation.pages.replace("-", "–")))
    return CitationView(
        authors=words.join(list(source.authors)),
        year=_year(source, words),
        title=source.title.in_language(words.language),
        publisher=source.publisher,
        place=", ".join(place),
        licence=words("source.licence", licence=source.licence) if source.licence else None,
        href=web_link(source.url) if source.url else None,
    )


def _year(source: Source, words: Words) -> str:
    if source.published:
        return words.date(source.published)
    if source.accessed:
        accessed = words("source.accessed", date=words.date(source.accessed))
        return f"{words('source.undated')}, {accessed}"
    return words("source.undated")
