"""Organizations, and how they can be reached: services, locations and contact channels."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from pydantic import Field, ValidationInfo, field_validator

from generator.models.base import Citation, Record
from generator.values.country import CountryCode
from generator.values.dates import FullDate, TimeOfDay
from generator.values.errors import quote, value_error
from generator.values.links import Email, WebAddress
from generator.values.phone import PhoneNumber, ShortCode, digits_of, parse_phone_number
from generator.values.text import Identifier, Language, LocalizedText, Text


def _named(what: str, info: ValidationInfo) -> str:
    return f"{what} {quote(info.data['id'])}" if "id" in info.data else f"this {what}"


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
    closes_at: TimeOfDay | None = Field(default=None, validate_default=True)
    description: LocalizedText | None = Field(
        default=None, validate_default=True, description="hours in words, as published"
    )

    @field_validator("closes_at")
    @classmethod
    def _check_both_ends(cls, closes_at: str | None, info: ValidationInfo) -> str | None:
        if "opens_at" in info.data and (info.data["opens_at"] is None) != (closes_at is None):
            raise value_error(
                "schedule",
                "the hours have a beginning or an end, but not both",
                fix="write both `opens_at` and `closes_at`",
            )
        return closes_at

    @field_validator("description")
    @classmethod
    def _check_says_hours(
        cls, description: LocalizedText | None, info: ValidationInfo
    ) -> LocalizedText | None:
        if description is None and info.data.get("opens_at", "broken") is None:
            raise value_error(
                "schedule",
                "the schedule says no hours",
                fix="write `opens_at` and `closes_at`, or a `description`",
            )
        return description


class _Channel(Record):
    """What every way to reach an organization says of itself."""

    id: Identifier
    label: LocalizedText | None = Field(default=None, description="what the channel is for")
    nationwide: bool = Field(default=False, description="it serves the whole country")
    location: Identifier | None = Field(
        default=None, validate_default=True, description="the location it belongs to"
    )
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
        default=None, validate_default=True, description="the last time somebody tried it"
    )
    doubtful: Doubt | None = None

    # Rules between fields are checked with the last of them, so that a mistake in one field never
    # hides another mistake.
    @field_validator("location")
    @classmethod
    def _check_reach(cls, location: str | None, info: ValidationInfo) -> str | None:
        if "nationwide" in info.data and info.data["nationwide"] == (location is not None):
            raise value_error(
                "channel-reach",
                f"{_named('channel', info)} must serve either the whole country or one location",
                fix="write `nationwide: true` or `location: …`, not both",
            )
        return location

    @field_validator("confirmed")
    @classmethod
    def _check_provenance(
        cls, confirmed: Confirmation | None, info: ValidationInfo
    ) -> Confirmation | None:
        if confirmed is None and info.data.get("published", "broken") is None:
            raise value_error(
                "channel-provenance",
                f"{_named('channel', info)} does not say where it comes from",
                fix="add `published: {source: …}` or `confirmed: {assured_date: …}`",
            )
        return confirmed


class PhoneChannel(_Channel):
    """An ordinary phone number."""

    kind: Literal["phone"]
    country: CountryCode = Field(description="the country whose number it is")
    number: Text = Field(examples=["+213 661 46 46 22"])
    accepts: tuple[Literal["calls", "whatsapp", "sms"], ...] = Field(
        default=("calls",), min_length=1
    )
    only: bool = Field(default=False, description="it takes nothing but what it `accepts`")

    @field_validator("number")
    @classmethod
    def _check_number(cls, number: str, info: ValidationInfo) -> str:
        if "country" in info.data and info.data.get("doubtful") is None:
            parse_phone_number(number, info.data["country"])
        return number

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


class NumberForm(NamedTuple):
    """The digits of a number in one of the forms that it has."""

    kind: Literal["international", "national", "short", "printed"]
    digits: str


def number_forms(channel: Channel) -> tuple[NumberForm, ...]:
    """Return a number as it is dialled from abroad, at home, as it stands, and as it was printed.

    Empty for what is no number. A doubtful number has only its printed form.
    """
    forms: list[NumberForm] = []
    match channel:
        case ShortCodeChannel():
            forms = [NumberForm("short", channel.number)]
        case PhoneChannel() if phone := channel.phone:
            forms = [
                NumberForm("international", digits_of(phone.e164)),
                NumberForm("national", phone.national),
            ]
        case PhoneChannel():
            forms = [NumberForm("printed", digits_of(channel.number))]
    if forms and channel.as_printed:
        forms.append(NumberForm("printed", digits_of(channel.as_printed)))
    return tuple({form.digits: form for form in reversed(forms)}.values())[::-1]


class Address(Record):
    """An address in words; `postal` is where letters go, not a place to visit."""

    kind: Literal["physical", "postal"]
    text: LocalizedText


class Location(Record):
    """Where an organization works. Outputs show no more of it than `precision` allows."""

    id: Identifier
    precision: Literal["exact", "city", "region", "hidden"] = "city"
    name: LocalizedText | None = Field(default=None, description="absent: the name of its place")
    place: Identifier | None = Field(
        default=None, validate_default=True, description="a line of data/places.csv"
    )
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, validate_default=True, ge=-180, le=180)
    address: Address | None = Field(default=None, validate_default=True)

    @field_validator("place")
    @classmethod
    def _check_named(cls, place: str | None, info: ValidationInfo) -> str | None:
        if "name" not in info.data:
            return place
        name = info.data["name"]
        if name is None and place is None:
            raise value_error(
                "location",
                f"{_named('location', info)} has neither a `place` nor a `name`",
                fix="write `place:` with a line of data/places.csv, or a `name`",
            )
        if info.data.get("precision") == "region" and (place is not None or name is None):
            raise value_error(
                "location-precision",
                f"{_named('location', info)} is a region, so it needs a `name` and no `place`",
                fix="write the region's name, and remove the city",
            )
        return place

    @field_validator("longitude")
    @classmethod
    def _check_both_coordinates(cls, longitude: float | None, info: ValidationInfo) -> float | None:
        if "latitude" in info.data and (info.data["latitude"] is None) != (longitude is None):
            raise value_error(
                "location",
                f"{_named('location', info)} has only one coordinate",
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
                f"{_named('location', info)} says where it stands, but its precision is "
                f"`{precision}`",
                fix="remove the address and coordinates (of a region, one decimal may stay), or "
                "write `precision: exact`",
            )
        return address


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
