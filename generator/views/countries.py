"""What a country's page shows, by urgency: call first, then by need, by city, the rest."""

from __future__ import annotations

import dataclasses
from collections import Counter

from generator import urls
from generator.dataset import Dataset
from generator.models.countries import Country, Profile
from generator.urls import Address
from generator.values.text import Wording
from generator.views.channels import ChannelView, Provenance
from generator.views.organizations import (
    OrganizationView,
    Row,
    view_organization,
    view_row,
)
from generator.views.sources import CitationView, References, StatementView
from generator.words import Words, alphabetically

MAX_DERIVED_CALL_FIRST = 3


@dataclasses.dataclass(frozen=True)
class CallFirst:
    """One number to try first, whose it is, and the needs that they answer."""

    organization: OrganizationView
    channel: ChannelView
    needs: tuple[Wording, ...]


@dataclasses.dataclass(frozen=True)
class Group:
    """The organizations that answer a need or work in a city."""

    id: str
    anchor: str
    name: Wording
    description: Wording | None
    rows: tuple[Row, ...]


@dataclasses.dataclass(frozen=True)
class ProfileSection:
    """One section of the profile; without statements, the sources say nothing of it."""

    id: str
    title: str
    statements: tuple[StatementView, ...]


@dataclasses.dataclass(frozen=True)
class CountryView:
    """A country's page. `provenance` is said once, for all channels that share it."""

    code: str
    name: Wording
    address: Address
    call_first: tuple[CallFirst, ...]
    needs: tuple[Group, ...]
    cities: tuple[Group, ...]
    provenance: Provenance | None
    organizations: tuple[OrganizationView, ...]
    profile: tuple[ProfileSection, ...]
    sources: tuple[CitationView, ...]


def view_country(country: Country, dataset: Dataset, words: Words) -> CountryView:
    """Return what the page of a country shows in the language of the words."""
    organizations = tuple(
        view_organization(organization, dataset, words)
        for organization in dataset.organizations_in(country.id)
    )
    references = References(dataset, words)
    profile = _view_profile(country.profile, references, words)
    for organization in dataset.organizations_in(country.id):
        references.cite(organization.sources)
    return CountryView(
        code=country.id,
        name=country.name.in_language(words.language),
        address=urls.country(words.language, country.id),
        call_first=_find_call_first(country, organizations, dataset, words),
        needs=_group_by_need(organizations, dataset, words),
        cities=_group_by_city(organizations, dataset, words),
        provenance=_most_common_provenance(organizations),
        organizations=organizations,
        profile=profile,
        sources=references.list,
    )


def _most_common_provenance(organizations: tuple[OrganizationView, ...]) -> Provenance | None:
    """Return the provenance that most callable channels share, none where none can be called."""
    provenances = [
        channel.provenance
        for organization in organizations
        for channel in organization.channels
        if channel.is_callable
    ]
    counts = Counter(provenance.origin for provenance in provenances)
    if not counts:
        return None
    common = max(counts, key=lambda origin: (counts[origin], origin))
    return next(p for p in provenances if p.origin == common)


def _find_call_first(
    country: Country,
    organizations: tuple[OrganizationView, ...],
    dataset: Dataset,
    words: Words,
) -> tuple[CallFirst, ...]:
    """Return the numbers that the country names, or its nationwide ones where it names none."""
    every = [
        CallFirst(
            organization,
            channel,
            tuple(
                need.name.in_language(words.language)
                for need in dataset.needs
                if need.id in organization.needs
            ),
        )
        for organization in organizations
        for channel in organization.nationwide
        if channel.is_callable
    ]
    if not country.call_first:
        one_each = {found.organization.id: found for found in reversed(every)}
        ordered = sorted(one_each.values(), key=lambda found: found.organization.id)
        return tuple(ordered[:MAX_DERIVED_CALL_FIRST])
    by_name = {(found.organization.id, found.channel.id): found for found in every}
    return tuple(by_name[ref.organization, ref.channel] for ref in country.call_first)


def _group_by_need(
    organizations: tuple[OrganizationView, ...], dataset: Dataset, words: Words
) -> tuple[Group, ...]:
    groups = []
    for need in dataset.needs:
        rows = [view_row(o, need=need.id) for o in organizations if need.id in o.needs]
        if rows:
            groups.append(
                Group(
                    id=need.id,
                    anchor=urls.need_anchor(need.id),
                    name=need.name.in_language(words.language),
                    description=(
                        need.description.in_language(words.language) if need.description else None
                    ),
                    rows=tuple(sorted(rows, key=_by_urgency)),
                )
            )
    return tuple(groups)


def _group_by_city(
    organizations: tuple[OrganizationView, ...], dataset: Dataset, words: Words
) -> tuple[Group, ...]:
    places = {place for organization in organizations for place in organization.cities}
    groups = [
        Group(
            id=place,
            anchor=urls.city_anchor(place),
            name=dataset.places[place].name.in_language(words.language),
            description=None,
            rows=tuple(
                sorted(
                    (view_row(o, city=place) for o in organizations if place in o.cities),
                    key=_by_urgency,
                )
            ),
        )
        for place in places
    ]
    return tuple(sorted(groups, key=lambda group: (alphabetically(group.name.text), group.id)))


def _by_urgency(row: Row) -> tuple[tuple[int, int], str]:
    return row.organization.urgency, row.organization.id


def _view_profile(
    profile: Profile, references: References, words: Words
) -> tuple[ProfileSection, ...]:
    return tuple(
        ProfileSection(
            id=name.replace("_", "-"),
            title=words(f"profile.{name}"),
            statements=references.state(getattr(profile, name)),
        )
        for name in Profile.model_fields
    )
