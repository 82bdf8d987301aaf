"""How one channel is shown: what a tap does, where it works, how old the knowledge is."""

from __future__ import annotations

import dataclasses
from typing import Literal

from generator.dataset import Dataset
from generator.models.channels import (
    Channel,
    EmailChannel,
    PhoneChannel,
    Schedule,
    ShortCodeChannel,
    WebChannel,
)
from generator.models.organizations import Location, Organization
from generator.values.links import (
    Link,
    call_link,
    mail_link,
    message_link,
    web_link,
    whatsapp_link,
)
from generator.values.text import Wording
from generator.words import Words

HELPLINE_MONTHS = 6
OTHER_MONTHS = 12
"""After how many months a contact is overdue for another check: helplines sooner than the rest."""

ActionKind = Literal["call", "whatsapp", "sms", "email", "web"]


@dataclasses.dataclass(frozen=True)
class Action:
    """One thing that a tap does. `shown` is the number or address that stands on the button."""

    kind: ActionKind
    href: Link
    verb: str
    shown: str


@dataclasses.dataclass(frozen=True)
class Provenance:
    """Where a channel comes from and since when, in words.

    `short` leaves out the source; `origin` is what channels of one source share. `date` is the
    ISO 8601 date (of any precision) from which a reader's own clock tells the age, none when the
    source has no date. After `overdue_months` it is no longer to be relied on; a doubtful channel
    never was.
    """

    origin: str
    text: str
    short: str
    date: str | None
    is_confirmed: bool
    overdue_months: int | None


@dataclasses.dataclass(frozen=True)
class ChannelView:
    """One channel. A doubtful one has no actions, only `printed` and the reason why."""

    id: str
    label: Wording | None
    actions: tuple[Action, ...]
    facts: tuple[str, ...]
    note: Wording | None
    printed: str | None
    doubt: Wording | None
    provenance: Provenance
    is_nationwide: bool
    location: str | None
    location_name: Wording | None

    @property
    def main_action(self) -> Action | None:
        """What the biggest button does: a call, where the channel takes calls."""
        return self.actions[0] if self.actions else None

    @property
    def is_callable(self) -> bool:
        """Whether it can be called."""
        return any(action.kind == "call" for action in self.actions)


def view_channel(
    channel: Channel, organization: Organization, dataset: Dataset, words: Words
) -> ChannelView:
    """Return how a channel of an organization is shown in the language of the words."""
    language = words.language
    # A channel of a hidden place still helps; it is shown without the place.
    location = next(
        (
            candidate
            for candidate in organization.locations
            if candidate.id == channel.location and candidate.precision != "hidden"
        ),
        None,
    )
    return ChannelView(
        id=channel.id,
        label=channel.label.in_language(language) if channel.label else None,
        actions=() if channel.doubtful else _view_actions(channel, words),
        facts=tuple(_view_facts(channel, organization, dataset, words)),
        note=channel.note.in_language(language) if channel.note else None,
        printed=_printed(channel),
        doubt=channel.doubtful.reason.in_language(language) if channel.doubtful else None,
        provenance=_view_provenance(channel, dataset, words),
        is_nationwide=channel.nationwide,
        location=location.id if location else None,
        location_name=location_name(location, dataset, words) if location else None,
    )


def contact_text(channel: Channel, words: Words) -> str:
    """Return a number or address as its button shows it; a doubtful one as it was printed."""
    if channel.doubtful:
        return _printed(channel) or ""
    return _view_actions(channel, words)[0].shown


def location_name(location: Location, dataset: Dataset, words: Words) -> Wording:
    """Return what a location is called: by its own name, or by its city."""
    name = location.name or (dataset.places[location.place].name if location.place else None)
    assert name is not None, "a location without name and place passed validation"
    return name.in_language(words.language)


def _view_actions(channel: Channel, words: Words) -> tuple[Action, ...]:
    match channel:
        case ShortCodeChannel():
            call = Action("call", call_link(channel.number), words("channel.call"), channel.number)
            return (call,)
        case PhoneChannel():
            phone = channel.phone
            assert phone is not None
            links: dict[str, tuple[ActionKind, Link]] = {
                "calls": ("call", call_link(phone.dialled)),
                "whatsapp": ("whatsapp", whatsapp_link(phone.e164)),
                "sms": ("sms", message_link(phone.dialled)),
            }
            return tuple(
                Action(kind, href, words(f"channel.{kind}"), phone.shown)
                for accepted, (kind, href) in links.items()
                if accepted in channel.accepts
            )
        case EmailChannel():
            email = Action(
                "email",
                mail_link(channel.address),
                words("channel.email"),
                channel.address,
            )
            return (email,)
        case WebChannel():
            return (Action("web", web_link(channel.url), words("channel.web"), channel.url),)


def _view_facts(
    channel: Channel, organization: Organization, dataset: Dataset, words: Words
) -> list[str]:
    """Return what to know before using a channel, one short phrase each."""
    facts = []
    home = dataset.countries[organization.country].name.in_language(words.language).text
    if isinstance(channel, ShortCodeChannel):
        facts.append(words("channel.inside_only", country=home))
    if isinstance(channel, PhoneChannel):
        if channel.only:
            word = channel.accepts[0] if len(channel.accepts) == 1 else "several"
            facts.append(words(f"channel.only_{word}"))
        if channel.phone and channel.phone.is_toll_free:
            facts.append(words("channel.toll_free", country=home))
    time_zone = dataset.countries[organization.country].time_zone
    facts += [_schedule_text(schedule, time_zone, words) for schedule in channel.schedule]
    if channel.languages:
        names = [words.language_name(code) for code in channel.languages]
        facts.append(words("channel.languages", languages=words.join(names)))
    return facts


def _schedule_text(schedule: Schedule, time_zone: str, words: Words) -> str:
    parts = []
    if schedule.opens_at and schedule.closes_at:
        days = words.join([words.weekday(day) for day in schedule.days])
        hours = words(
            "hours.from_to",
            days=days or words("hours.daily"),
            hours=words.ltr(f"{schedule.opens_at}–{schedule.closes_at}"),
        )
        parts.append(f"{hours}, {words('hours.local', zone=words.ltr(time_zone))}")
    if schedule.description:
        parts.append(schedule.description.in_language(words.language).text)
    return ": ".join(parts)


def _printed(channel: Channel) -> str | None:
    """Return the source's own spelling where the reader has to see it."""
    if channel.as_printed:
        return channel.as_printed
    if channel.doubtful:
        match channel:
            case PhoneChannel() | ShortCodeChannel():
                return channel.number
            case EmailChannel():
                return channel.address
            case WebChannel():
                return channel.url
    return None


def _view_provenance(channel: Channel, dataset: Dataset, words: Words) -> Provenance:
    parts, short, date = [], [], None
    if confirmed := channel.confirmed:
        date = confirmed.assured_date
        text = words(f"provenance.confirmed_{confirmed.method}", date=words.date(date))
        parts.append(f"{text} {words('provenance.assurer', assurer=confirmed.assurer)}")
        short.append(text)
    if channel.published:
        source = dataset.sources[channel.published.source]
        title = source.title.in_language(words.language).text
        if source.published:
            shown = words.date(source.published)
            parts.append(words("provenance.published", date=shown, title=title))
            short = short or [words("provenance.published_short", date=shown)]
        else:
            parts.append(words("provenance.published_undated", title=title))
            short = short or [words("provenance.published_undated", title=title)]
        date = date or source.published
    is_helpline = isinstance(channel, PhoneChannel | ShortCodeChannel)
    months = HELPLINE_MONTHS if is_helpline else OTHER_MONTHS
    origin = "; ".join(parts)
    if not channel.confirmed:
        unconfirmed = words(f"provenance.unconfirmed{'_phone' if is_helpline else ''}")
        parts[-1] += f", {unconfirmed}"
        short[-1] += f", {unconfirmed}"
    return Provenance(
        origin=origin,
        text="; ".join(parts),
        short=short[0],
        date=date,
        is_confirmed=channel.confirmed is not None,
        overdue_months=None if channel.doubtful else months,
    )
