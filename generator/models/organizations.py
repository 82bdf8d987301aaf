"""Organizations: what they offer, where, and through which channels."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from generator.models.base import Citation, Record, called
from generator.models.channels import Channel
from generator.values.country import CountryCode
from generator.values.errors import value_error
from generator.values.links import WebAddress
from generator.values.text import Identifier, Language, LocalizedText


class Address(Record):
    """An address in words; `postal` is where letters go, not a place to visit."""

    kind: Literal["physical", "postal"] = Field(
        description="physical: a place to visit (needs `precision: exact`); postal: for letters"
    )
    text: LocalizedText = Field(
        description="the address in one line", examples=[{"en": "1 Main street, Tunis"}]
    )


class Location(Record):
    """Where an organization works. Outputs show no more of it than `precision` allows."""

    id: Identifier = Field(
        description="unique within the organization; never changes", examples=["tunis"]
    )
    precision: Literal["exact", "city", "region", "hidden"] = Field(
        default="city",
        description="how much the site may show; hidden: nothing at all",
    )
    name: LocalizedText | None = Field(
        default=None,
        description="what it is called; absent: the name of its city",
        examples=[{"en": "Reception centre"}],
    )
    place: Identifier | None = Field(
        default=None,
        validate_default=True,
        description="its city: the `id` of a line of data/places.csv",
        examples=["tunis"],
    )
    latitude: float | None = Field(
        default=None,
        ge=-90,
        le=90,
        description="degrees (WGS 84), with `precision: exact`; of a region its middle, with one "
        "decimal",
        examples=[36.8065],
    )
    longitude: float | None = Field(
        default=None,
        validate_default=True,
        ge=-180,
        le=180,
        description="degrees (WGS 84), with `precision: exact`; of a region its middle, with one "
        "decimal",
        examples=[10.1815],
    )
    address: Address | None = Field(
        default=None,
        validate_default=True,
        description="a place to visit, or where letters go",
        examples=[{"kind": "postal", "text": {"en": "P.O. Box 12, Tunis"}}],
    )

    @field_validator("place")
    @classmethod
    def _check_named(cls, place: str | None, info: ValidationInfo) -> str | None:
        if "name" not in info.data:
            return place
        name = info.data["name"]
        if name is None and place is None:
            raise value_error(
                "location",
                f"{called('location', info)} has neither a `place` nor a `name`",
                fix="write `place:` with a line of data/places.csv, or a `name`",
            )
        if info.data.get("precision") == "region" and (place is not None or name is None):
            raise value_error(
                "location-precision",
                f"{called('location', info)} is a region, so it needs a `name` and no `place`",
                fix="write the region's name, and remove the city",
            )
        return place

    @field_validator("longitude")
    @classmethod
    def _check_both_coordinates(cls, longitude: float | None, info: ValidationInfo) -> float | None:
        if "latitude" in info.data and (info.data["latitude"] is None) != (longitude is None):
            raise value_error(
                "location",
                f"{called('location', info)} has only one coordinate",
                fix="write both `latitude` and `longitude`, or neither",
            )
        return longitude

    @field_validator("address")
    @classmethod
    def _check_precision(cls, address: Address | None, info: ValidationInfo) -> Address | None:
        precision = info.data.get("precision", "exact")
        corner = [info.data.get("latitude"), info.data.get("longitude")]
        is_middle = precision == "region" and all(
            number is None or round(number, 1) == number for number in corner
        )
        is_findable = (corner[0] is not None and not is_middle) or (
            address is not None and address.kind == "physical"
        )
        if is_findable and precision != "exact":
            raise value_error(
                "location-precision",
                f"{called('location', info)} says where it stands, but its precision is "
                f"`{precision}`",
                fix="remove the address and coordinates (of a region, one decimal may stay), or "
                "write `precision: exact`",
            )
        return address


class Service(Record):
    """One thing that an organization offers."""

    id: Identifier = Field(
        description="unique within the organization; never changes",
        examples=["legal-assistance"],
    )
    name: LocalizedText = Field(
        description="as the organization or the source calls it",
        examples=[{"en": "Legal assistance"}],
    )
    types: tuple[Identifier, ...] = Field(
        min_length=1,
        description="what kind of service it is: terms of data/taxonomies/service-types.yaml, of "
        "those with a `parent`",
        examples=[["legal-assistance"]],
    )
    description: LocalizedText | None = Field(
        default=None,
        description="what it consists of",
        examples=[{"en": "A lawyer accompanies the child to court."}],
    )
    eligibility_description: LocalizedText | None = Field(
        default=None, description="who can get it", examples=[{"en": "Children under 18"}]
    )
    locations: tuple[Identifier, ...] = Field(
        default=(),
        description="the `id`s of the locations where it is offered; absent: wherever it works",
        examples=[["tunis"]],
    )


OrganizationKind = Literal[
    "government",
    "united_nations",
    "red_cross_red_crescent",
    "international_ngo",
    "national_ngo",
]


class Organization(Record):
    """Who helps: one file in `data/organizations/<country>/`.

    The same identifier in two countries names the same organization at work in both.
    """

    id: Identifier = Field(
        description="the name of this file without .yaml; never changes; the same organization in "
        "two countries has the same",
        examples=["entraide-nationale"],
    )
    country: CountryCode = Field(description="the country's code, as the folder is called")
    name: LocalizedText = Field(
        description="official or, where that is not understood, translated",
        examples=[{"fr": "Entraide Nationale", "ar": "التعاون الوطني"}],
    )
    official_language: Language | None = Field(
        default=None,
        description="the language in which `name` is the official one; other languages show it too",
        examples=["fr"],
    )

    @field_validator("official_language")
    @classmethod
    def _check_official(cls, language: str | None, info: ValidationInfo) -> str | None:
        name: LocalizedText | None = info.data.get("name")
        if language is not None and name is not None and language not in name.root:
            raise value_error(
                "official-language",
                f"`name` has no text in {language}, its official language",
                fix=f"add `{language}:` to `name`, or correct the language",
            )
        return language

    abbreviation: LocalizedText | None = Field(
        default=None, description="as people know it", examples=[{"en": "UNHCR", "fr": "HCR"}]
    )
    kind: OrganizationKind = Field(description="what kind of organization it is")
    description: LocalizedText | None = Field(
        default=None,
        description="what it does, in a sentence",
        examples=[{"en": "Cares for children without a family."}],
    )
    partners: LocalizedText | None = Field(
        default=None,
        description="e.g. with whose support",
        examples=[{"en": "With UNICEF support"}],
    )
    website: WebAddress | None = Field(
        default=None, description="its own web site", examples=["https://www.example.org"]
    )
    sources: tuple[Citation, ...] = Field(
        min_length=1,
        description="where this record comes from",
        examples=[[{"source": "iom-unicef-2025", "pages": "71-72"}]],
    )
    services: tuple[Service, ...] = Field(min_length=1, description="what it offers")
    locations: tuple[Location, ...] = Field(default=(), description="where it works")
    channels: tuple[Channel, ...] = Field(default=(), description="how to reach it")

    @property
    def key(self) -> str:
        """The identifier across countries, such as `MA/unhcr`."""
        return f"{self.country}/{self.id}"
