"""How an organization is shown: as a full card or page, and as a row in a list by need or city."""

from __future__ import annotations

import dataclasses

from generator import urls
from generator.dataset import Dataset
from generator.models.organizations import Location, Organization, Service
from generator.urls import Address
from generator.values.text import Wording
from generator.views.channels import ChannelView, Provenance, location_name, view_channel
from generator.views.sources import CitationView, view_citation
from generator.words import Words


@dataclasses.dataclass(frozen=True)
class ServiceView:
    """One service: what it is called, its types, and the needs that it answers."""

    id: str
    name: Wording
    description: Wording | None
    eligibility: Wording | None
    types: tuple[str, ...]
    needs: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class LocationView:
    """One location as its precision allows, with the channels that belong to it.

    `place` is the identifier of its city; none where the source doesn't say where it is.
    """

    id: str
    name: Wording
    place: str | None
    city: Wording | None
    address: Wording | None
    is_postal: bool
    is_region: bool
    channels: tuple[ChannelView, ...]


@dataclasses.dataclass(frozen=True)
class OrganizationView:
    """One organization in its country.

    `nationwide` are the channels that serve all of the country, `unplaced` those of places that
    nobody may know. `call_first` is where the country says whom to call when this organization
    can't be reached. `provenance` stands for all channels
    where they share it, otherwise each shows its own.
    """

    id: str
    country: str
    anchor: str
    address: Address
    call_first: Address
    name: Wording
    official_name: Wording | None
    abbreviation: str | None
    kind: str
    description: Wording | None
    partners: Wording | None
    website: str | None
    reach: str
    services: tuple[ServiceView, ...]
    nationwide: tuple[ChannelView, ...]
    unplaced: tuple[ChannelView, ...]
    locations: tuple[LocationView, ...]
    provenance: Provenance | None
    references: tuple[CitationView, ...]

    @property
    def channels(self) -> tuple[ChannelView, ...]:
        """All channels, those that serve the whole country first."""
        local = (channel for location in self.locations for channel in location.channels)
        return (*self.nationwide, *self.unplaced, *local)

    @property
    def urgency(self) -> tuple[int, int]:
        """What lists sort by: lower is quicker.

        First who can be called from everywhere in the country, then who can be called at all (the
        more places it has, the likelier one is near), then who can be written to, then the rest.
        """
        if any(channel.is_callable for channel in self.nationwide):
            return 0, 0
        offices = sum(
            any(channel.is_callable for channel in location.channels) for location in self.locations
        )
        if any(channel.is_callable for channel in self.channels):
            return 1, -offices
        return (2, 0) if self.is_reachable else (3, 0)

    @property
    def is_reachable(self) -> bool:
        """Whether any channel can be used."""
        return any(channel.actions for channel in self.channels)

    @property
    def has_card(self) -> bool:
        """Whether there is anything to put into an address book.

        A doubtful number counts: whoever looks it up should learn that it is doubtful.
        """
        return bool(
            self.channels or self.website or any(location.address for location in self.locations)
        )

    @property
    def needs(self) -> tuple[str, ...]:
        """The identifiers of the needs that its services answer, each once."""
        return tuple(dict.fromkeys(need for s in self.services for need in s.needs))

    @property
    def types(self) -> tuple[str, ...]:
        """The service types that it offers, each once."""
        return tuple(dict.fromkeys(name for s in self.services for name in s.types))

    @property
    def cities(self) -> tuple[str, ...]:
        """The identifiers of the cities where it has a location, each once."""
        return tuple(dict.fromkeys(loc.place for loc in self.locations if loc.place))


@dataclasses.dataclass(frozen=True)
class Row:
    """An organization in a list: what it offers there, and the quickest ways to reach it.

    `main` are the channels with a button of their own; `by_location` is filled instead where the
    reader has to choose a place first; `more` counts the ways that only the card shows.
    """

    organization: OrganizationView
    services: tuple[ServiceView, ...]
    main: tuple[ChannelView, ...]
    by_location: tuple[LocationView, ...]
    more: int


def view_organization(
    organization: Organization, dataset: Dataset, words: Words
) -> OrganizationView:
    """Return how an organization is shown in the language of the words."""
    language = words.language
    channels = [view_channel(c, organization, dataset, words) for c in organization.channels]
    named = [
        reference.channel
        for reference in dataset.countries[organization.country].call_first
        if reference.organization == organization.id
    ]
    # What the country says to call first is also the first button of the organization.
    channels.sort(key=lambda c: named.index(c.id) if c.id in named else len(named))
    name = organization.name.in_language(language)
    official = None
    if organization.official_language and organization.official_language != name.language:
        official = organization.name.in_language(organization.official_language)
    locations = tuple(
        _view_location(location, channels, dataset, words)
        for location in organization.locations
        if location.precision != "hidden"
    )
    abbreviation = organization.abbreviation
    return OrganizationView(
        id=organization.id,
        country=organization.country,
        anchor=urls.organization_anchor(organization.id),
        address=urls.organization(language, organization.country, organization.id),
        call_first=urls.country(language, organization.country).at(urls.CALL_FIRST_ANCHOR),
        name=name,
        official_name=official,
        abbreviation=abbreviation.in_language(language).text if abbreviation else None,
        kind=words(f"organization.kind.{organization.kind}"),
        description=(
            organization.description.in_language(language) if organization.description else None
        ),
        partners=organization.partners.in_language(language) if organization.partners else None,
        website=organization.website,
        reach=_reach(organization, locations, words),
        services=tuple(_view_service(s, dataset, words) for s in organization.services),
        nationwide=tuple(c for c in channels if c.is_nationwide),
        unplaced=tuple(c for c in channels if not c.is_nationwide and c.location is None),
        locations=locations,
        provenance=_shared_provenance(channels),
        references=tuple(view_citation(c, dataset, words) for c in organization.sources),
    )


def view_row(
    organization: OrganizationView,
    *,
    need: str | None = None,
    types: tuple[str, ...] = (),
    city: str | None = None,
) -> Row:
    """Return the row of an organization in a list.

    It names the services that answer a need or are of certain types, and the channels in a city;
    without them, all that it offers.
    """
    services = tuple(
        service
        for service in organization.services
        if (need is None or need in service.needs)
        and (not types or any(name in types for name in service.types))
    )
    here = tuple(loc for loc in organization.locations if city is None or loc.place == city)
    local = [channel for location in here for channel in location.channels]
    usable = [c for c in (local if city and local else organization.channels) if c.actions]
    with_channels = tuple(location for location in here if location.channels)
    total = sum(1 for channel in organization.channels if channel.actions)
    callable_first = sorted(usable, key=lambda c: not c.is_callable)
    if not any(c.is_callable for c in organization.nationwide) and len(with_channels) > 1:
        shown = sum(len(location.channels) for location in with_channels)
        return Row(organization, services, (), with_channels, total - shown)
    main = tuple(callable_first[:1])
    return Row(organization, services, main, (), total - len(main))


def _view_service(service: Service, dataset: Dataset, words: Words) -> ServiceView:
    language = words.language
    types = dataset.service_types
    parents = (types[name].parent or name for name in service.types)
    return ServiceView(
        id=service.id,
        name=service.name.in_language(language),
        description=service.description.in_language(language) if service.description else None,
        eligibility=(
            service.eligibility_description.in_language(language)
            if service.eligibility_description
            else None
        ),
        types=service.types,
        needs=tuple(dict.fromkeys(parents)),
    )


def _view_location(
    location: Location, channels: list[ChannelView], dataset: Dataset, words: Words
) -> LocationView:
    city = dataset.places[location.place].name if location.place else None
    address = location.address
    return LocationView(
        id=location.id,
        name=location_name(location, dataset, words),
        place=location.place,
        city=city.in_language(words.language) if city else None,
        address=address.text.in_language(words.language) if address else None,
        is_postal=address is not None and address.kind == "postal",
        is_region=location.precision == "region",
        channels=tuple(channel for channel in channels if channel.location == location.id),
    )


def _reach(organization: Organization, locations: tuple[LocationView, ...], words: Words) -> str:
    """Return in a few words where the organization can be reached."""
    if any(channel.nationwide for channel in organization.channels):
        return words("channel.nationwide")
    several = 3
    if len(locations) > several:
        return words("count.places", count=len(locations))
    return words.join(list(dict.fromkeys((loc.city or loc.name).text for loc in locations)))


def _shared_provenance(channels: list[ChannelView]) -> Provenance | None:
    # A doubtful channel never gets old, so it can't speak for others.
    provenances = [c.provenance for c in channels if not c.doubt] or [
        c.provenance for c in channels
    ]
    if len({provenance.origin for provenance in provenances}) != 1:
        return None
    # The words and the limit of a number are the stricter ones.
    return min(provenances, key=lambda provenance: provenance.overdue_months or 0)
