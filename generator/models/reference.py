"""What other records refer to: taxonomies, places, the edition, the site's own words."""

from __future__ import annotations

from string import Formatter
from typing import Annotated, Any, Literal

from babel.localedata import exists
from pydantic import AfterValidator, Field, PlainValidator

from generator.models.base import Record
from generator.values.country import CountryCode
from generator.values.dates import FullDate
from generator.values.errors import quote, value_error
from generator.values.links import WebAddress
from generator.values.text import Identifier, Language, LocalizedText, Text, check_text


class TaxonomyTerm(Record):
    """One term of a taxonomy. In `service-types`, terms without a parent are the readers' needs."""

    id: Identifier
    name: LocalizedText
    description: LocalizedText | None = None
    parent: Identifier | None = None


class Taxonomy(Record):
    """A list of terms in the order in which they are shown; one file in `data/taxonomies/`."""

    id: Identifier
    name: LocalizedText
    terms: tuple[TaxonomyTerm, ...] = Field(min_length=1)


class Place(Record):
    """A city; one line of `data/places.csv`. Coordinates are WGS 84 degrees from GeoNames."""

    id: Identifier
    geonames_id: int = Field(gt=0)
    country: CountryCode
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    name: LocalizedText


class Edition(Record):
    """What this state of the data is called and when it was published; `data/edition.yaml`."""

    title: Text
    version: Text = Field(examples=["2026.1"])
    date: FullDate
    publisher: Text
    licence: Text
    licence_url: WebAddress


def _check_site_text(value: Any) -> str | dict[str, str]:
    """Return a text, or the plural forms of one; raise `site-text` for anything else."""
    forms = value if isinstance(value, dict) else {"other": value}
    if "other" not in forms or not set(forms) <= {"zero", "one", "two", "few", "many", "other"}:
        raise value_error(
            "site-text",
            "plural forms are zero, one, two, few, many and other, and other is always there",
            fix="write one text, or {one: …, other: …}",
        )
    for form in forms.values():
        if not isinstance(form, str):
            raise value_error("site-text", "this is no text", fix="write it in quotation marks")
        check_text(form)
        try:
            list(Formatter().parse(form))
        except ValueError:
            raise value_error(
                "site-text",
                "a brace is opened but not closed",
                fix="write {name} for what the site fills in",
            ) from None
    return dict(forms) if isinstance(value, dict) else str(value)


def _check_interface_language(code: str) -> str:
    if not exists(code):
        raise value_error(
            "language",
            f"Unicode CLDR has no rules for {quote(code)}",
            fix="write a code such as en, fr or ar",
        )
    return code


KeywordKind = Literal[
    "service_types",
    "situations",
    "glossary",
    "countries",
    "places",
    "organizations",
    "legal_frameworks",
    "good_practices",
    "resources",
    "sources",
    "pages",
]
"""What keywords can be given for: kinds of records, service types, and authored pages."""

SiteText = Annotated[Any, PlainValidator(_check_site_text)]
InterfaceLanguage = Annotated[Language, AfterValidator(_check_interface_language)]


class SearchWords(Record):
    """The words by which readers look for things in one language; `data/search/<language>.yaml`.

    They are never shown. `keywords` are by the kind of record and its identifier.
    """

    language: InterfaceLanguage
    ignored: tuple[Text, ...] = Field(
        default=(), description="words that say nothing about what is looked for"
    )
    synonyms: tuple[tuple[Text, ...], ...] = Field(
        default=(), description="groups of single words that mean the same to a reader"
    )
    keywords: dict[KeywordKind, dict[Text, tuple[Text, ...]]] = Field(
        default={}, description="other words and phrases for single records"
    )


class Interface(Record):
    """The words of the site in one language; `data/interface/<language>.yaml`.

    `texts` maps a name to a text, or to the plural forms of Unicode CLDR (one, few, other, …).
    """

    language: InterfaceLanguage
    direction: Literal["ltr", "rtl"]
    name: Text = Field(description="the language's name in itself")
    texts: dict[str, SiteText]
