"""Pocket guides: from the views that pages show to PDF files to print, read and hand over."""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from generator.dataset import Dataset
from generator.font import can_print
from generator.guides.country import CountryGuides, order_by_use
from generator.guides.frame import Guide
from generator.guides.region import make_region_guides
from generator.guides.typesetting import GuideError, LeftOut, SetGuide, set_guide
from generator.values.text import SOURCE_LANGUAGE
from generator.views.countries import view_country
from generator.views.glossary import TermView, view_terms
from generator.views.law import view_jurisdictions
from generator.views.maps import view_country_map
from generator.views.situations import order_situations, view_situation
from generator.views.translations import has_drafts
from generator.words import words_for

__all__ = [
    "Guide",
    "GuideError",
    "LeftOut",
    "SetGuide",
    "find_printable_languages",
    "make_guides",
    "set_guides",
]

_WORTH_A_PROCESS = 10
"""How many guides a process sets in the time that it takes to start."""


def make_guides(dataset: Dataset, *, site_url: str | None) -> Iterator[Guide]:
    """Yield all guides in all languages that can be printed, before they are set.

    `site_url` is where the site will be published; without it no guide says so. Raises
    `ValueError` for data without an edition.
    """
    printable = find_printable_languages(dataset)
    for language in printable:
        words = words_for(dataset, language)
        terms = [_in_languages(term, printable) for term in view_terms(dataset, words).values()]
        situations = order_situations(dataset)
        is_draft = language != SOURCE_LANGUAGE and has_drafts(dataset, language)
        laws = {law.id: law for law in view_jurisdictions(dataset, words)}
        countries = [view_country(record, dataset, words) for record in dataset.countries.values()]
        for country in countries:
            guides = CountryGuides(
                country,
                dataset,
                words,
                situations=[view_situation(one, country, dataset, words) for one in situations],
                terms=order_by_use(terms, dataset),
                law=laws.get(country.code),
                map_view=view_country_map(country, dataset, words),
                site_url=site_url,
                is_draft=is_draft,
            )
            yield from guides.make()
        yield from make_region_guides(
            dataset,
            words,
            terms=terms,
            situations=[view_situation(one, None, dataset, words) for one in situations],
            countries=countries,
            site_url=site_url,
            is_draft=is_draft,
        )


def find_printable_languages(dataset: Dataset) -> list[str]:
    """Return the languages of the site whose letters the font of the guides has."""
    return [code for code in dataset.languages if can_print(dataset.interfaces[code].name)]


def _in_languages(term: TermView, languages: Sequence[str]) -> TermView:
    equivalents = tuple(one for one in term.equivalents if one.language in languages)
    return dataclasses.replace(term, equivalents=equivalents)


def set_guides(guides: Sequence[Guide]) -> list[SetGuide]:
    """Return the guides set, in the same order. Raises `GuideError`, see `set_guide`."""
    worker_count = min(os.cpu_count() or 1, len(guides) // _WORTH_A_PROCESS)
    if worker_count < 2:  # noqa: PLR2004  one process is this one
        return [set_guide(guide) for guide in guides]
    # The typesetter holds the interpreter; processes that are started anew inherit no locks.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(worker_count, mp_context=context) as workers:
        return list(workers.map(set_guide, guides))
