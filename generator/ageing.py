"""Which contacts have to be checked again, those first that do most harm when they are wrong.

The rule is the one by which pages warn of an old number (`assets/ages.js`): a contact is due so
many months after the last time that anybody tried it, or else after its source was published.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from typing import Literal, get_args

from generator.dataset import Dataset
from generator.models.channels import (
    Channel,
    EmailChannel,
    PhoneChannel,
    ShortCodeChannel,
    WebChannel,
)
from generator.models.organizations import Organization
from generator.problems import Position
from generator.values.dates import earliest_day, months_later
from generator.values.text import SOURCE_LANGUAGE
from generator.views.channels import ChannelView, Provenance, view_channel
from generator.views.countries import view_country
from generator.words import Words, words_for

Risk = Literal["call_first", "nationwide", "number", "written"]
"""How much depends on a contact: a number that a country says to call first, another one for the
whole country, any other number, e-mail and web pages."""

RISKS: tuple[Risk, ...] = get_args(Risk)
"""The risks, the greatest first."""

State = Literal["overdue", "due", "fresh", "doubtful"]
"""`due`: within the days that were asked for. A doubtful contact needs another number, no call."""


@dataclasses.dataclass(frozen=True)
class Contact:
    """One channel, how it is shown in the source's language, and when it is due.

    `due` is none for a doubtful channel, and for one whose source has no date: that is overdue at
    once. `position` is the line to edit: `confirmed`, or the channel that lacks it; of a doubtful
    one the number.
    """

    organization: Organization
    channel: Channel
    view: ChannelView
    risk: Risk
    state: State
    due: datetime.date | None
    position: Position

    @property
    def key(self) -> str:
        """What names the contact in all countries: `DZ/onppe/hotline`."""
        return f"{self.organization.key}/{self.channel.id}"

    @property
    def address(self) -> str:
        """The number or address as the site writes it."""
        shown = self.view.main_action.shown if self.view.main_action else self.view.printed
        assert shown is not None, "a channel has an action, or else it is shown as printed"
        return shown


@dataclasses.dataclass(frozen=True)
class Ageing:
    """All contacts on one day, each once, in the order in which to check them.

    `within` is for how many days ahead `due` looks; none: for ever, so that nothing is `fresh`.
    """

    today: datetime.date
    within: int | None
    contacts: tuple[Contact, ...]

    def of(self, *states: State) -> list[Contact]:
        """Return the contacts in one of the states, in order."""
        return [contact for contact in self.contacts if contact.state in states]


def find_overdue(
    dataset: Dataset, *, today: datetime.date, within: int | None, country: str | None = None
) -> Ageing:
    """Return the state of all contacts, or of those in one country (ISO 3166-1 alpha-2).

    They are sorted by risk, then by what is due longest, then by key. A contact is overdue on the
    day on which it is due. What has no date stands before all dates.
    """
    words = words_for(dataset, SOURCE_LANGUAGE)
    contacts = _view_contacts(dataset, words, today=today, within=within, country=country)
    return Ageing(
        today,
        within,
        tuple(
            sorted(
                contacts,
                key=lambda one: (RISKS.index(one.risk), one.due or datetime.date.min, one.key),
            )
        ),
    )


def due_day(provenance: Provenance) -> datetime.date | None:
    """Return the day from which a contact is no longer to be relied on, as soon as it may be.

    Of a date that is only a year or a month, the first day counts. None for what is doubtful or
    has no date.
    """
    if provenance.date is None or provenance.overdue_months is None:
        return None
    assured = earliest_day(provenance.date).isoformat()
    return datetime.date.fromisoformat(months_later(assured, provenance.overdue_months))


def _view_contacts(
    dataset: Dataset,
    words: Words,
    *,
    today: datetime.date,
    within: int | None,
    country: str | None,
) -> Iterator[Contact]:
    first = {
        (record.id, found.organization.id, found.channel.id)
        for record in dataset.countries.values()
        for found in view_country(record, dataset, words).call_first
    }
    for organization, index, channel in dataset.channels():
        if country is not None and organization.country != country:
            continue
        view = view_channel(channel, organization, dataset, words)
        due = due_day(view.provenance)
        file = dataset.files["organizations", organization.key]
        field = _address_field(channel) if channel.doubtful else "confirmed"
        line, column = file.place_of(("channels", index, field))
        yield Contact(
            organization=organization,
            channel=channel,
            view=view,
            risk=_risk(
                channel, is_first=(organization.country, organization.id, channel.id) in first
            ),
            state=_state(channel, due, today=today, within=within),
            due=due,
            position=Position(file.path, line, column),
        )


def _risk(channel: Channel, *, is_first: bool) -> Risk:
    if is_first:
        return "call_first"
    if not isinstance(channel, PhoneChannel | ShortCodeChannel):
        return "written"
    return "nationwide" if channel.nationwide else "number"


def _state(
    channel: Channel, due: datetime.date | None, *, today: datetime.date, within: int | None
) -> State:
    if channel.doubtful:
        return "doubtful"
    if due is None or due <= today:
        return "overdue"
    return "due" if within is None or (due - today).days <= within else "fresh"


def _address_field(channel: Channel) -> str:
    match channel:
        case PhoneChannel() | ShortCodeChannel():
            return "number"
        case EmailChannel():
            return "address"
        case WebChannel():
            return "url"
