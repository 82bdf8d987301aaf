"""`api/v1/index.json`: what is published, with sizes and hashes by which others can check it."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from generator import urls
from generator.dataset import Dataset
from generator.exports.api import SCHEMA_DIALECT, render_json
from generator.models.base import Record
from generator.models.reference import Edition
from generator.outputs import OutputFile
from generator.values.text import Text


class IndexEntry(Record):
    """One published file. Paths are below the site's root."""

    path: Text
    title: Text
    media_type: Text
    size: int = Field(description="bytes")
    sha256: Text = Field(pattern="^[0-9a-f]{64}$")
    licence: Text
    schema_path: Text | None = Field(default=None, alias="schema")


class Index(Record):
    """The edition of the data, and every file of it."""

    edition: Edition
    files: tuple[IndexEntry, ...]


def render_index(files: Sequence[OutputFile], dataset: Dataset) -> list[OutputFile]:
    """Return the index of the files, and its own schema, which it lists too."""
    assert dataset.edition is not None
    schema = OutputFile(
        urls.api_schema("index"),
        render_json(
            {
                "$schema": SCHEMA_DIALECT,
                **Index.model_json_schema(mode="serialization", by_alias=True),
            }
        ),
        "application/schema+json",
        "JSON Schema of index.json",
    )
    entries = tuple(
        IndexEntry(
            path=file.address.path,
            title=file.title,
            media_type=file.media_type,
            size=len(file.content),
            sha256=file.sha256,
            licence=dataset.edition.licence,
            schema=file.schema.path if file.schema else None,
        )
        for file in sorted([*files, schema], key=lambda file: file.address)
    )
    edition = dataset.edition.model_copy(update={"date": dataset.date})
    index = Index(edition=edition, files=entries)
    content = render_json(index.model_dump(mode="json", by_alias=True, exclude_none=True))
    return [
        schema,
        OutputFile(
            urls.API_INDEX,
            content,
            "application/json",
            "This list",
            schema=schema.address,
        ),
    ]
