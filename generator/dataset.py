"""All records together, and the files that they were read from."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import BaseModel

from generator.authored import AuthoredPage
from generator.models.base import Source
from generator.models.channels import Channel
from generator.models.countries import Country
from generator.models.knowledge import (
    GoodPractice,
    LegalFramework,
    Resource,
    Situation,
    Term,
)
from generator.models.organizations import Organization
from generator.models.reference import (
    Edition,
    Interface,
    KeywordKind,
    Place,
    SearchWords,
    Taxonomy,
    TaxonomyTerm,
)
from generator.values.text import SOURCE_LANGUAGE
from generator.yaml_source import SourceFile

Kind = Literal[
    "countries",
    "organizations",
    "glossary",
    "legal_frameworks",
    "good_practices",
    "situations",
    "resources",
    "sources",
    "taxonomies",
    "places",
    "interface",
    "search",
    "edition",
]
"""The kinds of records, named as their folders below `data/`."""

SERVICE_TYPES = "service-types"
"""The taxonomy of needs and of the service types below them."""

PRACTICE_TAXONOMIES = {
    "objectives": "gcm-objectives",
    "principles": "gcm-principles",
    "sdgs": "sdgs",
    "types": "practice-types",
}
"""Which taxonomy the terms of each field of a practice are from."""


ALL_PLACES: tuple[Kind, str] = ("places", "*")
"""Stands among what is broken when the whole table of cities can't be read."""


@dataclasses.dataclass(frozen=True)
class Dataset:
    """What the whole site is made of. All mappings are sorted by their keys, which are identifiers.

    `organizations` and `legal_frameworks` are keyed by their `key`, since an identifier may stand
    in several folders (the same organization at work in several countries). `broken` names the
    records that exist but couldn't be read, so that nothing that points to them is reported too.
    `translation_lock` holds what translations were made from, see `translations.py`.
    """

    edition: Edition | None
    countries: Mapping[str, Country]
    organizations: Mapping[str, Organization]
    glossary: Mapping[str, Term]
    legal_frameworks: Mapping[str, LegalFramework]
    good_practices: Mapping[str, GoodPractice]
    situations: Mapping[str, Situation]
    resources: Mapping[str, Resource]
    sources: Mapping[str, Source]
    taxonomies: Mapping[str, Taxonomy]
    places: Mapping[str, Place]
    interfaces: Mapping[str, Interface]
    search_words: Mapping[str, SearchWords]
    authored: tuple[AuthoredPage, ...]
    translation_lock: Mapping[str, Mapping[str, str]]
    files: Mapping[tuple[Kind, str], SourceFile]
    broken: frozenset[tuple[Kind, str]] = frozenset()

    def knows(self, kind: Kind, key: str) -> bool:
        """Tell whether there is such a record, readable or not."""
        return (kind, key) in self.files or (kind, key) in self.broken

    def organizations_in(self, country: str) -> list[Organization]:
        """Return the organizations at work in a country (ISO 3166-1 alpha-2), by identifier."""
        return [o for o in self.organizations.values() if o.country == country]

    def types_offered_in(self, country: str) -> set[str]:
        """Return the service types that anybody in a country offers."""
        return {
            name
            for organization in self.organizations_in(country)
            for service in organization.services
            for name in service.types
        }

    @property
    def service_types(self) -> Mapping[str, TaxonomyTerm]:
        """The needs and service types by identifier, in the order in which they are shown."""
        taxonomy = self.taxonomies.get(SERVICE_TYPES)
        return {term.id: term for term in taxonomy.terms} if taxonomy else {}

    @property
    def needs(self) -> list[TaxonomyTerm]:
        """The needs that readers choose from, in the order in which they are shown."""
        return [term for term in self.service_types.values() if term.parent is None]

    @property
    def languages(self) -> list[str]:
        """The languages of the site: the source's, then those that run as it does, by code."""
        return sorted(
            self.interfaces,
            key=lambda code: (
                code != SOURCE_LANGUAGE,
                self.interfaces[code].direction == "rtl",
                code,
            ),
        )

    @property
    def date(self) -> str:
        """The day that the data is of (ISO 8601): the edition's, or the newest confirmation's.

        So whoever confirms a number changes nothing but that number, and what is printed with
        it has a newer date than what was printed before. Raises `ValueError` without an edition.
        """
        if self.edition is None:
            raise ValueError("data without an edition has no date; check the data first")
        confirmed = (c.confirmed.assured_date for _, _, c in self.channels() if c.confirmed)
        return max((self.edition.date, *confirmed))

    def keywords(self, kind: KeywordKind, key: str, *, language: str) -> tuple[str, ...]:
        """Return the words by which readers of a language look for a record."""
        words = self.search_words.get(language)
        return words.keywords.get(kind, {}).get(key, ()) if words else ()

    def authored_in(self, language: str) -> dict[str, AuthoredPage]:
        """Return the authored pages by name; those that a language lacks in the source's."""
        found = {page.name: page for page in self.authored if page.language == SOURCE_LANGUAGE}
        return found | {page.name: page for page in self.authored if page.language == language}

    def records(self) -> Iterator[tuple[Kind, str, BaseModel]]:
        """Yield every record that may cite sources, with its kind and key."""
        yield from (("countries", key, record) for key, record in self.countries.items())
        yield from (("organizations", key, record) for key, record in self.organizations.items())
        yield from (("glossary", key, record) for key, record in self.glossary.items())
        yield from (
            ("legal_frameworks", key, record) for key, record in self.legal_frameworks.items()
        )
        yield from (("good_practices", key, record) for key, record in self.good_practices.items())
        yield from (("situations", key, record) for key, record in self.situations.items())
        yield from (("resources", key, record) for key, record in self.resources.items())

    def channels(self) -> Iterator[tuple[Organization, int, Channel]]:
        """Yield every channel with its organization and its place in the organization's list."""
        for organization in self.organizations.values():
            for index, channel in enumerate(organization.channels):
                yield organization, index, channel
