"""Countries: whom to call first, and how they protect children on the move."""

from __future__ import annotations

from pydantic import Field

from generator.models.base import Record, Statement
from generator.values.country import CountryCode
from generator.values.dates import TimeZone
from generator.values.text import Identifier, LocalizedText


class ChannelReference(Record):
    """Names one channel of one organization of the same country."""

    organization: Identifier
    channel: Identifier


class Profile(Record):
    """How a country protects children on the move; of an empty section the sources say nothing."""

    context: tuple[Statement, ...] = ()
    child_protection_system: tuple[Statement, ...] = ()
    best_interests_procedure: tuple[Statement, ...] = ()
    guardianship: tuple[Statement, ...] = ()
    alternative_care: tuple[Statement, ...] = ()
    sustainable_solutions: tuple[Statement, ...] = ()


class Country(Record):
    """One country of the directory; one file in `data/countries/`."""

    id: CountryCode
    name: LocalizedText
    time_zone: TimeZone
    call_first: tuple[ChannelReference, ...] = Field(
        default=(), description="nationwide channels to try first, in order"
    )
    gaps: tuple[Identifier, ...] = Field(
        default=(), description="service types that nobody is known to offer here"
    )
    profile: Profile = Profile()
