"""Countries: whom to call first, and how they protect children on the move."""

from __future__ import annotations

from pydantic import Field

from generator.models.base import Record, Statement
from generator.values.country import CountryCode
from generator.values.dates import TimeZone
from generator.values.text import Identifier, LocalizedText


class ChannelReference(Record):
    """Names one channel of one organization of the same country."""

    organization: Identifier = Field(
        description="a file in data/organizations/<country>/, without .yaml", examples=["onppe"]
    )
    channel: Identifier = Field(description="the `id` of one of its channels", examples=["hotline"])


class Profile(Record):
    """How a country protects children on the move; of an empty section the sources say nothing."""

    context: tuple[Statement, ...] = Field(
        default=(), description="which children come, from where, and what they meet"
    )
    child_protection_system: tuple[Statement, ...] = Field(
        default=(), description="who is in charge of protecting children"
    )
    best_interests_procedure: tuple[Statement, ...] = Field(
        default=(), description="who decides what is best for a child, and how"
    )
    guardianship: tuple[Statement, ...] = Field(
        default=(), description="who becomes a child's guardian, and how"
    )
    alternative_care: tuple[Statement, ...] = Field(
        default=(), description="where children stay who have no family with them"
    )
    sustainable_solutions: tuple[Statement, ...] = Field(
        default=(), description="what comes afterwards: return, integration, moving on"
    )


class Country(Record):
    """One country of the directory; one file in `data/countries/`."""

    id: CountryCode = Field(
        description="the name of this file without .yaml: the country's two letters (ISO 3166-1), "
        "in capitals"
    )
    name: LocalizedText = Field(
        description="the heading of the country's page",
        examples=[{"en": "Algeria", "fr": "Algérie", "ar": "الجزائر"}],
    )
    time_zone: TimeZone = Field(
        description="its time zone, by the name that computers know (IANA); hours of services are "
        "in this time"
    )
    call_first: tuple[ChannelReference, ...] = Field(
        default=(),
        description="nationwide phone numbers or short codes to try first, in order",
        examples=[[{"organization": "onppe", "channel": "hotline"}]],
    )
    gaps: tuple[Identifier, ...] = Field(
        default=(),
        description="service types that nobody is known to offer here",
        examples=[["foster-care"]],
    )
    profile: Profile = Field(
        default=Profile(), description="how the country protects children on the move"
    )
