"""How an organization can be reached: contact channels, and what is known of each."""

from __future__ import annotations

import re
from typing import Annotated, Literal, NamedTuple

from pydantic import ConfigDict, Field, ValidationInfo, field_validator

from generator.models.base import Citation, Record, called
from generator.values.country import CountryCode
from generator.values.dates import FullDate, TimeOfDay
from generator.values.errors import quote, value_error
from generator.values.links import Email, WebAddress
from generator.values.phone import PhoneNumber, ShortCode, digits_of, parse_phone_number
from generator.values.text import Identifier, Language, LocalizedText, Text

_PERSON = re.compile(r"\S@\S|^(?:M\.|Mme|Mlle|Mr|Mrs|Ms|Dr|السيدة?|الدكتورة?)(?:\.|\s)")
"""An e-mail address, or a title before a name: no rule can know names themselves."""


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

    @field_validator("assurer")
    @classmethod
    def _check_no_person(cls, assurer: str) -> str:
        if _PERSON.search(assurer):
            raise value_error(
                "private-person",
                f"{quote(assurer)} looks like a person, and everybody can read this",
                fix="write the organization or the role, e.g. UNHCR Libya",
            )
        return assurer


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
                f"{called('channel', info)} must serve either the whole country or one location",
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
                f"{called('channel', info)} does not say where it comes from",
                fix='add `confirmed: {assured_date: "2026-10-02", method: phone, assurer: …}` '
                "or `published: {source: …}`",
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
