"""The knowledge base: terms, law, practices, situations and resources."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.models.base import Citation, Record, Statement
from generator.values.country import CountryCode
from generator.values.dates import PartialDate
from generator.values.links import WebAddress
from generator.values.text import Identifier, Language, LocalizedText, Text

Theme = Literal["children-on-the-move", "child-protection", "vulnerabilities", "fundamental-rights"]


class Term(Record):
    """One term of the glossary; one file in `data/glossary/`."""

    id: Identifier
    term: LocalizedText
    abbreviation: LocalizedText | None = None
    also: dict[Language, tuple[Text, ...]] = Field(
        default={}, description="other forms in prose: plurals, synonyms, other abbreviations"
    )
    themes: tuple[Theme, ...] = Field(min_length=1)
    definition: LocalizedText
    sources: tuple[Citation, ...] = Field(min_length=1)
    see_also: tuple[Identifier, ...] = ()


LawKind = Literal[
    "treaty",
    "declaration",
    "law",
    "decree",
    "ordinance",
    "strategy",
    "policy",
    "plan",
    "procedure",
]


class LegalFramework(Record):
    """A treaty, law, strategy …: `data/legal_frameworks/{international,african,<CC>}/`."""

    id: Identifier
    title: LocalizedText
    jurisdiction: Literal["international", "african"] | CountryCode
    kind: LawKind
    citation: Text | None = Field(default=None, description="kind and number, e.g. Law No. 27/14")
    year: int | None = None
    until: int | None = Field(default=None, description="last year of the period it covers")
    status: LocalizedText | None = Field(default=None, description="e.g. draft, amended by")
    summary: LocalizedText | None = Field(
        default=None, description="what it covers for children on the move, if the sources say so"
    )
    sources: tuple[Citation, ...] = Field(min_length=1)

    @property
    def key(self) -> str:
        """The identifier across jurisdictions, such as `MA/law-27-14`."""
        return f"{self.jurisdiction}/{self.id}"


class GoodPractice(Record):
    """A practice that works elsewhere.

    The fields are those of the repository of practices of the UN Network on Migration.
    """

    id: Identifier
    title: LocalizedText
    objectives: tuple[Identifier, ...] = Field(default=(), description="terms of gcm-objectives")
    principles: tuple[Identifier, ...] = Field(default=(), description="terms of gcm-principles")
    sdgs: tuple[Identifier, ...] = Field(default=(), description="terms of sdgs")
    types: tuple[Identifier, ...] = Field(default=(), description="terms of practice-types")
    starts: PartialDate | None = None
    ends: PartialDate | None = None
    countries: tuple[CountryCode, ...] = ()
    regions: LocalizedText | None = None
    summary: LocalizedText
    implementing_organizations: tuple[Text, ...] = ()
    partner_organizations: tuple[Text, ...] = ()
    benefit_and_impact: LocalizedText | None = None
    key_lessons: tuple[LocalizedText, ...] = ()
    recommendations: tuple[LocalizedText, ...] = ()
    innovation: LocalizedText | None = None
    date_submitted: PartialDate | None = None
    url: WebAddress | None = None
    disclaimer: LocalizedText | None = None
    sources: tuple[Citation, ...] = Field(min_length=1)


class Step(Record):
    """Whom to call in a situation: any of these service types, and what to ask for."""

    service_types: tuple[Identifier, ...] = Field(min_length=1)
    ask: LocalizedText
    sources: tuple[Citation, ...] = ()


class TimeLimit(Record):
    """By when something must have happened."""

    within: LocalizedText
    what: LocalizedText
    sources: tuple[Citation, ...] = Field(min_length=1)


class SignGroup(Record):
    """Signs that belong together, such as those that one organization names."""

    title: LocalizedText | None = None
    statements: tuple[Statement, ...] = Field(min_length=1)


class Situation(Record):
    """What do I do now? One file in `data/situations/`."""

    id: Identifier
    order: int = Field(description="its place among the situations, the most frequent first")
    title: LocalizedText
    summary: LocalizedText = Field(description="one sentence: when this page is the right one")
    signs: tuple[SignGroup, ...] = ()
    first_steps: tuple[Statement, ...] = Field(min_length=1)
    never_do: tuple[Statement, ...] = Field(min_length=1)
    time_limits: tuple[TimeLimit, ...] = ()
    call: tuple[Step, ...] = Field(min_length=1)
    terms: tuple[Identifier, ...] = ()


class Resource(Record):
    """A tool, template, training or collection for those who do the work; `data/resources/`."""

    id: Identifier
    title: LocalizedText
    authors: tuple[Text, ...] = Field(min_length=1)
    kind: Literal["repository", "guidance", "template", "training"]
    purpose: LocalizedText = Field(description="what it is for, in one sentence of our own")
    work: Identifier | None = Field(default=None, description="the same work in data/sources/")
    url: WebAddress | None = None
    sources: tuple[Citation, ...] = Field(min_length=1)
