"""The report as a table for a person: plain text, by risk, one line for each contact."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from generator.ageing import RISKS, Ageing, Contact
from generator.dataset import Dataset
from generator.overdue.wording import RISK_TITLES, assured, channel_label, organization_name
from generator.values.dates import months_later
from generator.values.text import SOURCE_LANGUAGE

WIDTH = 120
"""How many columns a line has where no terminal says so."""

_LEAST_NAME = 14
_SHORTEST = len("UNHCR…")
_GAP = "  "
_MONTHS_IN_WORDS = 24


class _Row(NamedTuple):
    """One contact in words. Only `name`, `label` and `assurer` may be cut to make room."""

    due: str
    overdue: str
    country: str
    name: str
    label: str
    address: str
    assured: str
    assurer: str
    place: str


def render_table(ageing: Ageing, dataset: Dataset, *, width: int = WIDTH) -> str:
    """Return the report as lines of text, with a closing line of counts.

    Lines fit into `width` columns where the numbers, addresses and files leave room: those are
    never cut. The first line names the folder of the files, the last ones
    the sources.
    """
    overdue = ageing.of("overdue")
    lines = [] if overdue else ["Nothing is overdue."]
    parts = [
        (RISK_TITLES[risk], [one for one in overdue if one.risk == risk]) for risk in RISKS
    ] + [
        (f"Due {_ahead(ageing.within)}", ageing.of("due")),
        ("Doubtful: these need the right number, don't call", ageing.of("doubtful")),
    ]
    listed = [contacts for _, contacts in parts if contacts]
    if listed:
        folder = _folder(listed[0][0])
        lines.append(f"Write what you learn into the file and line, in {folder}<country>/")
    for title, contacts in parts:
        if contacts:
            rows = [_row(one, ageing.today, dataset) for one in contacts]
            lines += ["", title, *_align(rows, width)]
    lines += _name_sources([one for contacts in listed for one in contacts], dataset)
    dated = ageing.of("overdue", "due")
    if any(one.due and len(assured(one, dataset)[0]) < len("2025-03-14") for one in dated):
        lines += ["", "Of a date that is only a year or a month, the first day counts."]
    return "\n".join([*lines, *([""] if listed else []), summarize(ageing)]) + "\n"


def summarize(ageing: Ageing) -> str:
    """Return one line such as `71 contacts overdue, 8 due within 30 days, of 120`."""
    doubtful = len(ageing.of("doubtful"))
    return (
        f"{_count(len(ageing.of('overdue')), 'contact')} overdue, "
        f"{len(ageing.of('due'))} due {_ahead(ageing.within)}, of {len(ageing.contacts)}"
        + (f" ({doubtful} doubtful)" if doubtful else "")
    )


def _name_sources(contacts: Sequence[Contact], dataset: Dataset) -> list[str]:
    """Return what the identifiers of sources mean, which lines leave out where there is no room."""
    cited = {
        assurer
        for _, how, assurer in (assured(one, dataset) for one in contacts)
        if how == "published"
    }
    titles = {key: dataset.sources[key].title.in_language(SOURCE_LANGUAGE).text for key in cited}
    return (
        ["", "Published in", *(f"{key}: {titles[key]}" for key in sorted(cited))] if cited else []
    )


def _row(contact: Contact, today: datetime.date, dataset: Dataset) -> _Row:
    date, method, assurer = assured(contact, dataset)
    when = "" if contact.state == "doubtful" else "at once"
    return _Row(
        due=contact.due.isoformat() if contact.due else when,
        overdue=_overdue_in_words(contact, today),
        country=contact.organization.country,
        name=organization_name(contact),
        label=channel_label(contact),
        address=contact.address,
        assured=f"{method} {date or 'undated'}",
        assurer=assurer,
        place=f"{PurePosixPath(contact.position.path).name}:{contact.position.line}",
    )


def _overdue_in_words(contact: Contact, today: datetime.date) -> str:
    if contact.state == "doubtful":
        return ""
    if contact.due is None:
        return "undated"
    days = (today - contact.due).days
    if days == 0:
        return "today"
    if days < 0:
        return f"in {_span(today, contact.due)}"
    return _span(contact.due, today)


def _span(start: datetime.date, end: datetime.date) -> str:
    """Return the time between two days as people say it, in whole units that have passed."""
    months = (end.year - start.year) * 12 + end.month - start.month
    months -= months_later(start.isoformat(), months) > end.isoformat()
    if months < 1:
        return _count((end - start).days, "day")
    if months < _MONTHS_IN_WORDS:
        return _count(months, "month")
    return _count(months // 12, "year")


def _align(rows: Sequence[_Row], width: int) -> Iterator[str]:
    """Yield the rows in columns as wide as they have to be."""

    def widest(texts: list[str]) -> int:
        return max(_columns(text) for text in texts)

    due, overdue, country, address = (
        widest([getattr(row, name) for row in rows])
        for name in ("due", "overdue", "country", "address")
    )
    fixed = [due, overdue, country, address, widest([row.place for row in rows])]
    # A column without anything in it is left out, with its gap.
    room = width - sum(fixed) - len(_GAP) * (sum(map(bool, fixed)) + 1)
    least = widest([row.assured for row in rows])
    names = widest([_join(row.name, row.label) for row in rows])
    name = min(names, max(_LEAST_NAME, room - least))
    last = min(widest([f"{row.assured}, {row.assurer}" for row in rows]), room - name)
    if last < least + len(", ") + _SHORTEST:
        last = least
    for row in rows:
        cells = [
            _pad(row.due, due),
            _pad(row.overdue, overdue),
            _pad(row.country, country),
            _pad(_fit_name(row.name, row.label, name), name),
            _pad(row.address, address),
            _pad(_fit_assured(row.assured, row.assurer, last), last),
            row.place,
        ]
        yield _GAP.join(cell for cell in cells if cell)


def _join(name: str, label: str) -> str:
    return f"{name} · {label}" if label else name


def _fit_name(name: str, label: str, room: int) -> str:
    """Return organization and channel; the file tells the former too, so it is cut first."""
    if not label:
        return _cut(name, room)
    left = room - _columns(_join("", label))
    return _cut(_join(_cut(name, max(left, _SHORTEST)), label), room)


def _fit_assured(assured: str, assurer: str, room: int) -> str:
    """Return how and by whom; not at all by whom where there is no room to recognize them."""
    left = room - _columns(f"{assured}, ")
    return f"{assured}, {_cut(assurer, left)}" if left >= _SHORTEST else assured


def _cut(text: str, room: int) -> str:
    if _columns(text) <= room:
        return text
    while _columns(text) > room - 1:
        text = text[:-1]
    return f"{text.rstrip(' ,·')}…"


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _columns(text))


def _columns(text: str) -> int:
    """Return how many columns a text takes on a terminal; marks above letters take none."""
    return sum(1 for letter in text if not unicodedata.combining(letter))


def _folder(contact: Contact) -> str:
    """Return the folder of the organizations, as the project names it."""
    return contact.position.path.removesuffix(f"{contact.organization.key}.yaml")


def _ahead(within: int | None) -> str:
    return "later" if within is None else f"within {_count(within, 'day')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
