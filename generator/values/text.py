"""Text, in one language or in several, and the identifiers that records go by."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Annotated

import pycountry
from pydantic import AfterValidator, ConfigDict, Field, RootModel

from generator.values.errors import quote, value_error

SOURCE_LANGUAGE = "en"
"""The language that texts are written in first and that a missing translation falls back to."""

IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TAG = re.compile(r"</?[a-zA-Z!][^>]*>?")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
    # What bytes of another encoding become when a terminal hands them over, and what YAML forbids.
    r"\ud800-\udfff\ufffe\uffff]"
)


def original_language(texts: Mapping[str, str]) -> str:
    """Return the language that a text was written in: the source's, or else the first given."""
    return SOURCE_LANGUAGE if SOURCE_LANGUAGE in texts else next(iter(texts))


def check_text(text: str) -> str:
    """Return the text, or raise `text` when it is blank, or holds HTML or control characters."""
    if not text.strip():
        raise value_error("text", "the text is empty", fix="write the text or remove the field")
    if match := _CONTROL.search(text):
        raise value_error(
            "text",
            f"the text holds the invisible character U+{ord(match[0]):04X}",
            fix="retype the text around it",
        )
    if match := _TAG.search(text):
        raise value_error(
            "text",
            f"the text holds HTML: {quote(match[0])}",
            fix="write plain text; the site adds what is needed to show it",
        )
    return text.strip()


def check_identifier(text: str) -> str:
    """Return the identifier, or raise `identifier` unless it may stand in an address."""
    if IDENTIFIER.fullmatch(text):
        return text
    raise value_error(
        "identifier",
        f"{quote(text)} cannot be an identifier",
        fix="use small letters a-z, digits and single hyphens, e.g. entraide-nationale",
    )


def check_language(code: str) -> str:
    """Return the language code, or raise `language`."""
    if pycountry.languages.get(alpha_2=code) or pycountry.languages.get(alpha_3=code):
        return code
    raise value_error(
        "language",
        f"{quote(code)} is not a language code",
        fix="write a code such as en, fr or ar",
    )


Text = Annotated[str, AfterValidator(check_text), Field(min_length=1)]
Identifier = Annotated[
    str,
    AfterValidator(check_identifier),
    Field(
        description="small letters, digits and hyphens; never changes",
        examples=["onppe"],
        json_schema_extra={"pattern": f"^{IDENTIFIER.pattern}$"},
    ),
]
Language = Annotated[
    str,
    AfterValidator(check_language),
    Field(
        description="language code (BCP 47, ISO 639)",
        examples=["en", "fr", "ar"],
        json_schema_extra={"pattern": "^[a-z]{2,3}$"},
    ),
]


@dataclasses.dataclass(frozen=True)
class Wording:
    """A text as it is shown, and its language; `is_fallback`: not the one that was asked for."""

    text: str
    language: str
    is_fallback: bool


class LocalizedText(RootModel[Annotated[dict[Language, Text], Field(min_length=1)]]):
    """One text in several languages: `{en: …, fr: …, ar: …}`."""

    model_config = ConfigDict(frozen=True, strict=True)

    def in_language(self, language: str) -> Wording:
        """Return the text in the language, or else in the one that it was written in."""
        used = language if language in self.root else original_language(self.root)
        return Wording(self.root[used], used, used != language)
