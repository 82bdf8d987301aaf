"""`api/v1/`: the whole model in all languages: a JSON file and a JSON Schema for each kind."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, create_model

from generator import urls
from generator.dataset import Dataset
from generator.models.base import Record, Source
from generator.models.countries import Country
from generator.models.knowledge import (
    GoodPractice,
    LegalFramework,
    Resource,
    Situation,
    Term,
)
from generator.models.organizations import Organization, Service
from generator.models.reference import Place, Taxonomy
from generator.outputs import OutputFile
from generator.values.country import CountryCode
from generator.values.text import Identifier, Text

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class PublishedService(Service):
    """A service with the organization that offers it, since it leaves its file here."""

    country: CountryCode
    organization: Identifier


def render_api(dataset: Dataset) -> list[OutputFile]:
    """Return the JSON files of all kinds of records and their schemas."""
    kinds: dict[str, tuple[type[Record], Sequence[Record]]] = {
        "countries": (Country, list(dataset.countries.values())),
        "organizations": (Organization, list(dataset.organizations.values())),
        "services": (PublishedService, _services(dataset)),
        "glossary": (Term, list(dataset.glossary.values())),
        "legal_frameworks": (LegalFramework, list(dataset.legal_frameworks.values())),
        "good_practices": (GoodPractice, list(dataset.good_practices.values())),
        "situations": (Situation, list(dataset.situations.values())),
        "resources": (Resource, list(dataset.resources.values())),
        "sources": (Source, list(dataset.sources.values())),
        "taxonomies": (Taxonomy, list(dataset.taxonomies.values())),
        "places": (Place, list(dataset.places.values())),
    }
    files = []
    for kind, (model, records) in kinds.items():
        envelope = create_model(
            f"{model.__name__}List",
            __base__=Record,
            __doc__=f"All records of the kind `{kind}`, and the edition that they are of.",
            version=(Text, ...),
            items=(tuple[model, ...], ...),  # type: ignore[valid-type]  # a type made at run time
        )
        assert dataset.edition is not None
        content = {
            "version": dataset.edition.version,
            "items": [_published(record) for record in records],
        }
        schema_address = urls.api_schema(kind)
        files.append(
            OutputFile(
                urls.api_file(kind),
                render_json(content),
                "application/json",
                f"All {kind}",
                schema=schema_address,
            )
        )
        files.append(
            OutputFile(
                schema_address,
                render_json(_schema(envelope)),
                "application/schema+json",
                f"JSON Schema of {kind}.json",
            )
        )
    return files


def render_json(content: Any) -> bytes:
    """Return JSON as it is published: UTF-8, indented, the same bytes for the same content."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _published(record: Record) -> dict[str, Any]:
    """Return a record without what is not known, and without what nobody may know."""
    return _without_hidden(record).model_dump(mode="json", exclude_none=True)


def _without_hidden(record: Record) -> Record:
    """Return an organization as its locations' precision allows: a hidden place leaves no trace."""
    if not isinstance(record, Organization):
        return record
    hidden = {loc.id for loc in record.locations if loc.precision == "hidden"}
    if not hidden:
        return record
    return record.model_copy(
        update={
            "locations": tuple(loc for loc in record.locations if loc.id not in hidden),
            "services": tuple(_without_places(s, hidden) for s in record.services),
            "channels": tuple(
                c.model_copy(update={"location": None}) if c.location in hidden else c
                for c in record.channels
            ),
        }
    )


def _without_places(service: Service, hidden: set[str]) -> Service:
    kept = tuple(location for location in service.locations if location not in hidden)
    return service.model_copy(update={"locations": kept})


def _services(dataset: Dataset) -> list[PublishedService]:
    services = []
    for organization in dataset.organizations.values():
        hidden = {loc.id for loc in organization.locations if loc.precision == "hidden"}
        for service in organization.services:
            fields = {name: getattr(service, name) for name in Service.model_fields}
            fields["locations"] = _without_places(service, hidden).locations
            services.append(
                PublishedService(
                    **fields, country=organization.country, organization=organization.id
                )
            )
    return services


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return {"$schema": SCHEMA_DIALECT, **model.model_json_schema(mode="serialization")}
