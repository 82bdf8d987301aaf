"""Phone numbers: ordinary ones, which libphonenumber knows, and short codes, which it doesn't."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from typing import Annotated

import phonenumbers
from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    PhoneNumberType,
    ValidationResult,
)
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from generator.values.country import country_name
from generator.values.errors import quote, value_error

_ALLOWED = re.compile(r"[0-9 ().+-]*")
_QUOTATION_MARKS = "\"'‘’‚“”„«»‹›"
_SHORT_CODE = re.compile(r"[1-9][0-9]{1,5}")

_WHY_IMPOSSIBLE = {
    ValidationResult.TOO_SHORT: "it has too few digits",
    ValidationResult.TOO_LONG: "it has too many digits",
    ValidationResult.INVALID_LENGTH: "no number there has that many digits",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "it lacks the area code",
}


@dataclasses.dataclass(frozen=True)
class PhoneNumber:
    """An ordinary phone number that can exist.

    `e164` is the number for machines (`+213661464622`), `shown` how it is written for people and
    `dialled` what a phone is told to call. A toll-free number is shown and dialled as inside its
    country, since other countries' networks seldom connect it; all others internationally.
    `national` are the digits that are dialled inside the country (`0661464622`), `international` is
    how the number is written in the data (`+213 661 46 46 22`).
    """

    e164: str
    national: str
    international: str
    shown: str
    dialled: str
    is_toll_free: bool


def parse_phone_number(text: str, country: str) -> PhoneNumber:
    """Return the number, read as one of `country` (ISO 3166-1 alpha-2) when it has no prefix.

    Raises `phone-number` for what libphonenumber doesn't hold for a valid number of that very
    country: https://github.com/google/libphonenumber/blob/master/FALSEHOODS.md
    """
    wrong = quote(text)
    if not _ALLOWED.fullmatch(text):
        raise _stray_character(text, country)
    name = country_name(country)
    fix = f'write the full number, e.g. "{example_number(country)}", or mark it as doubtful'
    try:
        parsed = phonenumbers.parse(text, country)
    except NumberParseException:
        raise value_error("phone-number", f"{wrong} is not a phone number", fix=fix) from None
    if _SHORT_CODE.fullmatch(text):
        raise value_error(
            "phone-number",
            f"{wrong} is too short for a phone number of {name}",
            fix="if it is dialled as it stands, write `kind: short_code`",
        )
    reason = phonenumbers.is_possible_number_with_reason(parsed)
    if parsed.country_code != phonenumbers.country_code_for_region(country):
        raise value_error(
            "phone-number",
            f"{wrong} is not a number of {name}: "
            f"+{parsed.country_code} is another country's prefix",
            fix="correct the prefix, or the channel's `country`",
        )
    if reason in _WHY_IMPOSSIBLE:
        raise value_error(
            "phone-number",
            f"{wrong} is not a possible phone number of {name}: {_WHY_IMPOSSIBLE[reason]}",
            fix=fix,
        )
    if not phonenumbers.is_valid_number_for_region(parsed, country):
        raise value_error(
            "phone-number",
            f"{wrong} is not a valid phone number of {name}: no network there uses such numbers",
            fix=fix,
        )
    is_toll_free = phonenumbers.number_type(parsed) == PhoneNumberType.TOLL_FREE
    e164 = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    national = phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)
    international = phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
    # Hyphens, which libphonenumber writes for some countries, break lines and read as minus.
    international = international.replace("-", " ")
    return PhoneNumber(
        e164=e164,
        national=digits_of(national),
        international=international,
        shown=national.replace("-", " ") if is_toll_free else international,
        dialled=digits_of(national) if is_toll_free else e164,
        is_toll_free=is_toll_free,
    )


def _stray_character(text: str, country: str) -> PydanticCustomError:
    stray = next(character for character in text if not _ALLOWED.fullmatch(character))
    what = "not one of the digits 0-9" if stray.isdigit() else "no digit"
    what = f"{quote(stray)}, which is {what}"
    fix = "write one number, with the digits 0-9, spaces and a leading +"
    if unicodedata.category(stray)[0] in "CZ":
        what = f"the invisible character U+{ord(stray):04X}"
        fix = "don't paste the number: type it, with the digits 0-9, spaces and a leading +"
    elif stray in _QUOTATION_MARKS:
        fix = f'put it between two straight quotation marks, e.g. "{example_number(country)}"'
    return value_error("phone-number", f"{quote(text)} contains {what}", fix=fix)


def check_short_code(text: str) -> str:
    """Return the short code, or raise `short-code` unless it is two to six digits."""
    # libphonenumber knows no North African helpline short codes, so only the form is checked.
    if _SHORT_CODE.fullmatch(text):
        return text
    raise value_error(
        "short-code",
        f"{quote(text)} is not a short code: those have two to six digits and no prefix",
        fix='write the digits as they are dialled, e.g. "1111", or use `kind: phone`',
    )


def digits_of(text: str) -> str:
    """Return only the digits 0-9 of a text."""
    return re.sub(r"[^0-9]", "", text)


def example_number(country: str) -> str:
    """Return a number as those of a country look (ISO 3166-1 alpha-2), which nobody has."""
    number = phonenumbers.example_number_for_type(country, PhoneNumberType.MOBILE)
    if number is None:
        return "+213 551 23 45 67"
    return str(phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL))


ShortCode = Annotated[
    str,
    AfterValidator(check_short_code),
    Field(
        description="two to six digits, dialled as they stand inside one country; in quotation "
        "marks",
        examples=["1111"],
        json_schema_extra={"pattern": "^[1-9][0-9]{1,5}$"},
    ),
]
