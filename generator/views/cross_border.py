"""Whom to call on the other side of a border: for each two countries, from where the child is."""

from __future__ import annotations

import dataclasses
import posixpath
import re

from generator import urls
from generator.authored import find_steps
from generator.dataset import Dataset
from generator.models.base import Citation
from generator.urls import Address
from generator.views.countries import CountryView
from generator.views.law import ABOVE_COUNTRIES
from generator.views.links import PageLink
from generator.views.organizations import OrganizationView, Row, view_row
from generator.views.situations import SHOWN_PER_STEP
from generator.views.sources import CitationView, view_citation
from generator.words import Words

PURPOSES = {
    "tracing": ("family-tracing", "family-reunification"),
    "guardianship": ("child-protection",),
    "return": ("voluntary-return",),
    "transfer": ("case-management", "referral"),
}
"""What two countries work together on, and which service types can, the most apt first."""

STEPS = {
    "identification": ("guidance/cross-border", "identifying-a-child-without-reliable-papers"),
    "tracing": ("guidance/family-tracing", "how"),
    "transfer": ("guidance/case-transfer", "when-the-child-crosses-a-border"),
}
"""Where the guidance tells the steps: page and heading."""

_INLINE = re.compile(
    r"\*\*(?P<strong>.+?)\*\*|\[(?P<label>[^\]]+)\]\((?P<target>[^)]+)\)|(?P<plain>(?:[^*\[]|\*(?!\*))+)"
)

REGIONAL_BODIES = ("ecowas",)
"""Instruments of bodies to which not every country belongs begin with these."""


@dataclasses.dataclass(frozen=True)
class Side:
    """Who can help in one of the two countries; `more` leads to the others."""

    country: CountryView
    rows: tuple[Row, ...]
    more: tuple[PageLink, ...]


@dataclasses.dataclass(frozen=True)
class Purpose:
    """Something to work on together, and who can on each side."""

    id: str
    title: str
    sides: tuple[Side, Side]


@dataclasses.dataclass(frozen=True)
class Span:
    """A part of a step: plain, strong, or a link."""

    text: str
    is_strong: bool = False
    address: Address | None = None


@dataclasses.dataclass(frozen=True)
class Procedure:
    """Steps as the guidance tells them, and where it stands."""

    title: str
    steps: tuple[tuple[Span, ...], ...]
    sources: tuple[CitationView, ...]
    guidance: PageLink


@dataclasses.dataclass(frozen=True)
class PairView:
    """The page of a child who is `here`, with somebody or something to reach `there`."""

    address: Address
    here: CountryView
    there: CountryView
    turned: Address
    same: tuple[tuple[Row, Row], ...]
    purposes: tuple[Purpose, ...]
    procedures: tuple[Procedure, ...]
    instruments: tuple[PageLink, ...]


def view_pair(here: CountryView, there: CountryView, dataset: Dataset, words: Words) -> PairView:
    """Return what the page of two countries shows."""
    language = words.language
    across = {organization.id: organization for organization in there.organizations}
    both = [one for one in here.organizations if one.id in across]
    both.sort(key=lambda one: (one.urgency, one.id))
    return PairView(
        address=urls.cross_border_pair(language, here.code, there.code),
        here=here,
        there=there,
        turned=urls.cross_border_pair(language, there.code, here.code),
        same=tuple((view_row(one), view_row(across[one.id])) for one in both),
        purposes=tuple(
            Purpose(
                name,
                words(f"cross_border.purpose.{name}"),
                (
                    _view_side(here, types, dataset, words),
                    _view_side(there, types, dataset, words),
                ),
            )
            for name, types in PURPOSES.items()
        ),
        procedures=_view_procedures(dataset, words),
        instruments=_view_instruments(dataset, words),
    )


def _view_side(
    country: CountryView, types: tuple[str, ...], dataset: Dataset, words: Words
) -> Side:
    found = [one for one in country.organizations if set(types) & set(one.types)]
    found.sort(key=lambda one: _aptness(one, types))
    known = dataset.service_types
    parents = {known[name].parent for name in types if name in known}
    more = tuple(
        PageLink(group.name.text, country.address.at(group.anchor))
        for group in country.needs
        if group.id in parents and len(found) > SHOWN_PER_STEP
    )
    return Side(country, tuple(view_row(one, types=types) for one in found[:SHOWN_PER_STEP]), more)


def _aptness(organization: OrganizationView, types: tuple[str, ...]) -> tuple[object, ...]:
    """Sort by how it can be reached, then by what it offers."""
    rank = min(types.index(name) for name in organization.types if name in types)
    return organization.urgency, rank, organization.id


def _view_procedures(dataset: Dataset, words: Words) -> tuple[Procedure, ...]:
    authored = dataset.authored_in(words.language)
    found = []
    for name, (page_name, anchor) in STEPS.items():
        if page_name not in authored:
            continue
        page = authored[page_name]
        steps = find_steps(page, anchor)
        if not steps.items:
            continue
        place = urls.prose(words.language, page_name).at(anchor)
        found.append(
            Procedure(
                title=words(f"cross_border.steps.{name}"),
                steps=tuple(parse_spans(one, page_name, words.language) for one in steps.items),
                sources=_cite(steps.citations, dataset, words),
                guidance=PageLink(page.title, place),
            )
        )
    return tuple(found)


def parse_spans(text: str, page_name: str, language: str) -> tuple[Span, ...]:
    """Return a line of Markdown in its parts; links are relative to an authored page."""
    spans = []
    for found in _INLINE.finditer(text):
        plain, strong, label, target = found.group("plain", "strong", "label", "target")
        if label:
            path, _, anchor = target.partition("#")
            name = posixpath.normpath(posixpath.join(posixpath.dirname(page_name), path))
            name = name.removesuffix(".md").removesuffix("/index") if path else page_name
            spans.append(Span(label, address=urls.prose(language, name).at(anchor)))
        else:
            spans.append(Span(strong or plain, is_strong=bool(strong)))
    return tuple(spans)


def _cite(
    citations: tuple[Citation, ...], dataset: Dataset, words: Words
) -> tuple[CitationView, ...]:
    return tuple(view_citation(citation, dataset, words) for citation in citations)


def _view_instruments(dataset: Dataset, words: Words) -> tuple[PageLink, ...]:
    """Return the instruments above countries, but those of bodies that not all belong to."""
    return tuple(
        PageLink(
            law.title.in_language(words.language).text,
            urls.jurisdiction(words.language, law.jurisdiction).at(law.id),
        )
        for place in ABOVE_COUNTRIES
        for law in dataset.legal_frameworks.values()
        if law.jurisdiction == place and not law.id.startswith(REGIONAL_BODIES)
    )
