"""`downloads/contacts.csv`: one row for each contact channel, for spreadsheets and programs."""

from __future__ import annotations

import csv
import io
import re

from generator import urls
from generator.dataset import Dataset
from generator.models.organizations import (
    Channel,
    EmailChannel,
    Location,
    Organization,
    PhoneChannel,
    ShortCodeChannel,
    WebChannel,
)
from generator.outputs import OutputFile
from generator.values.text import SOURCE_LANGUAGE, LocalizedText

COLUMNS = (
    "country",
    "organization_id",
    "organization",
    "abbreviation",
    "organization_kind",
    "channel_id",
    "channel_kind",
    "label",
    "number",
    "email",
    "url",
    "accepts",
    "as_printed",
    "doubtful",
    "doubtful_reason",
    "nationwide",
    "location",
    "place_id",
    "hours",
    "languages",
    "needs",
    "services",
    "source_id",
    "source",
    "pages",
    "published",
    "confirmed_date",
    "confirmed_method",
    "confirmed_by",
)

_FORMULA = re.compile(r"[=+\-@\t\r]")


def render_contacts(dataset: Dataset) -> list[OutputFile]:
    """Return the table, UTF-8, comma-separated (RFC 4180), in the order of the data."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for organization, _, channel in dataset.channels():
        writer.writerow(_row(organization, channel, dataset))
    content = text.getvalue().encode()
    return [OutputFile(urls.CONTACTS_CSV, content, "text/csv", "All contacts, one in each row")]


def _row(organization: Organization, channel: Channel, dataset: Dataset) -> dict[str, str]:
    """Return the cells of one channel. Yes and no are written `yes` and `no`."""
    locations = {location.id: location for location in organization.locations}
    location = locations.get(channel.location or "")
    if location and location.precision == "hidden":
        location = None
    types = dataset.service_types
    needs = [types[name].parent or name for s in organization.services for name in s.types]
    cells = {
        "country": organization.country,
        "organization_id": organization.id,
        "organization": _text(organization.name),
        "abbreviation": _text(organization.abbreviation),
        "organization_kind": organization.kind,
        "channel_id": channel.id,
        "channel_kind": channel.kind,
        "label": _text(channel.label),
        "accepts": " ".join(channel.accepts) if isinstance(channel, PhoneChannel) else "",
        "as_printed": channel.as_printed or "",
        "doubtful": "yes" if channel.doubtful else "no",
        "doubtful_reason": _text(channel.doubtful.reason) if channel.doubtful else "",
        "nationwide": "yes" if channel.nationwide else "no",
        "location": _location_name(location, dataset),
        "place_id": location.place or "" if location else "",
        "hours": "; ".join(_hours(channel)),
        "languages": " ".join(channel.languages),
        "needs": " ".join(dict.fromkeys(needs)),
        "services": "; ".join(_text(service.name) for service in organization.services),
    }
    if channel.published:
        source = dataset.sources[channel.published.source]
        cells["source_id"] = source.id
        cells["source"] = _text(source.title)
        cells["pages"] = channel.published.pages or ""
        cells["published"] = source.published or ""
    if channel.confirmed:
        cells["confirmed_date"] = channel.confirmed.assured_date
        cells["confirmed_method"] = channel.confirmed.method
        cells["confirmed_by"] = channel.confirmed.assurer
    guarded = {name: _guard(cell) for name, cell in cells.items()}
    return guarded | _address_cells(channel)


def _address_cells(channel: Channel) -> dict[str, str]:
    """Return the number or address itself: in E.164, but as it stands where it is doubtful.

    Numbers that can be dialled are not guarded: they are nothing but digits after a +, and other
    programs take them as they are.
    """
    match channel:
        case PhoneChannel():
            return {"number": channel.phone.e164 if channel.phone else _guard(channel.number)}
        case ShortCodeChannel():
            return {"number": channel.number}
        case EmailChannel():
            return {"email": _guard(channel.address)}
        case WebChannel():
            return {"url": _guard(channel.url)}


def _guard(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _text(text: LocalizedText | None) -> str:
    return text.in_language(SOURCE_LANGUAGE).text if text else ""


def _location_name(location: Location | None, dataset: Dataset) -> str:
    if location is None:
        return ""
    if location.name:
        return _text(location.name)
    return _text(dataset.places[location.place].name) if location.place else ""


def _hours(channel: Channel) -> list[str]:
    """Return the hours in one form for all languages: `MO TU 08:00-16:00`."""
    hours = []
    for schedule in channel.schedule:
        span = f"{schedule.opens_at}-{schedule.closes_at}" if schedule.opens_at else ""
        words = _text(schedule.description)
        hours.append(" ".join(part for part in (*schedule.days, span, words) if part))
    return hours
