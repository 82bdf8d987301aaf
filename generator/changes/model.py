"""One change of meaning, what it affects, and why somebody else should look at it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Literal

from generator.yaml_source import DataPath

ChangeKind = Literal["added", "removed", "changed", "reordered", "translation"]
"""`translation`: a text changed in another language than the one it was written in."""

ReasonRule = Literal[
    "contact-unconfirmed",
    "doubt-removed",
    "nationwide-removed",
    "contact-removed",
    "unreachable",
    "call-first",
    "reach",
    "takes-unconfirmed",
    "confirmation",
    "location-precision",
    "instruction",
    "time-limit",
    "call",
    "source",
    "record-removed",
]

REASONS: Mapping[ReasonRule, str] = {
    "contact-unconfirmed": "a number or address is new or other than before, and nobody has "
    "confirmed it since",
    "doubt-removed": "a contact was doubtful and no longer is",
    "nationwide-removed": "a contact for the whole country is gone, doubtful, or no longer for all "
    "of it",
    "contact-removed": "a contact is gone",
    "unreachable": "an organization can no longer be reached",
    "call-first": "whom a country says to call first, in which order or by which number",
    "reach": "where a contact serves, in the whole country or in one place, is other than before",
    "takes-unconfirmed": "what a number takes is other than before, and nobody has confirmed it "
    "since",
    "confirmation": "a confirmation is gone, or older than the one before",
    "location-precision": "where something stands is told for the first time, more precisely, or "
    "otherwise than before",
    "instruction": "a first step or a “never do” is new, gone, worded otherwise, or in another "
    "place",
    "time-limit": "a time limit is other than before",
    "call": "whom a situation says to call, in which order, or what to ask for",
    "source": "a licence or a source is other than before",
    "record-removed": "a record is gone, and with it an address that people may have kept",
}
"""What needs a second pair of eyes, most urgent first."""


@dataclasses.dataclass(frozen=True)
class RecordName:
    """A record: the folder that it lies in, its key, and what people call it.

    `country` is that of the record (ISO 3166-1 alpha-2), none where it belongs to no single one;
    `group` is the country's name, or the heading for all others. `title` begins every sentence.
    """

    kind: str
    key: str
    country: str | None
    group: str
    title: str


@dataclasses.dataclass(frozen=True)
class Reason:
    """Why a change needs a second pair of eyes."""

    rule: ReasonRule

    @property
    def text(self) -> str:
        """The reason in words."""
        return REASONS[self.rule]


@dataclasses.dataclass(frozen=True)
class Change:
    """One change of meaning.

    `subject` names the part of the record, from the outside in, as people call it; `path` leads to
    the value (parts with an identifier by it, others by their place, which counts from 0).
    `clause` says the change; `before` and `after` are the values as plain data, None for absent.
    """

    record: RecordName
    subject: tuple[str, ...]
    path: DataPath
    kind: ChangeKind
    clause: str
    before: Any = None
    after: Any = None
    reasons: tuple[Reason, ...] = ()

    @property
    def place(self) -> str:
        """Where it changed, in words: `Libya · UNHCR · Protection hotline`."""
        return " · ".join((self.record.title, *self.subject))


@dataclasses.dataclass(frozen=True)
class Effect:
    """What a reader sees otherwise: addresses of pages and guides, identifiers of situations."""

    pages: tuple[str, ...]
    guides: tuple[str, ...]
    situations: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Comparison:
    """Everything that is told about two states.

    `effects` are by kind and key of each record whose effect could be told apart, `total` is the
    effect of all together; where one could not be worked out, `unmeasured` is a sentence that says
    so, and `failure` what went wrong, which may have words of the data in it.
    `not_compared` names records that one state has and that can't be read.
    """

    changes: tuple[Change, ...]
    effects: Mapping[tuple[str, str], Effect]
    total: Effect | None
    unmeasured: str | None = None
    failure: str | None = None
    not_compared: tuple[str, ...] = ()
