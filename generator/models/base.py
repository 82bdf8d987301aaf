"""What all entities share, and how they say where they come from."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, Field

from generator.values.dates import PartialDate
from generator.values.links import WebAddress
from generator.values.text import Identifier, LocalizedText, Text


class Record(BaseModel):
    """What all entities share: unknown fields are refused, values neither coerced nor changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Source(Record):
    """A publication that statements cite; one file in `data/sources/`."""

    id: Identifier
    title: LocalizedText
    authors: tuple[Text, ...] = Field(
        min_length=1, description="persons or organizations, in order"
    )
    published: PartialDate | None = Field(
        default=None, description="absent where the source has no date"
    )
    accessed: PartialDate | None = Field(default=None, description="for undated web pages")
    container: Text | None = Field(default=None, description="the journal or series it appeared in")
    publisher: Text | None = None
    isbn: Text | None = None
    url: WebAddress | None = None
    licence: Text | None = Field(default=None, description="as the source states it")


class Citation(Record):
    """The place in a source where a statement stands."""

    source: Identifier
    pages: Text | None = Field(default=None, examples=["71-72"])
    article: Text | None = Field(default=None, examples=["art. 3"])


class Statement(Record):
    """A sentence or two of our own, with the sources that say so."""

    text: LocalizedText
    sources: tuple[Citation, ...] = Field(min_length=1)


def find_citations(
    value: object, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Citation]]:
    """Yield every citation inside a record, and where it stands."""
    if isinstance(value, Citation):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from find_citations(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from find_citations(item, (*path, index))
