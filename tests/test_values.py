from __future__ import annotations

import datetime

import pytest
from pydantic_core import PydanticCustomError

from generator.values.country import country_name
from generator.values.dates import earliest_day
from generator.values.links import (
    call_link,
    check_web_address,
    mail_link,
    message_link,
    web_link,
    whatsapp_link,
)
from generator.values.phone import PhoneNumber, parse_phone_number
from generator.values.text import LocalizedText, Wording


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        # The spellings that the source uses, and what they are normalised to.
        ("+20 01028859777", "EG", ("+201028859777", "+20 10 28859777", "+201028859777")),
        ("002 01103358875", "EG", ("+201103358875", "+20 11 03358875", "+201103358875")),
        ("0661696841", "DZ", ("+213661696841", "+213 661 69 68 41", "+213661696841")),
        ("+212 07 00 08 85 23", "MA", ("+212700088523", "+212 7 00 08 85 23", "+212700088523")),
        ("20 510 843", "NE", ("+22720510843", "+227 20 51 08 43", "+22720510843")),
        ("+218 917127644", "LY", ("+218917127644", "+218 91 7127644", "+218917127644")),
    ],
)
def test_reads_numbers_as_the_source_spells_them(
    text: str, country: str, expected: tuple[str, str, str]
) -> None:
    number = parse_phone_number(text, country)
    assert (number.e164, number.shown, number.dialled) == expected


def test_toll_free_numbers_are_shown_and_dialled_as_inside_their_country() -> None:
    assert parse_phone_number("0800004747", "MA") == PhoneNumber(
        e164="+212800004747",
        national="0800004747",
        international="+212 80 0004747",
        shown="080 0004747",
        dialled="0800004747",
        is_toll_free=True,
    )


def test_a_date_of_any_precision_begins_on_a_day() -> None:
    assert earliest_day("2025") == datetime.date(2025, 1, 1)
    assert earliest_day("2024-02") == datetime.date(2024, 2, 1)
    assert earliest_day("2024-02-03") == datetime.date(2024, 2, 3)


def test_a_text_falls_back_visibly() -> None:
    text = LocalizedText.model_validate({"en": "Hotline", "ar": "الخط الساخن"})
    assert text.in_language("ar") == Wording("الخط الساخن", "ar", is_fallback=False)
    assert text.in_language("fr") == Wording("Hotline", "en", is_fallback=True)
    french = LocalizedText.model_validate({"fr": "Foyer"})
    assert french.in_language("en") == Wording("Foyer", "fr", is_fallback=True)
    # What is given first is the original: a reader of English can read a French name out.
    translated = LocalizedText.model_validate({"fr": "Foyer", "ar": "مأوى"})
    assert translated.in_language("en") == Wording("Foyer", "fr", is_fallback=True)


def test_country_names_in_messages_are_the_common_ones() -> None:
    assert country_name("NE") == "Niger"
    assert country_name("TZ") == "Tanzania"


def test_links_are_made_in_their_own_scheme() -> None:
    assert call_link("1111") == "tel:1111"
    assert call_link("+213661464622") == "tel:+213661464622"
    assert message_link("+213661464622") == "sms:+213661464622"
    assert whatsapp_link("+213661464622") == "https://wa.me/213661464622"
    assert mail_link("o'neil&co@example.org") == "mailto:o%27neil%26co@example.org"
    assert web_link("https://example.org/a?b=c") == "https://example.org/a?b=c"


@pytest.mark.parametrize("number", ["", "+", "1111;ext=2", "javascript:1", "+213 661"])
def test_no_link_calls_what_is_no_number(number: str) -> None:
    with pytest.raises(ValueError, match="cannot be dialled"):
        call_link(number)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https:example.org",
        "https://",
        "https://user:password@example.org",
        "https://example.org/\nx",
        'https://example.org/"onclick=',
        "https://example.org:port/",
        "https://[::1",
        "vbscript:x",
    ],
)
def test_refuses_addresses_that_are_no_plain_web_pages(address: str) -> None:
    with pytest.raises(PydanticCustomError, match="is not a web address"):
        check_web_address(address)
