from __future__ import annotations

import pytest

from generator import urls
from generator.models.reference import Interface
from generator.urls import Address
from generator.words import UnusableTextError, Words, alphabetically

ENGLISH = Interface(
    language="en",
    direction="ltr",
    name="English",
    texts={"call": "Call {number}", "ways": {"one": "One way", "other": "{count} ways"}},
)
ARABIC = Interface(
    language="ar",
    direction="rtl",
    name="العربية",
    texts={"ways": {"two": "طريقتان", "few": "{count} طرق", "other": "{count} طريقة"}},
)


def test_fills_in_and_counts_by_the_rules_of_the_language() -> None:
    english, arabic = Words(ENGLISH, ENGLISH), Words(ARABIC, ENGLISH)
    assert english("call", number="1111") == "Call 1111"
    assert [english("ways", count=count) for count in (1, 2)] == ["One way", "2 ways"]
    assert [arabic("ways", count=count) for count in (2, 3, 100)] == [
        "طريقتان",
        "3 طرق",
        "100 طريقة",
    ]


def test_a_text_that_one_language_lacks_is_that_of_the_source_language() -> None:
    assert Words(ARABIC, ENGLISH)("call", number="1111") == "Call 1111"


def test_lists_are_in_the_order_that_a_reader_looks_in() -> None:
    names = ["Tunisie", "libye", "Égypte", "Algérie"]
    assert sorted(names, key=alphabetically) == ["Algérie", "Égypte", "libye", "Tunisie"]
    arabic = ["المغرب", "تونس", "الجزائر"]
    assert sorted(arabic, key=alphabetically) == ["تونس", "الجزائر", "المغرب"]


def test_a_text_that_nobody_wrote_is_an_error() -> None:
    with pytest.raises(UnusableTextError, match="lacks `cal`"):
        Words(ENGLISH, ENGLISH)("cal")


def test_dates_days_and_lists_are_those_of_the_language() -> None:
    words = Words(ENGLISH, ENGLISH)
    assert [words.date(date) for date in ("2025", "2025-03", "2025-03-14")] == [
        "2025",
        "March 2025",
        "March 14, 2025",
    ]
    assert words.weekday("MO") == "Mon"
    assert words.join(["a", "b", "c"]) == "a, b, and c"
    assert Words(ARABIC, ENGLISH).language_name("fr") == "الفرنسية"
    # Languages of the region that Unicode CLDR has no names for.
    assert words.language_name("mey") == "Hassaniyya"


@pytest.mark.parametrize(
    ("target", "page", "link"),
    [
        (Address("en/dz/index.html"), "en/index.html", "dz/index.html"),
        (Address("en/index.html"), "en/dz/organizations/iom/index.html", "../../../index.html"),
        (Address("en/dz/index.html", "needs"), "en/dz/index.html", "#needs"),
        (Address("en/dz/index.html", "needs"), "en/ma/index.html", "../dz/index.html#needs"),
        (Address("en/dz/index.html"), "en/dz/index.html", "index.html"),
        (Address("downloads/contacts.csv"), "index.html", "downloads/contacts.csv"),
    ],
)
def test_links_are_relative_and_name_the_file(target: Address, page: str, link: str) -> None:
    assert target.seen_from(page) == link


def test_addresses_of_records_are_those_that_were_published() -> None:
    assert urls.country("en", "DZ").path == "en/dz/index.html"
    assert urls.organization("fr", "MA", "iom").path == "fr/ma/organizations/iom/index.html"
    assert urls.directory("ar").path == "ar/directory/index.html"
    assert urls.API_INDEX.path == "api/v1/index.json"
    assert urls.CONTACTS_CSV.path == "downloads/contacts.csv"
