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

    id: Identifier = Field(description="never changes", examples=["legal-assistance"])
    name: LocalizedText = Field(
        description="as readers see it", examples=[{"en": "Legal assistance"}]
    )
    description: LocalizedText | None = Field(
        default=None,
        description="what readers find there, in a sentence",
        examples=[{"en": "A safe place to stay."}],
    )
    parent: Identifier | None = Field(
        default=None, description="the term above it; absent: it is at the top", examples=["legal"]
    )


class Taxonomy(Record):
    """A list of terms in the order in which they are shown; one file in `data/taxonomies/`."""

    id: Identifier = Field(
        description="the name of this file without .yaml; never changes",
        examples=["service-types"],
    )
    name: LocalizedText = Field(
        description="what the list is called", examples=[{"en": "Migration routes"}]
    )
    terms: tuple[TaxonomyTerm, ...] = Field(
        min_length=1, description="in the order in which they are shown"
    )


class Place(Record):
    """A city; one line of `data/places.csv`. Coordinates are WGS 84 degrees from GeoNames."""

    id: Identifier
    geonames_id: int = Field(gt=0)
    country: CountryCode
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    name: LocalizedText


class Edition(Record):
    """What this state of the data is called and when it was published; `data/edition.yaml`.

    Where a contact was confirmed later, that day is shown as the date of the data.
    """

    title: Text = Field(
        description="what the data is called", examples=["Dalil: children on the move"]
    )
    version: Text = Field(
        description="change it when you publish; in quotation marks", examples=["2026.1"]
    )
    date: FullDate = Field(
        description="the day of publication, in quotation marks; readers see the day of the "
        "newest confirmation instead, if that is later"
    )
    publisher: Text = Field(description="who answers for the data", examples=["Dalil"])
    licence: Text = Field(description="what others may do with it", examples=["CC BY 4.0"])
    licence_url: WebAddress = Field(
        description="where the licence can be read",
        examples=["https://creativecommons.org/licenses/by/4.0/"],
    )


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

PluralForm = Literal["zero", "one", "two", "few", "many", "other"]

SiteText = Annotated[
    Any, PlainValidator(_check_site_text, json_schema_input_type=str | dict[PluralForm, str])
]
InterfaceLanguage = Annotated[Language, AfterValidator(_check_interface_language)]


class SearchWords(Record):
    """The words by which readers look for things in one language; `data/search/<language>.yaml`.

    They are never shown. `keywords` are by the kind of record and its identifier.
    """

    language: InterfaceLanguage = Field(description="as the file is called")
    ignored: tuple[Text, ...] = Field(
        default=(),
        description="words that say nothing about what is looked for",
        examples=[["the", "please"]],
    )
    synonyms: tuple[tuple[Text, ...], ...] = Field(
        default=(),
        description="groups of single words that mean the same to a reader",
        examples=[[["kid", "child"]]],
    )
    keywords: dict[KeywordKind, dict[Text, tuple[Text, ...]]] = Field(
        default={},
        description="other words and phrases for single records, by kind and identifier",
        examples=[{"situations": {"child-alone": ["lost child"]}}],
    )


class Interface(Record):
    """The words of the site in one language; `data/interface/<language>.yaml`.

    `texts` gives each name a text, or its plural forms: `one`, `few`, `other` … as the language
    needs them (Unicode CLDR).
    """

    language: InterfaceLanguage = Field(description="as the file is called")
    direction: Literal["ltr", "rtl"] = Field(
        description="ltr: written from left to right; rtl: from right to left"
    )
    name: Text = Field(description="the language's name in itself", examples=["français"])
    texts: dict[str, SiteText] = Field(
        description="the words of the site by name; what stands in {braces} is filled in by it",
        examples=[
            {"call": "Call {number}", "services": {"one": "one service", "other": "{count}"}}
        ],
    )
