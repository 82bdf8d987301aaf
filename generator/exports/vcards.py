"""`downloads/<cc>/contacts.vcf`: all contacts of a country, to import with one tap into a phone.

Each language of the site has a file of its own (`contacts-fr.vcf`), that of the source's language
has the plain name. An organization has the same UID in all of them, so that an address book which
knows it already replaces the card instead of keeping it twice.

vCard 3.0 (RFC 2426), which Android and iOS both read, with one card for each organization. What
can't be called is never a `TEL`, since some address books lose the label that would say so: a
number that takes only WhatsApp or text messages is a link that opens the chat, and a doubtful
number stands in the note, as printed. Names in the other languages of the site are nicknames,
which the search of a phone finds too.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator import urls
from generator.content_lines import escape_text, render_lines
from generator.dataset import Dataset
from generator.models.organizations import Organization
from generator.outputs import OutputFile
from generator.values.dates import months_later
from generator.values.text import SOURCE_LANGUAGE
from generator.views.channels import HELPLINE_MONTHS, ChannelView
from generator.views.countries import CountryView, view_country
from generator.views.organizations import LocationView, OrganizationView
from generator.words import Words, words_for


class _Entry(NamedTuple):
    """A property as it is written, and the label that the address book shows beside it."""

    line: str
    label: str


def render_contact_cards(dataset: Dataset) -> list[OutputFile]:
    """Return the cards of each country: UTF-8, first whom it calls first, then who is quickest.

    A country without any card has no file, since phones report an empty one as broken.
    """
    english = words_for(dataset, SOURCE_LANGUAGE)
    files = []
    for record in dataset.countries.values():
        country = view_country(record, dataset, english)
        in_english = {one.id: _labels(one, english) for one in country.organizations}
        for language in dataset.languages:
            words = words_for(dataset, language)
            lines = [
                line
                for organization in _in_order(view_country(record, dataset, words))
                if organization.has_card
                for line in _render_card(organization, in_english[organization.id], dataset, words)
            ]
            if lines:
                title = (
                    f"All contacts in {country.name.text}, for the address book of a phone, "
                    f"in {english.language_name(language)}"
                )
                address = urls.contact_cards(record.id, language)
                files.append(OutputFile(address, render_lines(lines), "text/vcard", title))
    return files


def _labels(organization: OrganizationView, words: Words) -> dict[str, str]:
    """Return what an address book shows beside each channel, by its identifier."""
    return {
        channel.id: " · ".join(_about(channel, organization, words))
        for channel in organization.channels
    }


def _in_order(country: CountryView) -> list[OrganizationView]:
    first = [found.organization.id for found in country.call_first]
    return sorted(
        country.organizations,
        key=lambda o: (first.index(o.id) if o.id in first else len(first), o.urgency, o.id),
    )


def _render_card(
    organization: OrganizationView, in_english: Mapping[str, str], dataset: Dataset, words: Words
) -> Iterator[str]:
    """Yield the lines of a card, not folded yet. `in_english` are the labels of its channels."""
    assert dataset.edition is not None
    record = dataset.organizations[f"{organization.country}/{organization.id}"]
    heading = _heading(record, dataset, words.language)
    official = (organization.official_name or organization.name).text
    needs = [n.name for n in dataset.needs if n.id in organization.needs]
    categories = [words("site.name"), *(name.in_language(words.language).text for name in needs)]
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"PRODID:-//Dalil//Dalil//{words.language.upper()}"
    yield f"UID:urn:uuid:{_uid(record)}"
    yield f"REV;VALUE=date:{dataset.date}"
    yield f"FN:{escape_text(heading)}"
    # iOS makes the name that it shows from N, never from FN.
    yield f"N:{escape_text(heading)};;;;"
    yield f"ORG:{escape_text(official)}"
    if nicknames := _nicknames(record, dataset, known=[heading, official]):
        yield f"NICKNAME:{','.join(escape_text(name) for name in nicknames)}"
    yield f"CATEGORIES:{','.join(escape_text(name) for name in categories)}"
    entries = _find_entries(organization, in_english, dataset, words)
    for number, entry in enumerate(entries, start=1):
        yield f"item{number}.{entry.line}"
        if entry.label:
            yield f"item{number}.X-ABLabel:{escape_text(entry.label)}"
    note = "\n".join(_note(organization, dataset, words))
    yield f"NOTE:{escape_text(note)}"
    yield "END:VCARD"


def _uid(organization: Organization) -> uuid.UUID:
    """Return the identifier of a card; it stays when the card changes.

    It is made from the organization's address below the site's root, in the source's language:
    neither where the site is published nor which other languages it has changes it.
    """
    address = urls.organization(SOURCE_LANGUAGE, organization.country, organization.id)
    return uuid.uuid5(uuid.NAMESPACE_URL, address.path)


def _heading(organization: Organization, dataset: Dataset, language: str) -> str:
    """Return what a list of contacts shows: with the country, since UNICEF is in several."""
    name = (organization.abbreviation or organization.name).in_language(language).text
    return f"{name} · {_country_name(organization.country, dataset, language)}"


def _country_name(code: str, dataset: Dataset, language: str) -> str:
    return dataset.countries[code].name.in_language(language).text


def _nicknames(organization: Organization, dataset: Dataset, *, known: list[str]) -> list[str]:
    """Return the headings and names in all languages that no known name contains."""
    names = list(known)
    for language in dataset.languages:
        heading = _heading(organization, dataset, language)
        for name in (heading, organization.name.in_language(language).text):
            if not any(name in other for other in names):
                names.append(name)
    return names[len(known) :]


def _find_entries(
    organization: OrganizationView, in_english: Mapping[str, str], dataset: Dataset, words: Words
) -> Iterator[_Entry]:
    """Yield every way to reach an organization, and its addresses."""
    for channel in organization.channels:
        about = _about(channel, organization, words)
        yield from _channel_entries(channel, about, in_english[channel.id])
    if organization.website:
        yield _Entry(f"URL:{organization.website}", words("channel.web"))
    country = _country_name(organization.country, dataset, words.language)
    for location in organization.locations:
        if location.address:
            text, place = location.address.text, _place(location)
            # A street is looked up in its own city, but nothing is said twice.
            city = location.city.text if location.city and location.city.text not in text else ""
            parts = ("", "", text, city, "", "", "" if country in text else country)
            address = ";".join(escape_text(part) for part in parts)
            if location.is_postal:
                label = f"{words('organization.postal')} · {place}"
                yield _Entry(f"ADR;TYPE=POSTAL:{address}", label)
            else:
                yield _Entry(f"ADR;TYPE=WORK:{address}", place)


def _channel_entries(channel: ChannelView, about: list[str], in_english: str) -> Iterator[_Entry]:
    label = " · ".join(about)
    name = _type(label if _is_plain(label) else in_english)
    for action in channel.actions:
        if action.kind == "call":
            number = action.href.removeprefix("tel:")
            yield _Entry(f"TEL;TYPE={name or 'VOICE'}:{number}", label)
        elif action.kind == "email":
            yield _Entry(f"EMAIL;TYPE={name or 'INTERNET'}:{escape_text(action.shown)}", label)
        # Address books offer to write a text message to whatever can be called.
        elif action.kind != "sms" or not channel.is_callable:
            verb = [] if any(action.verb in part for part in about) else [action.verb]
            # A URI is not escaped (RFC 2426, section 5).
            yield _Entry(f"URL:{action.href}", " · ".join([*verb, *about]))


def _about(channel: ChannelView, organization: OrganizationView, words: Words) -> list[str]:
    """Return what a channel is for, where it works, and what to know before using it."""
    places = {location.id: _place(location) for location in organization.locations}
    label = channel.label.text if channel.label else ""
    reach = words("channel.nationwide") if channel.is_nationwide else ""
    place = places[channel.location] if channel.location else ""
    return [part for part in (label, reach, place, *channel.facts) if part]


def _place(location: LocationView) -> str:
    if location.city and location.city.text not in location.name.text:
        return f"{location.name.text}, {location.city.text}"
    return location.name.text


def _type(label: str) -> str:
    """Return a label as an x-name, the only kind of free text that a TYPE can be, or "".

    Android knows no X-ABLabel; it shows the TYPE, unless there is a standard one beside it.
    """
    parts = re.findall(r"[A-Za-z0-9]+", _without_accents(label))
    return "-".join(["X", *parts]) if parts else ""


def _is_plain(label: str) -> bool:
    """Tell whether an x-name keeps all letters of a label: it can have those of ASCII only."""
    return all(letter.isascii() for letter in _without_accents(label) if letter.isalpha())


def _without_accents(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _note(organization: OrganizationView, dataset: Dataset, words: Words) -> Iterator[str]:
    """Yield the lines of the note: what it offers, what its labels may have lost, how old it is."""
    assert dataset.edition is not None
    version, date = dataset.edition.version, dataset.date
    services = " · ".join(service.name.text for service in organization.services)
    yield words.labelled(words("organization.offers"), services)
    for text in (organization.description, organization.partners):
        if text:
            yield text.text
    for channel in organization.channels:
        own_provenance = [] if organization.provenance else [channel.provenance.text]
        note = [channel.note.text] if channel.note else []
        shown = words.ltr(channel.main_action.shown) if channel.main_action else ""
        doubt = []
        if channel.doubt:
            assert channel.printed is not None
            printed = words("channel.as_printed", number=words.ltr(channel.printed))
            doubt = [words("channel.doubtful"), words.labelled(printed, channel.doubt.text)]
        about = _about(channel, organization, words)
        lost = about and not _is_plain("".join(about))
        if channel.facts or doubt or note or own_provenance or lost:
            parts = [shown, *about, *doubt, *note, *own_provenance]
            yield " · ".join(part for part in parts if part)
    if organization.provenance:
        yield organization.provenance.text
    edition = words("footer.edition", version=version, date=words.date(date))
    yield f"{words('site.name')} · {edition}"
    yield words("age.discard", date=words.date(months_later(date, HELPLINE_MONTHS)))
