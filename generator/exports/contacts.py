"""`downloads/contacts.csv`: one row for each contact channel, for spreadsheets and programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from generator import urls
from generator.cells import address_cells, guard_cell
from generator.dataset import Dataset
from generator.models.channels import Channel, PhoneChannel
from generator.models.organizations import Location, Organization
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

TRANSLATED = (
    "organization",
    "abbreviation",
    "label",
    "doubtful_reason",
    "location",
    "hours",
    "services",
    "source",
)
"""The columns that stand a second time for each other language of the site: `organization_fr`."""


def render_contacts(dataset: Dataset) -> list[OutputFile]:
    """Return the table, UTF-8, comma-separated (RFC 4180), in the order of the data.

    Texts are in the source's language, and in columns of their own in each other language of the
    site; a cell is empty where there is no translation.
    """
    text = io.StringIO()
    columns = [*COLUMNS, *(f"{name}_{code}" for code in _others(dataset) for name in TRANSLATED)]
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
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
        "organization_kind": organization.kind,
        "channel_id": channel.id,
        "channel_kind": channel.kind,
        "accepts": " ".join(channel.accepts) if isinstance(channel, PhoneChannel) else "",
        "as_printed": channel.as_printed or "",
        "doubtful": "yes" if channel.doubtful else "no",
        "nationwide": "yes" if channel.nationwide else "no",
        "place_id": location.place or "" if location else "",
        "languages": " ".join(channel.languages),
        "needs": " ".join(dict.fromkeys(needs)),
        **_texts(organization, channel, location, dataset, SOURCE_LANGUAGE),
    }
    for code in _others(dataset):
        texts = _texts(organization, channel, location, dataset, code)
        cells |= {f"{name}_{code}": text for name, text in texts.items()}
    if channel.published:
        source = dataset.sources[channel.published.source]
        cells["source_id"] = source.id
        cells["pages"] = channel.published.pages or ""
        cells["published"] = source.published or ""
    if channel.confirmed:
        cells["confirmed_date"] = channel.confirmed.assured_date
        cells["confirmed_method"] = channel.confirmed.method
        cells["confirmed_by"] = channel.confirmed.assurer
    guarded = {name: guard_cell(cell) for name, cell in cells.items()}
    return guarded | address_cells(channel)


def _others(dataset: Dataset) -> list[str]:
    return [code for code in dataset.languages if code != SOURCE_LANGUAGE]


def _texts(
    organization: Organization,
    channel: Channel,
    location: Location | None,
    dataset: Dataset,
    language: str,
) -> dict[str, str]:
    """Return the cells of `TRANSLATED` in one language."""

    def say(text: LocalizedText | None) -> str:
        if text is None:
            return ""
        wording = text.in_language(language)
        # The source's columns are never empty, the others only tell what is in their language.
        return "" if wording.is_fallback and language != SOURCE_LANGUAGE else wording.text

    name = location.name if location else None
    if location and location.place:
        name = name or dataset.places[location.place].name
    source = dataset.sources[channel.published.source] if channel.published else None
    return {
        "organization": say(organization.name),
        "abbreviation": say(organization.abbreviation),
        "label": say(channel.label),
        "doubtful_reason": say(channel.doubtful.reason if channel.doubtful else None),
        "location": say(name),
        "hours": "; ".join(_hours(channel, say)),
        "services": "; ".join(filter(None, (say(one.name) for one in organization.services))),
        "source": say(source.title if source else None),
    }


def _hours(channel: Channel, say: Callable[[LocalizedText | None], str]) -> list[str]:
    """Return the hours, days and times in one form for all languages: `MO TU 08:00-16:00`."""
    hours = []
    for schedule in channel.schedule:
        span = f"{schedule.opens_at}-{schedule.closes_at}" if schedule.opens_at else ""
        words = say(schedule.description)
        hours.append(" ".join(part for part in (*schedule.days, span, words) if part))
    return hours
