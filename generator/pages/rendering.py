"""How every generated page is made: a template filled in, its terms marked and explained."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from generator.dataset import Dataset, Kind
from generator.templates import isolate_numbers, make_environment, render
from generator.term_marking import TermIndex, TermMarker
from generator.urls import Address
from generator.views.downloads import GuideFacts
from generator.views.glossary import TermView, view_terms
from generator.views.links import PageLink
from generator.views.reports import NOBODY, Editors, ReportLink, view_report
from generator.views.updates import DayOfChanges
from generator.words import words_for


@dataclasses.dataclass(frozen=True)
class Page:
    """One generated page: its content as HTML, without the frame around it."""

    address: Address
    title: str
    description: str
    html: str
    crumbs: tuple[PageLink, ...] = ()
    report: tuple[ReportLink, ...] = ()


class Renderer:
    """Makes the pages of one language, with one set of words, templates and terms.

    `guides` are those that were set, by path; of others no size and no picture is shown.
    `editors` is where readers can tell that something is wrong, if that is known; `days` is what
    is known of earlier changes.
    """

    def __init__(
        self,
        dataset: Dataset,
        language: str,
        *,
        guides: Mapping[str, GuideFacts] | None = None,
        editors: Editors = NOBODY,
        days: Sequence[DayOfChanges] = (),
    ) -> None:
        self.dataset = dataset
        self.editors = editors
        self.days = days
        self.guides: Mapping[str, GuideFacts] = guides or {}
        self.words = words_for(dataset, language)
        self.terms: dict[str, TermView] = view_terms(dataset, self.words)
        self.index = TermIndex(self.terms, language=language)
        self._environment = make_environment(self.words)

    @property
    def language(self) -> str:
        """The BCP 47 code of the language."""
        return self.words.language

    def render(self, template: str, address: Address, **values: Any) -> str:
        """Return a template filled in; what it pipes through `prose` gets its terms explained."""
        marker = TermMarker(self.index, address)
        html = render(self._environment, template, page=address, marker=marker, **values)
        return self._isolate(html + self._explain(marker, address))

    def page(
        self,
        template: str,
        address: Address,
        *,
        title: str,
        description: str,
        crumbs: tuple[PageLink, ...] = (),
        record: tuple[Kind, str] | None = None,
        **values: Any,
    ) -> Page:
        """Return a page made from a template. `record` is the one that it shows, if it is one."""
        html = self.render(template, address, **values)
        report = self.report(*record) if record else ()
        return Page(address, title, description, html, crumbs, report)

    def report(self, kind: Kind, key: str) -> tuple[ReportLink, ...]:
        """Return where a record can be changed, or said to be wrong, as far as that is known."""
        return view_report(kind, key, self.dataset, self.editors, self.words)

    def document(self, template: str, address: Address, **values: Any) -> str:
        """Return a whole document from a template, around content that is ready."""
        return render(self._environment, template, page=address, **values)

    def mark_terms(self, html: str, address: Address) -> str:
        """Return the HTML of an authored page with its terms explained."""
        marker = TermMarker(self.index, address)
        return self._isolate(str(marker.mark(html)) + self._explain(marker, address))

    def _isolate(self, html: str) -> str:
        """Return HTML whose numbers keep their order, also where the language runs to the left."""
        return isolate_numbers(html) if self.words.direction == "rtl" else html

    def _explain(self, marker: TermMarker, address: Address) -> str:
        terms = sorted(marker.marked.values(), key=lambda term: term.id)
        if not terms:
            return ""
        return render(self._environment, "definitions.html.j2", page=address, terms=terms)
