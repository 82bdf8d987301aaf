"""Organizations, and how they can be reached: services, locations and contact channels."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from pydantic import ConfigDict, Field, ValidationInfo, field_validator

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

    reason: LocalizedText = Field(
        description="why, in one sentence", examples=[{"en": "One digit too few."}]
    )


class Confirmation(Record):
    """Somebody has tried the channel: when, how, and who."""

    assured_date: FullDate = Field(
        description="the day on which it was tried, in quotation marks", examples=["2026-10-02"]
    )
    method: Literal["phone", "email", "visit"] = Field(
        description="how it was tried: by a call or message, by an e-mail, or by going there or "
        "opening the page"
    )
    assurer: Text = Field(
        description="the organization or role that did it, no private person",
        examples=["UNHCR Libya"],
    )


class Schedule(Record):
    """When somebody answers; in the local time of the country."""

    days: tuple[Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"], ...] = Field(
        default=(), description="Monday to Sunday by two letters; absent: every day"
    )
    opens_at: TimeOfDay | None = Field(
        default=None, description="24-hour local time, in quotation marks", examples=["08:30"]
    )
    closes_at: TimeOfDay | None = Field(
        default=None,
        validate_default=True,
        description="24-hour local time, in quotation marks",
        examples=["16:00"],
    )
    description: LocalizedText | None = Field(
        default=None,
        validate_default=True,
        description="hours in words, as published",
        examples=[{"en": "Day and night"}],
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

    id: Identifier = Field(
        description="unique within the organization; never changes", examples=["hotline"]
    )
    label: LocalizedText | None = Field(
        default=None, description="what the channel is for", examples=[{"en": "Hotline"}]
    )
    nationwide: bool = Field(
        default=False, description="it serves the whole country; otherwise write `location`"
    )
    location: Identifier | None = Field(
        default=None,
        validate_default=True,
        description="the `id` of the location it belongs to; otherwise write `nationwide: true`",
        examples=["tunis"],
    )
    schedule: tuple[Schedule, ...] = Field(
        default=(),
        description="when somebody answers",
        examples=[[{"days": ["MO", "TU"], "opens_at": "08:30", "closes_at": "16:00"}]],
    )
    languages: tuple[Language, ...] = Field(
        default=(), description="languages spoken", examples=[["ar", "fr"]]
    )
    note: LocalizedText | None = Field(
        default=None,
        description="what else to know before using it",
        examples=[{"en": "Leave a message; they call back."}],
    )
    as_printed: Text | None = Field(
        default=None,
        description="the source's own spelling, where its digits differ from ours; in quotation "
        "marks",
        examples=["0661-46-46-22"],
    )
    published: Citation | None = Field(
        default=None,
        description="the source that printed it",
        examples=[{"source": "iom-unicef-2025", "pages": "71-72"}],
    )
    confirmed: Confirmation | None = Field(
        default=None,
        validate_default=True,
        description="the last time somebody tried it",
        examples=[{"assured_date": "2026-10-02", "method": "phone", "assurer": "UNHCR Libya"}],
    )
    doubtful: Doubt | None = Field(
        default=None,
        description="it can't be right or no longer works: shown as printed, never called",
        examples=[{"reason": {"en": "One digit too few."}}],
    )

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

    model_config = ConfigDict(title="A phone number")

    kind: Literal["phone"] = Field(description="an ordinary phone number")
    country: CountryCode = Field(description="the country whose number it is")
    number: Text = Field(
        description="in quotation marks, with the country's prefix",
        examples=["+213 661 46 46 22"],
    )
    accepts: tuple[Literal["calls", "whatsapp", "sms"], ...] = Field(
        default=("calls",), min_length=1, description="what it takes; absent: calls"
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

    model_config = ConfigDict(title="A short code")

    kind: Literal["short_code"] = Field(description="a number of two to six digits")
    number: ShortCode
    country: CountryCode = Field(description="the country inside which it is dialled")


class EmailChannel(_Channel):
    """An e-mail address."""

    model_config = ConfigDict(title="An e-mail address")

    kind: Literal["email"] = Field(description="an e-mail address")
    address: Email


class WebChannel(_Channel):
    """A web page, such as a form to ask for help."""

    model_config = ConfigDict(title="A web page")

    kind: Literal["web"] = Field(description="a web page, such as a form")
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
