"""The knowledge base: terms, law, practices, situations and resources."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.models.base import Citation, Record, Statement
from generator.values.country import CountryCode
from generator.values.dates import PartialDate
from generator.values.links import WebAddress
from generator.values.text import Identifier, Language, LocalizedText, Text

_FILE_NAME = "the name of this file without .yaml; never changes"
_SOURCES = "the publications that say so"
_CITED = [[{"source": "iom-unicef-2025", "pages": "26"}]]

Theme = Literal["children-on-the-move", "child-protection", "vulnerabilities", "fundamental-rights"]


class Term(Record):
    """One term of the glossary; one file in `data/glossary/`."""

    id: Identifier = Field(description=_FILE_NAME, examples=["unaccompanied-child"])
    term: LocalizedText = Field(
        description="the term, as it stands in prose", examples=[{"en": "Unaccompanied child"}]
    )
    abbreviation: LocalizedText | None = Field(
        default=None,
        description="its short form; what is written in capitals is only found in capitals",
        examples=[{"en": "UAC"}],
    )
    also: dict[Language, tuple[Text, ...]] = Field(
        default={},
        description="other forms in prose: plurals, synonyms, other abbreviations",
        examples=[{"en": ["unaccompanied children", "unaccompanied minor"]}],
    )
    themes: tuple[Theme, ...] = Field(
        min_length=1, description="under which headings the glossary lists it"
    )
    definition: LocalizedText = Field(
        description="our own words, never copied from the source",
        examples=[{"en": "A child who is cared for by no parent or other adult."}],
    )
    sources: tuple[Citation, ...] = Field(min_length=1, description=_SOURCES, examples=_CITED)
    see_also: tuple[Identifier, ...] = Field(
        default=(), description="other terms of data/glossary/", examples=[["separated-child"]]
    )


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

    id: Identifier = Field(description=_FILE_NAME, examples=["law-27-14"])
    title: LocalizedText = Field(
        description="the full title",
        examples=[{"en": "Law No. 27/14 of 2014 regarding Combating Human Trafficking"}],
    )
    jurisdiction: Literal["international", "african"] | CountryCode = Field(
        description="international, african or a country's code, as the folder is called",
        examples=["MA", "international"],
    )
    kind: LawKind = Field(description="what kind of text it is")
    citation: Text | None = Field(
        default=None, description="kind and number", examples=["Law No. 27/14"]
    )
    year: int | None = Field(
        default=None,
        description="the year it was adopted, without quotation marks",
        examples=[2014],
    )
    until: int | None = Field(
        default=None, description="last year of the period it covers", examples=[2030]
    )
    status: LocalizedText | None = Field(
        default=None, description="e.g. draft, amended by", examples=[{"en": "Draft"}]
    )
    summary: LocalizedText | None = Field(
        default=None,
        description="what it covers for children on the move, if the sources say so",
        examples=[{"en": "Every child has the right to be heard."}],
    )
    sources: tuple[Citation, ...] = Field(min_length=1, description=_SOURCES, examples=_CITED)

    @property
    def key(self) -> str:
        """The identifier across jurisdictions, such as `MA/law-27-14`."""
        return f"{self.jurisdiction}/{self.id}"


class GoodPractice(Record):
    """A practice that works elsewhere.

    The fields are those of the repository of practices of the UN Network on Migration.
    """

    id: Identifier = Field(description=_FILE_NAME, examples=["child-friendly-interviews"])
    title: LocalizedText = Field(
        description="what it is called", examples=[{"en": "A guardian by law in Egypt"}]
    )
    objectives: tuple[Identifier, ...] = Field(
        default=(),
        description="objectives of the Global Compact: terms of "
        "data/taxonomies/gcm-objectives.yaml",
        examples=[["objective-7"]],
    )
    principles: tuple[Identifier, ...] = Field(
        default=(),
        description="principles of the Global Compact: terms of "
        "data/taxonomies/gcm-principles.yaml",
        examples=[["child-sensitive"]],
    )
    sdgs: tuple[Identifier, ...] = Field(
        default=(),
        description="Sustainable Development Goals: terms of data/taxonomies/sdgs.yaml",
        examples=[["sdg-10"]],
    )
    types: tuple[Identifier, ...] = Field(
        default=(),
        description="kinds of practice: terms of data/taxonomies/practice-types.yaml",
        examples=[["training"]],
    )
    starts: PartialDate | None = Field(
        default=None, description="when it began", examples=["2021", "2021-03"]
    )
    ends: PartialDate | None = Field(
        default=None, description="when it ended; absent while it goes on", examples=["2024"]
    )
    countries: tuple[CountryCode, ...] = Field(
        default=(), description="where it takes place", examples=[["EG", "MA"]]
    )
    regions: LocalizedText | None = Field(
        default=None,
        description="where it takes place, if not in single countries",
        examples=[{"en": "North Africa"}],
    )
    summary: LocalizedText = Field(
        description="what is done, in our own words; an empty line begins a paragraph",
        examples=[{"en": "Trained officers interview children in rooms made for them."}],
    )
    implementing_organizations: tuple[Text, ...] = Field(
        default=(), description="who does it", examples=[["Government of Egypt", "UNICEF"]]
    )
    partner_organizations: tuple[Text, ...] = Field(
        default=(), description="with whose support", examples=[["European Union"]]
    )
    benefit_and_impact: LocalizedText | None = Field(
        default=None,
        description="what has become better, and for whom",
        examples=[{"en": "Children wait days, not months, for a guardian."}],
    )
    key_lessons: tuple[LocalizedText, ...] = Field(
        default=(),
        description="what was learnt, one lesson an item",
        examples=[[{"en": "Interpreters need training too."}]],
    )
    recommendations: tuple[LocalizedText, ...] = Field(
        default=(),
        description="what others should do, one recommendation an item",
        examples=[[{"en": "Name one person for each child."}]],
    )
    innovation: LocalizedText | None = Field(
        default=None,
        description="what is new about it",
        examples=[{"en": "The guardian is appointed by law, without an application."}],
    )
    date_submitted: PartialDate | None = Field(
        default=None,
        description="when it was submitted to the UN Network's repository",
        examples=["2022-05"],
    )
    url: WebAddress | None = Field(
        default=None,
        description="where to read more",
        examples=["https://www.example.org/practice"],
    )
    disclaimer: LocalizedText | None = Field(
        default=None,
        description="a reservation that the source makes",
        examples=[{"en": "Not endorsed by the United Nations."}],
    )
    sources: tuple[Citation, ...] = Field(min_length=1, description=_SOURCES, examples=_CITED)


class Step(Record):
    """Whom to call in a situation: any of these service types, and what to ask for."""

    service_types: tuple[Identifier, ...] = Field(
        min_length=1,
        description="terms of data/taxonomies/service-types.yaml, any of which will do",
        examples=[["child-protection", "case-management"]],
    )
    ask: LocalizedText = Field(
        description="what to ask for", examples=[{"en": "Ask for a safe place for tonight."}]
    )
    sources: tuple[Citation, ...] = Field(default=(), description=_SOURCES, examples=_CITED)


class TimeLimit(Record):
    """By when something must have happened."""

    within: LocalizedText = Field(description="by when", examples=[{"en": "24 hours"}])
    what: LocalizedText = Field(
        description="what must have happened", examples=[{"en": "The child has a guardian."}]
    )
    sources: tuple[Citation, ...] = Field(min_length=1, description=_SOURCES, examples=_CITED)


class SignGroup(Record):
    """Signs that belong together, such as those that one organization names."""

    title: LocalizedText | None = Field(
        default=None, description="a heading, if the group needs one", examples=[{"en": "At work"}]
    )
    statements: tuple[Statement, ...] = Field(min_length=1, description="the signs, one an item")


class Situation(Record):
    """What do I do now? One file in `data/situations/`."""

    id: Identifier = Field(description=_FILE_NAME, examples=["child-alone"])
    order: int = Field(
        description="its place among the situations, the most frequent first", examples=[3]
    )
    title: LocalizedText = Field(
        description="what happened, in few words", examples=[{"en": "A child alone"}]
    )
    summary: LocalizedText = Field(
        description="one sentence: when this page is the right one",
        examples=[{"en": "This page is for a child who has no parent with them."}],
    )
    signs: tuple[SignGroup, ...] = Field(
        default=(), description="how to recognize it, in groups that belong together"
    )
    first_steps: tuple[Statement, ...] = Field(min_length=1, description="what to do now, in order")
    never_do: tuple[Statement, ...] = Field(min_length=1, description="what would harm the child")
    time_limits: tuple[TimeLimit, ...] = Field(
        default=(), description="what must have happened by when"
    )
    call: tuple[Step, ...] = Field(min_length=1, description="whom to call, in order")
    terms: tuple[Identifier, ...] = Field(
        default=(),
        description="terms of data/glossary/ that explain it",
        examples=[["unaccompanied-child"]],
    )


class Resource(Record):
    """A tool, template, training or collection for those who do the work; `data/resources/`."""

    id: Identifier = Field(description=_FILE_NAME, examples=["best-interests-guidelines"])
    title: LocalizedText = Field(
        description="what it is called", examples=[{"en": "Best Interests Procedure Guidelines"}]
    )
    authors: tuple[Text, ...] = Field(
        min_length=1, description="persons or organizations, in order", examples=[["UNHCR"]]
    )
    kind: Literal["repository", "guidance", "template", "training"] = Field(
        description="what kind of tool it is"
    )
    purpose: LocalizedText = Field(
        description="what it is for, in one sentence of our own",
        examples=[{"en": "How to assess what is best for a child."}],
    )
    work: Identifier | None = Field(
        default=None, description="the same work in data/sources/", examples=["unhcr-2021"]
    )
    url: WebAddress | None = Field(
        default=None, description="where to find it", examples=["https://www.example.org/tool"]
    )
    sources: tuple[Citation, ...] = Field(min_length=1, description=_SOURCES, examples=_CITED)
