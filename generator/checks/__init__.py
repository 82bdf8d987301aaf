"""Rules that no record can tell by itself: what points where, and what stands twice or nowhere.

Each check takes the dataset and yields its problems; `CHECKS` is all of them but `check_dates`,
which alone has to know what day it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.checks.directory import (
    check_call_first,
    check_dates,
    check_nationwide_contacts,
    check_organizations,
    check_places,
    check_repeated_numbers,
    check_service_types,
    check_taxonomies,
)
from generator.checks.interface import check_interfaces
from generator.checks.knowledge import (
    check_abbreviations,
    check_authored_pages,
    check_gaps,
    check_practices,
    check_resources,
    check_situations,
    check_sources_exist,
    check_terms,
)
from generator.checks.places import check_coordinates, check_geonames
from generator.checks.printing import check_letters
from generator.checks.search import check_search_numbers, check_search_words
from generator.checks.translations import check_translations
from generator.dataset import Dataset
from generator.problems import Problem

Check = Callable[[Dataset], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    check_sources_exist,
    check_authored_pages,
    check_service_types,
    check_taxonomies,
    check_organizations,
    check_places,
    check_coordinates,
    check_geonames,
    check_call_first,
    check_nationwide_contacts,
    check_repeated_numbers,
    check_terms,
    check_abbreviations,
    check_practices,
    check_situations,
    check_gaps,
    check_resources,
    check_interfaces,
    check_search_words,
    check_search_numbers,
    check_letters,
    check_translations,
)


__all__ = ["CHECKS", "check_dataset", "check_dates"]


def check_dataset(dataset: Dataset) -> list[Problem]:
    """Return everything that the checks find, in their order, whatever day it is."""
    return [problem for check in CHECKS for problem in check(dataset)]
