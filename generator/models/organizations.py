"""Organizations, and how they can be reached: services, locations and contact channels."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from generator.models.base import Citation, Record
from generator.values.country import CountryCode
from generator.values.dates import FullDate, TimeOfDay
from generator.values.errors import at_field, quote, value_error
from generator.values.links import Email, WebAddress
from generator.values.phone import PhoneNumber, ShortCode, parse_phone_number
from generator.values.text import Identifier, Language, LocalizedText, Text


class Doubt(Record):
    """Why a channel can't be right or no longer works. It is shown as printed, never called."""

    reason: LocalizedText


class Confirmation(Record):
    """Somebody has tried the channel: `assured_date` as in HSDS, how, and who."""

    assured_date: FullDate
    method: Literal["phone", "email", "visit"]
    assurer: Text = Field(description="the organization or role that did it, no private person")


class Schedule(Record):
    """When somebody answers; in the local time of the country."""

    days: tuple[Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"], ...] = ()
    opens_at: TimeOfDay | None = None
    closes_at: TimeOfDay | None = None
    description: LocalizedText | None = Field(
        default=None, description="hours in words, as published"
    )

    @model_validator(mode="after")
    def _check_complete(self) -> Self:
        if (self.opens_at is None) != (self.closes_at is None):
            raise value_error(
                "schedule",
                "the hours have a beginning or an end, but not both",
                fix="write both `opens_at` and `closes_at`",
            )
        if self.opens_at is None and self.description is None:
            raise value_error(
                "schedule",
                "the schedule says no hours",
                fix="write `opens_at` and `closes_at`, or a `description`",
            )
        return self


class _Channel(Record):
    """What every way to reach an organization says of itself."""

    id: Identifier
    label: LocalizedText | None = Field(default=None, description="what the channel is for")
    nationwide: bool = Field(default=False, description="it serves the whole country")
    location: Identifier | None = Field(default=None, description="the location it belongs to")
    schedule: tuple[Schedule, ...] = ()
    languages: tuple[Language, ...] = Field(default=(), description="languages spoken")
    note: LocalizedText | None = Field(
        default=None, description="what else to know before using it"
    )
    as_printed: Text | None = Field(
        default=None,
        description="the source's own spelling, where it differs from ours",
    )
    published: Citation | None = Field(default=None, description="the source that printed it")
    confirmed: Confirmation | None = Field(
        default=None, description="the last time somebody tried it"
    )
    doubtful: Doubt | None = None

    @model_validator(mode="after")
    def _check_reach(self) -> Self:
        if self.nationwide == (self.location is not None):
            raise value_error(
                "channel-reach",
                f"channel {quote(self.id)} must serve either the whole country or one location",
                fix="write `nationwide: true` or `location: …`, not both",
            )
        return self

    @model_validator(mode="after")
    def _check_provenance(self) -> Self:
        if self.published is None and self.confirmed is None:
            raise value_error(
                "channel-provenance",
                f"channel {quote(self.id)} does not say where it comes from",
                fix="add `published: {source: …}` or `confirmed: {assured_date: …}`",
            )
        return self


class PhoneChannel(_Channel):
    """An ordinary phone number."""

    kind: Literal["phone"]
    number: Text = Field(examples=["+213 661 46 46 22"])
    country: CountryCode = Field(description="the country whose number it is")
    accepts: tuple[Literal["calls", "whatsapp", "sms"], ...] = Field(
        default=("calls",), min_length=1
    )
    only: bool = Field(default=False, description="it takes nothing but what it `accepts`")

    @model_validator(mode="after")
    def _check_number(self) -> Self:
        if self.doubtful is None:
            try:
                parse_phone_number(self.number, self.country)
            except PydanticCustomError as error:
                raise at_field(error, "number") from None
        return self

    @property
    def phone(self) -> PhoneNumber | None:
        """The number ready to be shown and called; none when it is doubtful."""
        return None if self.doubtful else parse_phone_number(self.number, self.country)


class ShortCodeChannel(_Channel):
    """A number of few digits, dialled as it stands inside one country, never with a prefix."""

    kind: Literal["short_code"]
    number: ShortCode
    country: CountryCode


class EmailChannel(_Channel):
    """An e-mail address."""

    kind: Literal["email"]
    address: Email


class WebChannel(_Channel):
    """A web page, such as a form to ask for help."""

    kind: Literal["web"]
    url: WebAddress


Channel = Annotated[
    PhoneChannel | ShortCodeChannel | EmailChannel | WebChannel,
    Field(discriminator="kind"),
]


class Address(Record):
    """An address in words; `postal` is where letters go, not a place to visit."""

    kind: Literal["physical", "postal"]
    text: LocalizedText


class Location(Record):
    """Where an organization works. Outputs show no more of it than `precision` allows."""

    id: Identifier
    name: LocalizedText | None = Field(default=None, description="absent: the name of its place")
    place: Identifier | None = Field(default=None, description="a line of data/places.csv")
    precision: Literal["exact", "city", "region", "hidden"] = "city"
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    address: Address | None = None

    @model_validator(mode="after")
    def _check_named(self) -> Self:
        if self.name is None and self.place is None:
            raise value_error(
                "location",
                f"location {quote(self.id)} has neither a `place` nor a `name`",
                fix="write `place:` with a line of data/places.csv, or a `name`",
            )
        return self

    @model_validator(mode="after")
    def _check_precision(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise value_error(
                "location",
                f"location {quote(self.id)} has only one coordinate",
                fix="write both `latitude` and `longitude`, or neither",
            )
        is_findable = self.latitude is not None or (
            self.address is not None and self.address.kind == "physical"
        )
        if is_findable and self.precision != "exact":
            raise value_error(
                "location-precision",
                f"location {quote(self.id)} says where it stands, but its precision is "
                f"`{self.precision}`",
                fix="remove the address and coordinates, or write `precision: exact`",
            )
        return self


class Service(Record):
    """One thing that an organization offers."""

    id: Identifier
    name: LocalizedText = Field(description="as the organization or the source calls it")
    types: tuple[Identifier, ...] = Field(
        min_length=1, description="terms of data/taxonomies/service-types.yaml"
    )
    description: LocalizedText | None = None
    eligibility_description: LocalizedText | None = Field(
        default=None, description="who can get it"
    )
    locations: tuple[Identifier, ...] = Field(default=(), description="absent: wherever it works")


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

    id: Identifier
    country: CountryCode
    name: LocalizedText = Field(description="official or, where that is not understood, translated")
    official_language: Language | None = Field(
        default=None, description="the language in which `name` is the official one"
    )
    abbreviation: LocalizedText | None = None
    kind: OrganizationKind
    description: LocalizedText | None = None
    partners: LocalizedText | None = Field(default=None, description="e.g. with whose support")
    website: WebAddress | None = None
    sources: tuple[Citation, ...] = Field(min_length=1)
    services: tuple[Service, ...] = Field(min_length=1)
    locations: tuple[Location, ...] = ()
    channels: tuple[Channel, ...] = ()

    @property
    def key(self) -> str:
        """The identifier across countries, such as `MA/unhcr`."""
        return f"{self.country}/{self.id}"
