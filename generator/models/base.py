"""What all entities share, and how they say where they come from."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo
from pydantic.fields import ComputedFieldInfo, FieldInfo

from generator.values.dates import PartialDate
from generator.values.errors import quote
from generator.values.links import WebAddress
from generator.values.text import Identifier, LocalizedText, Text

_TITLES = {"id": "Identifier", "isbn": "ISBN", "sdgs": "SDGs", "url": "Web address"}


def _title(name: str, _: FieldInfo | ComputedFieldInfo) -> str:
    """Return a field's name in words, as editors see it above its description."""
    return _TITLES.get(name, name.replace("_", " ").capitalize())


class Record(BaseModel):
    """What all entities share: unknown fields are refused, values neither coerced nor changed."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, field_title_generator=_title
    )


class Source(Record):
    """A publication that statements cite; one file in `data/sources/`."""

    id: Identifier = Field(
        description="the name of this file without .yaml; never changes",
        examples=["iom-unicef-2025"],
    )
    title: LocalizedText = Field(
        description="the title as it is printed, in the language of the publication",
        examples=[{"en": "Glossary on Migration"}],
    )
    authors: tuple[Text, ...] = Field(
        min_length=1, description="persons or organizations, in order", examples=[["IOM", "UNICEF"]]
    )
    published: PartialDate | None = Field(
        default=None,
        description="year, month or day, in quotation marks; absent where the source has no date",
        examples=["2025", "2025-03", "2025-03-14"],
    )
    accessed: PartialDate | None = Field(
        default=None, description="when it was read; for undated web pages", examples=["2026-10-02"]
    )
    container: Text | None = Field(
        default=None,
        description="the journal or series it appeared in",
        examples=["International Migration Law, No 34"],
    )
    publisher: Text | None = Field(
        default=None, description="who published it, and where", examples=["IOM, Geneva"]
    )
    isbn: Text | None = Field(
        default=None, description="in quotation marks", examples=["978-92-9068-000-0"]
    )
    url: WebAddress | None = Field(
        default=None,
        description="where it can be read",
        examples=["https://www.example.org/report"],
    )
    licence: Text | None = Field(
        default=None, description="as the source states it", examples=["CC BY-NC-ND 3.0 IGO"]
    )


class Citation(Record):
    """The place in a source where a statement stands."""

    source: Identifier = Field(
        description="a file in data/sources/, without .yaml", examples=["iom-unicef-2025"]
    )
    pages: Text | None = Field(
        default=None,
        description="where it stands there; one page in quotation marks",
        examples=["71-72", "195"],
    )
    article: Text | None = Field(
        default=None, description="instead of pages, in a law or treaty", examples=["art. 3"]
    )


class Statement(Record):
    """A sentence or two of our own, with the sources that say so."""

    text: LocalizedText = Field(
        description="our own words, never copied from the source",
        examples=[{"en": "Ask for a guardian."}],
    )
    sources: tuple[Citation, ...] = Field(
        min_length=1,
        description="the publications that say so",
        examples=[[{"source": "iom-unicef-2025", "pages": "26"}]],
    )


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


def called(what: str, info: ValidationInfo) -> str:
    """Return what a validator calls the record that it is in, by the `id` if that was readable."""
    return f"{what} {quote(info.data['id'])}" if "id" in info.data else f"this {what}"
