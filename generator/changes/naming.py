"""How records, their parts and their values are called in sentences."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from babel import Locale
from pydantic import BaseModel

from generator.authored import AuthoredPage
from generator.changes.model import RecordName
from generator.changes.records import RecordKey
from generator.dataset import Dataset
from generator.models.base import Citation, Statement
from generator.models.channels import (
    Channel,
    Confirmation,
    EmailChannel,
    PhoneChannel,
    Schedule,
    ShortCodeChannel,
    WebChannel,
)
from generator.models.countries import ChannelReference, Country
from generator.models.knowledge import LegalFramework, SignGroup, Step, TimeLimit
from generator.models.organizations import Address, Location, Organization, Service
from generator.models.reference import Place, TaxonomyTerm
from generator.values.text import SOURCE_LANGUAGE, LocalizedText, original_language

EVERYWHERE = "All countries"
"""The heading over what belongs to no single country."""

_KINDS = {
    "glossary": "Glossary",
    "legal_frameworks": "Law",
    "good_practices": "Practice",
    "situations": "Situation",
    "resources": "Resource",
    "sources": "Source",
    "taxonomies": "Taxonomy",
    "places": "City",
    "interface": "Words of the site",
    "search": "Search words",
    "content": "Page",
}
_LABELS = {
    "first_steps": "first step",
    "never_do": "never do",
    "time_limits": "time limit",
    "signs": "signs",
    "statements": "sign",
    "key_lessons": "lesson",
    "recommendations": "recommendation",
    "schedule": "hours",
    "sdgs": "SDGs",
    "isbn": "ISBN",
    "url": "web address",
    "licence_url": "address of the licence",
    "geonames_id": "GeoNames identifier",
    "see_also": "see also",
    "as_printed": "as printed",
    "official_language": "official language",
}
_CHANNEL_KINDS = {
    "phone": "phone number",
    "short_code": "short code",
    "email": "e-mail address",
    "web": "web page",
}
_ACCEPTED = {"calls": "calls", "whatsapp": "WhatsApp", "sms": "SMS"}
_METHODS = {"phone": "by phone", "email": "by e-mail", "visit": "by a visit"}
_DAYS = {
    "MO": "Mon", "TU": "Tue", "WE": "Wed", "TH": "Thu", "FR": "Fri", "SA": "Sat", "SU": "Sun",
}  # fmt: skip
_LONG = 120
_CONTEXT = 4


def name_record(key: RecordKey, record: BaseModel | AuthoredPage, dataset: Dataset) -> RecordName:
    """Return what a record is called, in English; `dataset` knows its country's name."""
    kind, identifier = key
    country = _country_of(record)
    group = EVERYWHERE
    if country:
        known = dataset.countries.get(country)
        group = source_text(known.name) if known else country
    parts = [group] if country else []
    if kind in _KINDS:
        parts.append(_KINDS[kind])
    title = _title(record)
    if kind == "edition":
        parts.append("Edition")
    elif isinstance(record, LegalFramework) and not country:
        parts += [record.jurisdiction.capitalize(), title or identifier]
    elif not isinstance(record, Country):
        parts.append(title or identifier)
    return RecordName(kind, identifier, country, group, " · ".join(parts))


def _country_of(record: BaseModel | AuthoredPage) -> str | None:
    match record:
        case Country():
            return record.id
        case Organization() | Place():
            return record.country
        case LegalFramework() if record.jurisdiction not in ("international", "african"):
            return record.jurisdiction
    return None


def _title(record: object) -> str | None:
    for field in ("abbreviation", "name", "term", "title"):
        text = getattr(record, field, None)
        if field == "abbreviation" and not isinstance(record, Organization):
            continue
        if isinstance(text, LocalizedText):
            return source_text(text)
    return None


def source_text(text: LocalizedText) -> str:
    """Return a text in the language in which it was written."""
    return text.root[original_language(text.root)]


def name_channels(organization: Organization, dataset: Dataset) -> dict[str, str]:
    """Return what each channel is called: its label, with more where several bear the same."""
    plain = {
        channel.id: source_text(channel.label) if channel.label else _CHANNEL_KINDS[channel.kind]
        for channel in organization.channels
    }
    counts = Counter(plain.values())
    places = {location.id: name_location(location, dataset) for location in organization.locations}
    named = {
        channel.id: (
            f"{plain[channel.id]} ({places.get(channel.location or '', 'whole country')})"
            if counts[plain[channel.id]] > 1
            else plain[channel.id]
        )
        for channel in organization.channels
    }
    counts = Counter(named.values())
    return {
        identifier: f"{plain[identifier]} ({identifier})" if counts[name] > 1 else name
        for identifier, name in named.items()
    }


def name_location(location: Location, dataset: Dataset) -> str:
    """Return what a location is called: by its own name, or by its city."""
    if location.name:
        return source_text(location.name)
    place = dataset.places.get(location.place or "")
    return source_text(place.name) if place else location.id


def name_item(item: object, dataset: Dataset) -> str:
    """Return what a part of a record is called that has an identifier."""
    match item:
        case Location():
            return f"location {name_location(item, dataset)}"
        case Service():
            return f"service {source_text(item.name)}"
        case TaxonomyTerm():
            return source_text(item.name)
    return str(getattr(item, "id", item))


def label(field: str | int) -> str:
    """Return a field's name in words; the place in a list counts from 1."""
    if isinstance(field, int):
        return str(field + 1)
    # The names of the site's texts are no words.
    return _LABELS.get(field, field if "." in field else field.replace("_", " "))


def language_name(code: str) -> str:
    """Return the English name of a language, or its code where it has none."""
    return Locale.parse(SOURCE_LANGUAGE).languages.get(code) or code


def show_contact(channel: Channel) -> str:
    """Return a number as the site writes it, or an address; a doubtful one as it was printed."""
    match channel:
        case PhoneChannel():
            phone = channel.phone
            return phone.shown if phone else quote(channel.number)
        case ShortCodeChannel():
            return channel.number
        case EmailChannel():
            return channel.address
        case WebChannel():
            return channel.url


def show_means(channel: Channel) -> str:
    """Return by what a channel reaches somebody: `phone number +218 91 1633466, only calls`."""
    means = f"{_CHANNEL_KINDS[channel.kind]} {show_contact(channel)}"
    if isinstance(channel, PhoneChannel) and (channel.accepts != ("calls",) or channel.only):
        return f"{means}, {show_accepted(channel)}"
    return means


def show_channel(channel: Channel, organization: Organization, dataset: Dataset) -> str:
    """Return everything that decides how a channel is used, in one line."""
    parts = [show_means(channel), f"for {show_reach(channel, organization, dataset)}"]
    if channel.doubtful:
        parts.append(f"doubtful: {quote(source_text(channel.doubtful.reason))}")
    if channel.confirmed:
        parts.append(f"confirmed {show(channel.confirmed)}")
    else:
        parts.append("not confirmed")
    return ", ".join(parts)


def show_accepted(channel: Channel) -> str:
    """Return what a number takes: `only calls, SMS`; nothing of what is no ordinary number."""
    if not isinstance(channel, PhoneChannel):
        return ""
    return f"{'only ' if channel.only else ''}{show(channel.accepts)}"


def show_reach(channel: Channel, organization: Organization, dataset: Dataset) -> str:
    """Return where a channel serves: the whole country, or one location."""
    if channel.nationwide:
        return "the whole country"
    for location in organization.locations:
        if location.id == channel.location:
            return name_location(location, dataset)
    return channel.location or "nowhere"


def show_reference(reference: ChannelReference, country: str, dataset: Dataset) -> str:
    """Return a channel that a country says to call first, with its organization and number."""
    organization = dataset.organizations.get(f"{country}/{reference.organization}")
    if organization is None:
        return f"{reference.organization} {reference.channel}"
    name = _title(organization)
    for channel in organization.channels:
        if channel.id == reference.channel:
            called = name_channels(organization, dataset)[channel.id]
            return f"{name} {called} ({show_contact(channel)})"
    return f"{name} {reference.channel}"


def show(value: object) -> str:
    """Return a value for a sentence: words of the data in quotation marks, the rest plain."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case LocalizedText():
            return quote(source_text(value))
        case BaseModel():
            return _show_record(value)
        case tuple() if all(isinstance(one, str) for one in value):
            return ", ".join(str(_ACCEPTED.get(one, one)) for one in value) or "nothing"
        case tuple():
            return ", ".join(show(one) for one in value) or "nothing"
        case dict():
            return ", ".join(f"{key}: {show(one)}" for key, one in value.items()) or "nothing"
    return str(value)


def _show_record(value: BaseModel) -> str:
    match value:
        case Citation():
            pages = f"p. {value.pages}" if value.pages else None
            where = ", ".join(one for one in (pages, value.article) if one)
            return f"{value.source} ({where})" if where else value.source
        case Confirmation():
            return f"{_METHODS[value.method]} on {value.assured_date} ({value.assurer})"
        case Schedule():
            return _show_schedule(value)
        case Statement():
            return show(value.text)
        case TimeLimit():
            return f"{show(value.within)}: {show(value.what)}"
        case Step():
            return f"{show(value.ask)} ({show(value.service_types)})"
        case SignGroup():
            title = [show(value.title)] if value.title else []
            return ", ".join([*title, *(show(one) for one in value.statements)])
        case TaxonomyTerm():
            return show(value.name)
        case Location():
            return _show_location(value)
        case Address():
            return f"{value.kind} {show(value.text)}"
        case Service():
            parts = (value.description, value.eligibility_description)
            return ", ".join((show(value.types), *(show(part) for part in parts if part)))
    fields = type(value).model_fields
    return ", ".join(
        f"{label(name)} {show(part)}"
        for name in fields
        if (part := getattr(value, name)) not in (None, (), {}) and name != "id"
    )


def _show_location(location: Location) -> str:
    parts = [location.precision, *([location.place] if location.place else [])]
    if location.latitude is not None:
        parts.append(f"{location.latitude} {location.longitude}")
    if location.address:
        parts.append(f"address: {show(location.address)}")
    return ", ".join(parts)


def _show_schedule(schedule: Schedule) -> str:
    parts = []
    if schedule.days:
        parts.append("/".join(_DAYS[day] for day in schedule.days))
    if schedule.opens_at:
        parts.append(f"{schedule.opens_at}–{schedule.closes_at}")
    if schedule.description:
        parts.append(show(schedule.description))
    return " ".join(parts)


def quote(text: str) -> str:
    """Return words of the data in quotation marks."""
    return f"“{text}”"


def quote_difference(before: str, after: str) -> tuple[str, str]:
    """Return two texts in quotation marks; of long ones the words that differ and some around."""
    if max(len(before), len(after)) <= _LONG:
        return quote(before), quote(after)
    old, new = re.split(r"\s+", before.strip()), re.split(r"\s+", after.strip())
    shorter = min(len(old), len(new))
    start = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    end = next((i for i in range(shorter - start) if old[-1 - i] != new[-1 - i]), shorter - start)
    first, last = max(0, start - _CONTEXT), max(0, end - _CONTEXT)

    def cut(words: list[str]) -> str:
        kept = " ".join(words[first : len(words) - last])
        return quote(f"{'… ' if first else ''}{kept}{' …' if last else ''}")

    return cut(old), cut(new)


def plain(value: Any) -> Any:
    """Return a value as JSON knows it."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_defaults=True)
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return value
