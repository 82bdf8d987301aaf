"""What changes of the data do to pages and guides, found by making both and comparing them.

Exact, and no second list of what is shown where. With the real data one changed record takes 5 to
7 s, and each of several about 3 s more. When terms or the site's own words differ, every page of
that language is rendered in both states, which takes about 4 s more a language.
Frames (menus, the note that a page is a draft, the date of the data) are not compared, nor is what
other files hold over again (a country in one file, sizes of downloads).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from generator import urls
from generator.changes.model import Effect
from generator.changes.records import RecordKey, with_record
from generator.checks import check_dataset
from generator.dataset import Dataset
from generator.guides import make_guides
from generator.guides.frame import DATED
from generator.maps import MapTooCrowdedError
from generator.pages import render_pages
from generator.pages.rendering import Page, Renderer
from generator.problems import has_errors
from generator.urls import Address
from generator.views.sources import view_citation
from generator.words import UnusableTextError

MOST_RECORDS = 8
"""How many records have their effect told apart; of more, only that of all together is."""

EFFECT_FAILURES = (MapTooCrowdedError, UnusableTextError)
"""What the data of a state without errors can still make impossible to show."""


class _Recorder(Renderer):
    """Notes what each template would be filled with, and fills it in only when asked."""

    def __init__(self, dataset: Dataset, language: str) -> None:
        super().__init__(dataset, language)
        self.filled: dict[Address, tuple[str, Mapping[str, Any]]] = {}

    def render(self, template: str, address: Address, **values: Any) -> str:
        self.filled[address] = (template, values)
        return ""

    def html(self, address: Address) -> str:
        """Return a page's content as it is shown."""
        template, values = self.filled[address]
        return super().render(template, address, **values)


class _Shown:
    """Everything that one state of the data shows."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.recorders: dict[str, _Recorder] = {}
        self.pages: dict[str, tuple[str, Page]] = {}
        for language in dataset.languages:
            recorder = self.recorders[language] = _Recorder(dataset, language)
            for page in render_pages(recorder):
                self.pages[page.address.path] = (language, page)

    @cached_property
    def guides(self) -> dict[str, Any]:
        """What each guide says, by path."""
        guides = make_guides(self.dataset, site_url=None)
        return {
            guide.address.path: {k: v for k, v in guide.data.items() if k not in DATED}
            for guide in guides
        }

    @cached_property
    def authored(self) -> dict[str, object]:
        """What each authored page says, cites and explains, by path."""
        found: dict[str, object] = {}
        for language, recorder in self.recorders.items():
            for name, page in self.dataset.authored_in(language).items():
                found[urls.prose(language, name).path] = (
                    (page.language, page.title, page.description, page.text),
                    [
                        view_citation(citation, self.dataset, recorder.words)
                        for _, citation in page.citations
                    ],
                    [recorder.terms[one] for one in sorted(recorder.index.find_in_text(page.text))],
                )
        return found

    @cached_property
    def situations(self) -> dict[str, str]:
        """The situation that a page is about, by path."""
        return {
            address.path: identifier
            for identifier in self.dataset.situations
            for language in self.dataset.languages
            for address in (
                urls.situation(language, identifier),
                *(
                    urls.country_situation(language, code, identifier)
                    for code in self.dataset.countries
                ),
            )
        }


def measure_effects(
    before: Dataset, after: Dataset, records: list[RecordKey]
) -> tuple[dict[RecordKey, Effect], Effect]:
    """Return what each of the changed records does, and what all do together.

    Both states are without errors. A record whose effect can't be told apart (it makes sense only
    together with others, or there are more than `MOST_RECORDS`) has none of its own. Raises one of
    `EFFECT_FAILURES`.
    """
    before = _with_new_texts(before, after)
    old, new = _Shown(before), _Shown(after)
    total = _compare(old, new)
    if len(records) == 1:
        return {records[0]: total}, total
    effects = {}
    for record in records if len(records) <= MOST_RECORDS else ():
        # What refers to a new record makes sense only after it, and the other way round.
        alone, without = with_record(before, after, record), with_record(after, before, record)
        if not _has_errors(alone):
            effects[record] = _compare(old, _Shown(alone))
        elif not _has_errors(without):
            effects[record] = _compare(_Shown(without), new)
    return effects, total


def _with_new_texts(before: Dataset, after: Dataset) -> Dataset:
    """Return the earlier state with the site's texts that only the later one has.

    Both are made by the program as it is now, which may need a text that came with it.
    """
    interfaces = {
        language: interface.model_copy(
            update={"texts": {**after.interfaces[language].texts, **interface.texts}}
        )
        if language in after.interfaces
        else interface
        for language, interface in before.interfaces.items()
    }
    return dataclasses.replace(before, interfaces=interfaces)


def _has_errors(dataset: Dataset) -> bool:
    return has_errors(list(check_dataset(dataset)))


def _compare(old: _Shown, new: _Shown) -> Effect:
    pages = {path for path in old.pages.keys() | new.pages.keys() if _differs(path, old, new)}
    pages |= _differing(old.authored, new.authored)
    situations = old.situations | new.situations
    return Effect(
        pages=tuple(sorted(pages)),
        guides=tuple(sorted(_differing(old.guides, new.guides))),
        situations=tuple(sorted({situations[path] for path in pages if path in situations})),
    )


def _differing(old: Mapping[str, object], new: Mapping[str, object]) -> set[str]:
    return {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}


def _differs(path: str, old: _Shown, new: _Shown) -> bool:
    if path not in old.pages or path not in new.pages:
        return True
    (language, was), (_, now) = old.pages[path], new.pages[path]
    if was != now:
        return True
    before, after = old.recorders[language], new.recorders[language]
    is_same_ground = before.words == after.words and before.terms == after.terms
    if is_same_ground and before.filled[was.address] == after.filled[now.address]:
        return False
    return before.html(was.address) != after.html(now.address)
