"""How sources are shown: as numbered references of a page, and each on a page of its own."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping

from generator import urls
from generator.authored import find_cited_sources
from generator.dataset import Dataset, Kind
from generator.models.base import Citation, Source, Statement, find_citations
from generator.models.knowledge import Resource
from generator.urls import Address
from generator.values.links import Link, web_link
from generator.values.text import Wording
from generator.views.links import PageLink
from generator.words import Words, alphabetically


@dataclasses.dataclass(frozen=True)
class CitationView:
    """One reference: who, when, what, and where in it. `address` is the source's own page."""

    authors: str
    year: str
    title: Wording
    container: str | None
    publisher: str | None
    place: str
    address: Address

    @property
    def short(self) -> str:
        """The reference as it stands in a sentence: `IOM and UNICEF, 2025, p. 71–72`."""
        return ", ".join(part for part in (self.authors, self.year, self.place) if part)


@dataclasses.dataclass(frozen=True)
class StatementView:
    """A statement, and the numbers of its references in the page's list."""

    text: Wording
    references: tuple[int, ...]


@dataclasses.dataclass(frozen=True)
class SourceView:
    """The page of a source, with everything that cites it."""

    id: str
    address: Address
    title: Wording
    authors: str
    year: str
    container: str | None
    publisher: str | None
    isbn: str | None
    licence: str | None
    href: Link | None
    cited_by: tuple[tuple[str, tuple[PageLink, ...]], ...]


@dataclasses.dataclass(frozen=True)
class ResourceView:
    """A tool, template, training or collection."""

    id: str
    title: Wording
    authors: str
    purpose: Wording
    href: Link | None
    work: Address | None


class References:
    """Numbers the references of one page in the order in which they are first cited."""

    def __init__(self, dataset: Dataset, words: Words) -> None:
        self._dataset = dataset
        self._words = words
        self._numbers: dict[Citation, int] = {}

    def cite(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """Return the numbers of citations, counted from 1."""
        return tuple(
            self._numbers.setdefault(citation, len(self._numbers) + 1) for citation in citations
        )

    def state(self, statements: Iterable[Statement]) -> tuple[StatementView, ...]:
        """Return statements with the numbers of their references."""
        return tuple(
            StatementView(s.text.in_language(self._words.language), self.cite(s.sources))
            for s in statements
        )

    @property
    def list(self) -> tuple[CitationView, ...]:
        """All references so far, by number."""
        return tuple(view_citation(c, self._dataset, self._words) for c in self._numbers)


def view_citation(citation: Citation, dataset: Dataset, words: Words) -> CitationView:
    """Return one reference with its place in the source."""
    source = dataset.sources[citation.source]
    place = []
    if citation.article:
        place.append(citation.article)
    if citation.pages:
        place.append(words("source.pages", pages=words.ltr(citation.pages.replace("-", "–"))))
    return CitationView(
        authors=words.join_names(list(source.authors)),
        year=_year(source, words),
        title=source.title.in_language(words.language),
        container=source.container,
        publisher=source.publisher,
        place=", ".join(place),
        address=urls.source(words.language, source.id),
    )


def view_sources(dataset: Dataset, words: Words) -> list[SourceView]:
    """Return the pages of all sources, by author and year."""
    cited_by = _find_citing_pages(dataset, words)
    views = [
        SourceView(
            id=source.id,
            address=urls.source(words.language, source.id),
            title=source.title.in_language(words.language),
            authors=words.join_names(list(source.authors)),
            year=_year(source, words),
            container=source.container,
            publisher=source.publisher,
            isbn=source.isbn,
            licence=source.licence,
            href=web_link(source.url) if source.url else None,
            cited_by=cited_by.get(source.id, ()),
        )
        for source in dataset.sources.values()
    ]
    return sorted(views, key=lambda view: (alphabetically(view.authors), view.year, view.id))


def view_resources(dataset: Dataset, words: Words) -> list[tuple[str, tuple[ResourceView, ...]]]:
    """Return the resources under the names of their kinds."""
    kinds = ("guidance", "template", "training", "repository")
    return [
        (
            words(f"resources.kind.{kind}"),
            tuple(
                _view_resource(resource, words)
                for resource in dataset.resources.values()
                if resource.kind == kind
            ),
        )
        for kind in kinds
        if any(resource.kind == kind for resource in dataset.resources.values())
    ]


def _view_resource(resource: Resource, words: Words) -> ResourceView:
    return ResourceView(
        id=resource.id,
        title=resource.title.in_language(words.language),
        authors=words.join_names(list(resource.authors)),
        purpose=resource.purpose.in_language(words.language),
        href=web_link(resource.url) if resource.url else None,
        work=urls.source(words.language, resource.work) if resource.work else None,
    )


def _find_citing_pages(
    dataset: Dataset, words: Words
) -> Mapping[str, tuple[tuple[str, tuple[PageLink, ...]], ...]]:
    """Return, for each source, the pages that cite it under the names of their kinds."""
    pages: dict[str, dict[Kind | str, list[PageLink]]] = defaultdict(lambda: defaultdict(list))
    for kind, key, record in dataset.records():
        link = link_record(kind, key, dataset, words)
        for source in dict.fromkeys(citation.source for _, citation in find_citations(record)):
            pages[source][kind].append(link)
    for key, resource in dataset.resources.items():
        if resource.work:
            link = link_record("resources", key, dataset, words)
            pages[resource.work]["resources"].append(link)
    for organization, _, channel in dataset.channels():
        if channel.published:
            link = link_record("organizations", organization.key, dataset, words)
            if link not in pages[channel.published.source]["organizations"]:
                pages[channel.published.source]["organizations"].append(link)
    for page in dataset.authored_in(words.language).values():
        link = PageLink(page.title, urls.prose(words.language, page.name))
        for source in find_cited_sources(page):
            pages[source]["guidance"].append(link)
    return {
        source: tuple(
            (words(f"kind.{kind}"), tuple(dict.fromkeys(links))) for kind, links in kinds.items()
        )
        for source, kinds in pages.items()
    }


def link_record(kind: Kind, key: str, dataset: Dataset, words: Words) -> PageLink:
    """Return the link to the page of a record; raises `ValueError` for kinds without pages."""
    language = words.language
    match kind:
        case "countries":
            country = dataset.countries[key]
            return PageLink(country.name.in_language(language).text, urls.country(language, key))
        case "organizations":
            organization = dataset.organizations[key]
            name = organization.abbreviation or organization.name
            country = dataset.countries[organization.country]
            return PageLink(
                words(
                    "name.in_country",
                    name=name.in_language(language).text,
                    country=country.name.in_language(language).text,
                ),
                urls.organization(language, organization.country, organization.id),
            )
        case "glossary":
            term = dataset.glossary[key].term.in_language(language).text
            return PageLink(term, urls.term(language, key))
        case "legal_frameworks":
            law = dataset.legal_frameworks[key]
            page = urls.jurisdiction(language, law.jurisdiction)
            return PageLink(law.title.in_language(language).text, page.at(law.id))
        case "good_practices":
            title = dataset.good_practices[key].title.in_language(language).text
            return PageLink(title, urls.practice(language, key))
        case "situations":
            title = dataset.situations[key].title.in_language(language).text
            return PageLink(title, urls.situation(language, key))
        case "resources":
            title = dataset.resources[key].title.in_language(language).text
            return PageLink(title, urls.resources(language).at(key))
        case "sources":
            title = dataset.sources[key].title.in_language(language).text
            return PageLink(title, urls.source(language, key))
        case _:
            raise ValueError(f"records of the kind {kind} have no pages")


def _year(source: Source, words: Words) -> str:
    if source.published:
        return words.date(source.published)
    if source.accessed:
        accessed = words("source.accessed", date=words.date(source.accessed))
        return f"{words('source.undated')}, {accessed}"
    return words("source.undated")
