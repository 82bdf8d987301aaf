"""What other records refer to: taxonomies, places, the edition, the site's own words."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.models.base import Record
from generator.values.country import CountryCode
from generator.values.dates import FullDate
from generator.values.links import WebAddress
from generator.values.text import Identifier, Language, LocalizedText, Text


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


class Interface(Record):
    """The words of the site in one language; `data/interface/<language>.yaml`.

    `texts` maps a name to a text, or to the plural forms of Unicode CLDR (one, few, other, …).
    """

    language: Language
    direction: Literal["ltr", "rtl"]
    name: Text = Field(description="the language's name in itself")
    texts: dict[str, Text | dict[Literal["zero", "one", "two", "few", "many", "other"], Text]]
