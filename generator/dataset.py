"""All records together, and the files that they were read from."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Literal

from generator.models import (
    Channel,
    Country,
    Edition,
    Interface,
    Organization,
    Place,
    Source,
    Taxonomy,
    TaxonomyTerm,
)
from generator.yaml_source import SourceFile

Kind = Literal[
    "countries",
    "organizations",
    "sources",
    "taxonomies",
    "places",
    "interface",
    "edition",
]
"""The kinds of records, named as their folders below `data/`."""

SERVICE_TYPES = "service-types"
"""The taxonomy of needs and of the service types below them."""


@dataclasses.dataclass(frozen=True)
class Dataset:
    """What the whole site is made of. All mappings are sorted by their keys, which are identifiers.

    `organizations` is keyed by `Organization.key`, since an identifier may stand for the same
    organization in several countries. `broken` names the records that exist but couldn't be read,
    so that nothing that points to them is reported a second time.
    """

    edition: Edition | None
    countries: Mapping[str, Country]
    organizations: Mapping[str, Organization]
    sources: Mapping[str, Source]
    taxonomies: Mapping[str, Taxonomy]
    places: Mapping[str, Place]
    interfaces: Mapping[str, Interface]
    files: Mapping[tuple[Kind, str], SourceFile]
    broken: frozenset[tuple[Kind, str]] = frozenset()

    def knows(self, kind: Kind, key: str) -> bool:
        """Tell whether there is such a record, readable or not."""
        return (kind, key) in self.files or (kind, key) in self.broken

    def organizations_in(self, country: str) -> list[Organization]:
        """Return the organizations at work in a country (ISO 3166-1 alpha-2), by identifier."""
        return [o for o in self.organizations.values() if o.country == country]

    @property
    def service_types(self) -> Mapping[str, TaxonomyTerm]:
        """The needs and service types by identifier, in the order in which they are shown."""
        taxonomy = self.taxonomies.get(SERVICE_TYPES)
        return {term.id: term for term in taxonomy.terms} if taxonomy else {}

    @property
    def needs(self) -> list[TaxonomyTerm]:
        """The needs that readers choose from, in the order in which they are shown."""
        return [term for term in self.service_types.values() if term.parent is None]

    def channels(self) -> Iterator[tuple[Organization, int, Channel]]:
        """Yield every channel with its organization and its place in the organization's list."""
        for organization in self.organizations.values():
            for index, channel in enumerate(organization.channels):
                yield organization, index, channel
