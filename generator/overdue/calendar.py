"""The report as a calendar (iCalendar, RFC 5545): what falls due, on the day when it does.

Events, not tasks: Google Calendar and Outlook leave tasks (VTODO) out when they read a file. One
for each organization and due date: who has somebody on the phone asks for all their numbers. What
is overdue stands on the day of the report, since nobody looks at last year in a calendar. The
identifier of an event stays when it moves, so that a calendar that reads the file again moves it.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator, Sequence

from generator import urls
from generator.ageing import Ageing, Contact
from generator.content_lines import escape_text, render_lines
from generator.dataset import Dataset
from generator.overdue.wording import RISK_TITLES, channel_label, organization_name
from generator.values.text import SOURCE_LANGUAGE

_ASK = {
    "phone": "Call, or write where it takes messages only: whose number is this? Whom is it for, "
    "when does somebody answer, in which languages? Say that you check a directory. Don't speak "
    "of any child.",
    "email": "Write: whose address is this? Whom is it for? Say that you check a directory. Don't "
    "write of any child.",
    "visit": "Open the page: is it theirs, and can one still ask for help there? Send nothing.",
}
_METHODS = {"phone": "phone", "short_code": "phone", "email": "email", "web": "visit"}


def render_calendar(ageing: Ageing, dataset: Dataset) -> bytes:
    """Return the calendar as UTF-8. Doubtful contacts are not in it: a call would not help them.

    It has no clock: what RFC 5545 wants as the time of writing (DTSTAMP) is the data's date, at
    midnight UTC. Without anything due it has no events, which the standard doesn't foresee; the
    calendars that programs export when they are empty are the same.
    """
    assert dataset.edition is not None
    events: dict[tuple[str, datetime.date | None], list[Contact]] = {}
    for contact in ageing.of("overdue", "due"):
        events.setdefault((contact.organization.key, contact.due), []).append(contact)
    stamp = datetime.date.fromisoformat(dataset.date)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Dalil//Dalil//EN",
        "X-WR-CALNAME:Dalil: contacts to check",
    ]
    # Those of one day stay in the order of risk.
    for contacts in sorted(events.values(), key=lambda one: _day(one, ageing)):
        lines += _render_event(contacts, ageing, dataset, stamp)
    return render_lines([*lines, "END:VCALENDAR"])


def _day(contacts: Sequence[Contact], ageing: Ageing) -> datetime.date:
    """Return the day on which an event stands: when it is due, but not before today."""
    return max(contacts[0].due or ageing.today, ageing.today)


def _render_event(
    contacts: Sequence[Contact], ageing: Ageing, dataset: Dataset, stamp: datetime.date
) -> Iterator[str]:
    """Yield the lines of an event, not folded yet. The contacts are due on the same day."""
    first = contacts[0]
    organization = first.organization
    country = dataset.countries[organization.country].name.in_language(SOURCE_LANGUAGE).text
    what = f"{channel_label(first)} {first.address}".strip()
    more = f" and {len(contacts) - 1} more" if len(contacts) > 1 else ""
    # The number of a revision only ever grows (3.8.7.4): an event moves on by a day at a time. What
    # has no date does so since ever, whatever the date of the edition.
    revision = max(0, (ageing.today - (first.due or datetime.date.min)).days)
    categories = dict.fromkeys(["Dalil", country, *(RISK_TITLES[one.risk] for one in contacts)])
    summary = f"Check: {country} · {organization_name(first)} · {what}{more}"
    description = "\n".join(_describe(contacts, ageing))
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(first)}"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"SEQUENCE:{revision}"
    yield f"DTSTART;VALUE=DATE:{_day(contacts, ageing):%Y%m%d}"
    yield f"SUMMARY:{escape_text(summary)}"
    yield f"DESCRIPTION:{escape_text(description)}"
    yield f"CATEGORIES:{','.join(escape_text(name) for name in categories)}"
    # It takes nobody's time from a meeting.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _uid(contact: Contact) -> uuid.UUID:
    """Return the identifier of an event, from the organization's address and the due date."""
    organization = contact.organization
    address = urls.organization(SOURCE_LANGUAGE, organization.country, organization.id)
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{address.path}#check-{contact.due or 'undated'}")


def _describe(contacts: Sequence[Contact], ageing: Ageing) -> Iterator[str]:
    """Yield what to check, what to ask, and where to write it."""
    due = contacts[0].due
    if due is None:
        yield "Overdue: nobody knows how old this is."
    else:
        yield f"Due {'since' if due <= ageing.today else 'on'} {due.isoformat()}."
    for contact in contacts:
        yield ""
        yield ": ".join(part for part in (channel_label(contact), contact.address) if part)
        yield contact.view.provenance.text
        yield f"{contact.position.path}:{contact.position.line}"
    for method in dict.fromkeys(_METHODS[contact.channel.kind] for contact in contacts):
        yield ""
        yield _ASK[method]
        yield (
            'Then write, with the day and who did it: confirmed: {assured_date: "YYYY-MM-DD", '
            f"method: {method}, assurer: …}}"
        )
    yield ""
    yield "If it is wrong: CONTRIBUTING.md, A number is wrong."
