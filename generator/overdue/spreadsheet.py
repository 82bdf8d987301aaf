"""The report as CSV (RFC 4180), for spreadsheets and programs."""

from __future__ import annotations

import csv
import io

from generator.ageing import Ageing, Contact
from generator.cells import address_cells, guard_cell
from generator.dataset import Dataset
from generator.overdue.wording import assured, organization_name
from generator.values.text import SOURCE_LANGUAGE

COLUMNS = (
    "state",
    "due",
    "days_overdue",
    "risk",
    "country",
    "organization_id",
    "organization",
    "channel_id",
    "channel_kind",
    "label",
    "location",
    "number",
    "email",
    "url",
    "assured_date",
    "method",
    "assurer",
    "doubtful_reason",
    "file",
    "line",
)


def render_csv(ageing: Ageing, dataset: Dataset) -> bytes:
    """Return UTF-8 with one row for each contact that is overdue, due or doubtful, in that order.

    Dates are ISO 8601; `assured_date` may be a year or a month only. `days_overdue` is negative
    for what is still to come, and empty with `due` where no date is known. Numbers are E.164,
    short codes stand as they are dialled, doubtful numbers as printed. Cells that a spreadsheet
    might take for a formula begin with an apostrophe.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for state in ("overdue", "due", "doubtful"):
        for contact in ageing.of(state):
            writer.writerow(_row(contact, ageing, dataset))
    return text.getvalue().encode()


def _row(contact: Contact, ageing: Ageing, dataset: Dataset) -> dict[str, str]:
    organization, channel, view = contact.organization, contact.channel, contact.view
    date, method, assurer = assured(contact, dataset)
    doubt = channel.doubtful.reason.in_language(SOURCE_LANGUAGE).text if channel.doubtful else ""
    cells = {
        "state": contact.state,
        "due": contact.due.isoformat() if contact.due else "",
        "risk": contact.risk,
        "country": organization.country,
        "organization_id": organization.id,
        "organization": organization_name(contact),
        "channel_id": channel.id,
        "channel_kind": channel.kind,
        "label": view.label.text if view.label else "",
        "location": view.location_name.text if view.location_name else "",
        "assured_date": date,
        "method": method,
        "assurer": assurer,
        "doubtful_reason": doubt,
        "file": contact.position.path,
        "line": str(contact.position.line),
    }
    guarded = {name: guard_cell(cell) for name, cell in cells.items()}
    # A negative number of days is a number, which begins with the sign of a formula.
    days = str((ageing.today - contact.due).days) if contact.due else ""
    return guarded | {"days_overdue": days} | address_cells(channel)
