"""What can be found in the directory: countries, organizations, needs, cities, profiles."""

from __future__ import annotations

from collections.abc import Iterator

from generator.models.channels import NumberForm, number_forms
from generator.models.organizations import Organization
from generator.search.results import (
    WEIGHTS,
    Contact,
    SearchDocument,
    Vocabulary,
    every_wording,
    join_parts,
    shorten,
    with_abbreviation,
)
from generator.views.channels import ChannelView
from generator.views.countries import CountryView, Group, view_country
from generator.views.organizations import OrganizationView, view_row


def find_directory(vocabulary: Vocabulary) -> Iterator[SearchDocument]:
    """Yield what can be found of each country."""
    for record in vocabulary.dataset.countries.values():
        country = view_country(record, vocabulary.dataset, vocabulary.words)
        yield _make_country(country, vocabulary)
        for organization in country.organizations:
            yield _make_organization(organization, country, vocabulary)
        for need in country.needs:
            yield _make_need(need, country, vocabulary)
        for city in country.cities:
            yield _make_city(city, country, vocabulary)
        yield from _make_profile(country, vocabulary)


def _make_country(country: CountryView, vocabulary: Vocabulary) -> SearchDocument:
    names = vocabulary.country_names(country.code)
    contacts = tuple(
        _make_contact(found.channel, found.organization, vocabulary, is_named=True)
        for found in country.call_first[:1]
    )
    return SearchDocument(
        group="call",
        weight=WEIGHTS["country"],
        address=country.address,
        title=country.name,
        hint=vocabulary.words("count.organizations", count=len(country.organizations)),
        names=names,
        aliases=names,
        keywords=(vocabulary.words("country.call_first"),),
        is_country=True,
        contacts=contacts,
        first=0 if contacts else None,
    )


def _make_organization(
    shown: OrganizationView, country: CountryView, vocabulary: Vocabulary
) -> SearchDocument:
    record = vocabulary.dataset.organizations[f"{shown.country}/{shown.id}"]
    # Who serves the whole country is asked for in each of its cities.
    served = [group.id for group in country.cities if shown.nationwide]
    links = (action for channel in shown.channels for action in channel.actions)
    main = view_row(shown).main
    return SearchDocument(
        group="call" if any(channel.is_callable for channel in shown.channels) else "services",
        weight=WEIGHTS["organization"],
        address=shown.address,
        title=with_abbreviation(shown.name, shown.abbreviation),
        hint=join_parts(country.name.text, shown.reach, shown.kind),
        snippet=shorten(join_parts(*(service.name.text for service in shown.services))),
        names=(
            *every_wording(record.name),
            *every_wording(record.abbreviation),
            *vocabulary.keywords("organizations", record.key),
        ),
        keywords=vocabulary.type_names(*shown.types, *shown.needs),
        places=(
            *vocabulary.country_names(shown.country),
            *(word for place in shown.cities for word in vocabulary.place_names(place)),
            *(location.name.text for location in shown.locations),
        ),
        text=(
            *_service_texts(shown),
            shown.kind,
            *(text.text for text in (shown.description, shown.partners) if text),
            *(channel.label.text for channel in shown.channels if channel.label),
            *(action.shown for action in links if action.kind in ("email", "web")),
            *(word for place in served for word in vocabulary.place_names(place)),
        ),
        contacts=tuple(_make_contacts(shown, record, vocabulary)),
        first=next(
            (i for i, channel in enumerate(shown.channels) if main and channel.id == main[0].id),
            None,
        ),
    )


def _service_texts(shown: OrganizationView) -> Iterator[str]:
    for service in shown.services:
        for text in (service.name, service.description, service.eligibility):
            if text:
                yield text.text


def _make_need(need: Group, country: CountryView, vocabulary: Vocabulary) -> SearchDocument:
    types = vocabulary.dataset.service_types
    offered = sorted(
        name
        for name in vocabulary.dataset.types_offered_in(country.code)
        if types[name].parent == need.id
    )
    return SearchDocument(
        group="services",
        weight=WEIGHTS["need"],
        address=country.address.at(need.anchor),
        title=need.name,
        hint=_count(need, country, vocabulary),
        snippet=need.description.text if need.description else "",
        names=every_wording(types[need.id].name),
        keywords=(
            *vocabulary.keywords("service_types", need.id),
            *vocabulary.type_names(*offered),
        ),
        places=vocabulary.country_names(country.code),
        is_local=True,
    )


def _make_city(city: Group, country: CountryView, vocabulary: Vocabulary) -> SearchDocument:
    needs = {need for row in city.rows for need in row.organization.needs}
    types = {name for row in city.rows for name in row.organization.types}
    offered = [
        need.name.in_language(vocabulary.language).text
        for need in vocabulary.dataset.needs
        if need.id in needs
    ]
    names = vocabulary.place_names(city.id)
    return SearchDocument(
        group="services",
        weight=WEIGHTS["city"],
        address=country.address.at(city.anchor),
        title=city.name,
        hint=_count(city, country, vocabulary),
        snippet=shorten(join_parts(*offered)),
        names=names,
        aliases=names,
        keywords=vocabulary.type_names(*sorted(needs | types)),
        places=vocabulary.country_names(country.code),
        place=city.id,
    )


def _count(group: Group, country: CountryView, vocabulary: Vocabulary) -> str:
    count = vocabulary.words("count.organizations", count=len(group.rows))
    return join_parts(country.name.text, count)


def _make_profile(country: CountryView, vocabulary: Vocabulary) -> Iterator[SearchDocument]:
    for section in country.profile:
        if section.statements:
            texts = tuple(statement.text.text for statement in section.statements)
            yield SearchDocument(
                group="guidance",
                weight=WEIGHTS["list"],
                address=country.address.at(section.id),
                title=vocabulary.own(section.title),
                hint=country.name.text,
                snippet=shorten(texts[0]),
                names=(section.title,),
                places=vocabulary.country_names(country.code),
                text=texts,
                is_local=True,
            )


def _make_contacts(
    shown: OrganizationView, record: Organization, vocabulary: Vocabulary
) -> Iterator[Contact]:
    channels = {channel.id: channel for channel in record.channels}
    for view in shown.channels:
        yield _make_contact(view, shown, vocabulary, numbers=number_forms(channels[view.id]))


def _make_contact(
    view: ChannelView,
    organization: OrganizationView,
    vocabulary: Vocabulary,
    *,
    numbers: tuple[NumberForm, ...] = (),
    is_named: bool = False,
) -> Contact:
    """Return a channel as a result shows it, with whose it is where the title doesn't say so."""
    words = vocabulary.words
    places = {location.id: location.place for location in organization.locations}
    name = with_abbreviation(organization.name, organization.abbreviation).text
    told = [wording.text for wording in (view.label, view.location_name) if wording]
    doubt = None
    if view.doubt and view.printed:
        printed = words("channel.as_printed", number=words.ltr(view.printed))
        doubt = words.labelled(printed, view.doubt.text)
    return Contact(
        action=view.main_action,
        where=join_parts(*([name] if is_named else ()), *told) or None,
        place=places.get(view.location) if view.location else None,
        facts=view.facts,
        provenance=view.provenance.short,
        numbers=numbers,
        doubt=doubt,
    )
