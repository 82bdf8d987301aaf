"""Dates known to the year, month or day (ISO 8601: 2025, 2025-03, 2025-03-14), and times."""

from __future__ import annotations

import calendar
import datetime
import os
import re
import zoneinfo
from typing import Annotated

from pydantic import AfterValidator, Field

from generator.values.errors import quote, value_error

_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def check_partial_date(text: str) -> str:
    """Return the date, or raise `date` for one that the calendar doesn't have."""
    try:
        earliest_day(text)
    except ValueError:
        raise value_error(
            "date",
            f"{quote(text)} is not a date",
            fix='write the year first: "2025", "2025-03" or "2025-03-14"',
        ) from None
    return text


def check_full_date(text: str) -> str:
    """Return the date, or raise `date` unless it names a day."""
    fix = 'write the year, the month and the day: "2025-03-14"'
    try:
        earliest_day(text)
    except ValueError:
        raise value_error("date", f"{quote(text)} is not a date", fix=fix) from None
    if len(text) != len("2025-03-14"):
        raise value_error("date", f"{quote(text)} does not name a day", fix=fix)
    return text


def check_time(text: str) -> str:
    """Return the time of day, or raise `time`."""
    if not _TIME.fullmatch(text):
        raise value_error(
            "time",
            f"{quote(text)} is not a time of day",
            fix='write it as "08:30", in quotes',
        )
    return text


def check_time_zone(name: str) -> str:
    """Return the name, or raise `time-zone` unless the IANA database has it."""
    if name not in zoneinfo.available_timezones():
        raise value_error(
            "time-zone",
            f"{quote(name)} is not a time zone",
            fix="write an IANA name, e.g. Africa/Algiers",
        )
    return name


def latest_today() -> datetime.date:
    """Return the day that it is where days begin first (UTC+14): no day after it has been yet.

    `SOURCE_DATE_EPOCH` (seconds, of reproducible-builds.org) stands for the clock where it is set.
    """
    now = datetime.datetime.now(datetime.UTC)
    if seconds := os.environ.get("SOURCE_DATE_EPOCH"):
        now = datetime.datetime.fromtimestamp(int(seconds), datetime.UTC)
    return (now + datetime.timedelta(hours=14)).date()


def earliest_day(date: str) -> datetime.date:
    """Return the first day that the date can mean; raises `ValueError` for what is no date."""
    match = _PARTIAL.fullmatch(date)
    if match is None:
        raise ValueError(date)
    return datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))


PartialDate = Annotated[
    str,
    AfterValidator(check_partial_date),
    Field(
        description="year, month or day, in quotation marks",
        examples=["2025", "2025-03", "2025-03-14"],
        json_schema_extra={"pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
    ),
]
FullDate = Annotated[
    str,
    AfterValidator(check_full_date),
    Field(
        description="a day, in quotation marks",
        examples=["2025-03-14"],
        json_schema_extra={"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    ),
]
TimeOfDay = Annotated[
    str,
    AfterValidator(check_time),
    Field(
        description="24-hour local time, in quotation marks",
        examples=["08:30"],
        json_schema_extra={"pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
    ),
]
TimeZone = Annotated[
    str,
    AfterValidator(check_time_zone),
    Field(description="IANA time zone", examples=["Africa/Algiers"]),
]


def months_later(date: str, months: int) -> str:
    """Return the day so many months after a day (ISO 8601), or the last of a shorter month."""
    day = datetime.date.fromisoformat(date)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last)).isoformat()
