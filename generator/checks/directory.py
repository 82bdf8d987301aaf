"""Rules of the directory: organizations, countries, places, taxonomies."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from generator.checks.references import IF_GONE, check_unique, unknown
from generator.dataset import ALL_PLACES, SERVICE_TYPES, Dataset, Kind
from generator.models.channels import Channel, PhoneChannel, ShortCodeChannel
from generator.models.organizations import Organization
from generator.problems import Problem
from generator.values.country import country_name
from generator.values.dates import earliest_day
from generator.values.errors import quote
from generator.values.phone import digits_of
from generator.yaml_source import DataPath, SourceFile


def check_service_types(dataset: Dataset) -> Iterator[Problem]:
    """Every service is of types that the taxonomy has, below a need that readers can choose."""
    known = dataset.service_types
    if not known:
        if not dataset.knows("taxonomies", SERVICE_TYPES):
            missing = SourceFile(f"data/taxonomies/{SERVICE_TYPES}.yaml", ())
            yield missing.problem(
                "missing-file",
                "the taxonomy of needs and service types is missing",
                fix="take it back from an earlier version",
            )
        return
    children = [term.id for term in known.values() if term.parent]
    for key, organization in dataset.organizations.items():
        for index, service in enumerate(organization.services):
            for position, name in enumerate(service.types):
                path = ("services", index, "types", position)
                if name not in known:
                    yield unknown(
                        dataset,
                        "organizations",
                        key,
                        path,
                        "service type",
                        name,
                        children,
                    )
                elif known[name].parent is None:
                    below = ", ".join(t.id for t in known.values() if t.parent == name)
                    yield dataset.files["organizations", key].problem(
                        "service-type-is-need",
                        f"{name} is a need; a service is of one of the types below it",
                        fix=f"write one of: {below}",
                        at=path,
                    )


def check_taxonomies(dataset: Dataset) -> Iterator[Problem]:
    """Taxonomy terms are unique, and their parents exist and have no parent themselves."""
    for key, taxonomy in dataset.taxonomies.items():
        yield from check_unique(dataset, "taxonomies", key, "terms", taxonomy.terms)
        roots = [term.id for term in taxonomy.terms if term.parent is None]
        for index, term in enumerate(taxonomy.terms):
            if term.parent is not None and term.parent not in roots:
                path = ("terms", index, "parent")
                yield unknown(dataset, "taxonomies", key, path, "parent", term.parent, roots)


def check_organizations(dataset: Dataset) -> Iterator[Problem]:
    """An organization lies in a known country, and its parts have unique identifiers and fit."""
    for key, organization in dataset.organizations.items():
        file = dataset.files["organizations", key]
        if not dataset.knows("countries", organization.country):
            yield file.problem(
                "unknown-country",
                f"there is no profile of {country_name(organization.country)}",
                fix=f"create data/countries/{organization.country}.yaml",
                at=("country",),
            )
        for name in ("services", "locations", "channels"):
            yield from check_unique(
                dataset, "organizations", key, name, getattr(organization, name)
            )
        locations = [location.id for location in organization.locations]
        for path, used in _find_location_uses(organization):
            if used not in locations:
                yield unknown(dataset, "organizations", key, path, "location", used, locations)
        for index, channel in enumerate(organization.channels):
            if words := _explain_as_printed(channel):
                at = ("channels", index, "as_printed")
                yield file.problem("as-printed", words[0], fix=words[1], at=at, on_key=True)
            if isinstance(channel, ShortCodeChannel) and channel.country != organization.country:
                yield file.problem(
                    "short-code-country",
                    f"a short code of {country_name(channel.country)} can't be called in "
                    f"{country_name(organization.country)}",
                    fix=f"write `country: {organization.country}`, or remove the channel",
                    at=("channels", index, "country"),
                )
        if not organization.channels and not organization.locations:
            yield file.problem(
                "unreachable",
                "nobody can call, write to or visit this organization",
                fix="add a channel or a location",
                severity="warning",
            )


def _explain_as_printed(channel: Channel) -> tuple[str, str] | None:
    """Return what is wrong with the printed form of a channel, and how to mend it."""
    if channel.as_printed is None:
        return None
    if channel.published is None:
        message = "this says how a publication prints it, and no publication is named"
        return message, "take the line out, or cite the publication: `published: {source: …}`"
    # Of several numbers in one ("20 72 54 74/75") the printed form may have the last digits only.
    if isinstance(channel, PhoneChannel) and channel.phone and "/" not in channel.as_printed:
        digits = channel.phone.national.removeprefix("0")
        if not channel.doubtful and digits not in digits_of(channel.as_printed):
            fix = "correct the number; or write `confirmed:` instead of this line and `published:`"
            return f"{quote(channel.as_printed)} is not {channel.phone.international}", fix
    return None


def check_places(dataset: Dataset) -> Iterator[Problem]:
    """Every location's place is in places.csv, and in the organization's country."""
    for key, organization in dataset.organizations.items():
        here = [p.id for p in dataset.places.values() if p.country == organization.country]
        for index, location in enumerate(organization.locations):
            path = ("locations", index, "place")
            is_broken = {("places", location.place), ALL_PLACES} & dataset.broken
            if location.place is None or location.place in here or is_broken:
                continue
            if location.place not in dataset.places:
                yield unknown(
                    dataset,
                    "organizations",
                    key,
                    path,
                    "place",
                    location.place,
                    here,
                    instead="add its line to data/places.csv",
                )
                continue
            there = country_name(dataset.places[location.place].country)
            yield dataset.files["organizations", key].problem(
                "place-country",
                f"{location.place} lies in {there}, not in {country_name(organization.country)}",
                fix="correct the place, or its country in data/places.csv",
                at=path,
            )


def check_call_first(dataset: Dataset) -> Iterator[Problem]:
    """What a country tells its readers to call first can be called, from everywhere in it."""
    for key, country in dataset.countries.items():
        file = dataset.files["countries", key]
        for index, reference in enumerate(country.call_first):
            path: DataPath = ("call_first", index)
            if reference in country.call_first[:index]:
                yield file.problem(
                    "duplicate-identifier",
                    f"{reference.organization} {reference.channel} stands here a second time",
                    fix="keep one of the two",
                    at=path,
                )
            organization_key = f"{key}/{reference.organization}"
            organization = dataset.organizations.get(organization_key)
            if organization is None:
                if not dataset.knows("organizations", organization_key):
                    known = [o.id for o in dataset.organizations_in(key)]
                    at = (*path, "organization")
                    yield unknown(
                        dataset,
                        "countries",
                        key,
                        at,
                        "organization",
                        reference.organization,
                        known,
                        instead=IF_GONE,
                    )
                continue
            channels = {channel.id: channel for channel in organization.channels}
            at = (*path, "channel")
            if reference.channel not in channels:
                yield unknown(
                    dataset,
                    "countries",
                    key,
                    at,
                    "channel",
                    reference.channel,
                    channels,
                    instead=IF_GONE,
                )
            elif reason := _why_not_first(channels[reference.channel]):
                yield file.problem(
                    "call-first",
                    f"{organization.id} {reference.channel} can't be called first: {reason}",
                    fix="take this line out, or choose a nationwide number that works",
                    at=at,
                )


def check_nationwide_contacts(dataset: Dataset) -> Iterator[Problem]:
    """Every country has at least one contact that serves all of it."""
    for key in dataset.countries:
        organizations = dataset.organizations_in(key)
        is_complete = not any(
            kind == "organizations" and broken.startswith(f"{key}/")
            for kind, broken in dataset.broken
        )
        if is_complete and not any(
            channel.nationwide and not channel.doubtful
            for organization in organizations
            for channel in organization.channels
        ):
            yield dataset.files["countries", key].problem(
                "no-nationwide-contact",
                f"{country_name(key)} has no contact that serves the whole country",
                fix="add a channel with `nationwide: true` to one of its organizations",
                severity="warning",
            )


def check_repeated_numbers(dataset: Dataset) -> Iterator[Problem]:
    """A number belongs to one organization; more than once is seldom meant."""
    seen: dict[tuple[str, str], tuple[Organization, str]] = {}
    for organization, index, channel in dataset.channels():
        number = _dialling_identity(channel)
        if number is None:
            continue
        if number not in seen:
            seen[number] = (organization, channel.id)
            continue
        other, channel_id = seen[number]
        yield dataset.files["organizations", organization.key].problem(
            "repeated-number",
            f"{number[1]} is also the number of {other.key} ({channel_id})",
            fix="check whose it is, and remove it from the other place",
            at=("channels", index, "number"),
            severity="warning",
        )


def check_dates(dataset: Dataset, today: datetime.date) -> Iterator[Problem]:
    """Nothing was published or confirmed, and no edition made, after `today`."""

    def check(
        kind: Kind, key: str, said: str, date: str | None, *at: str | int
    ) -> Iterator[Problem]:
        if date and earliest_day(date) > today:
            yield dataset.files[kind, key].problem(
                "future-date", f"{said} {date}, a day to come", fix="correct the date", at=at
            )

    if dataset.edition:
        yield from check("edition", "edition", "the edition is of", dataset.edition.date, "date")
    for key, source in dataset.sources.items():
        yield from check("sources", key, "published", source.published, "published")
        yield from check("sources", key, "read on", source.accessed, "accessed")
    for organization, index, channel in dataset.channels():
        if channel.confirmed:
            date, where = channel.confirmed.assured_date, ("channels", index, "confirmed")
            key = organization.key
            yield from check("organizations", key, "confirmed on", date, *where, "assured_date")


def _find_location_uses(organization: Organization) -> Iterator[tuple[DataPath, str]]:
    for index, channel in enumerate(organization.channels):
        if channel.location is not None:
            yield ("channels", index, "location"), channel.location
    for index, service in enumerate(organization.services):
        for position, location in enumerate(service.locations):
            yield ("services", index, "locations", position), location


def _why_not_first(channel: Channel) -> str | None:
    if not isinstance(channel, PhoneChannel | ShortCodeChannel):
        return "it is not a phone number"
    if channel.doubtful:
        return "it is doubtful"
    if not channel.nationwide:
        return "it does not serve the whole country"
    if isinstance(channel, PhoneChannel) and "calls" not in channel.accepts:
        return "it takes no calls"
    return None


def _dialling_identity(channel: Channel) -> tuple[str, str] | None:
    """Return what makes two numbers the same: a short code only is one within its country."""
    if isinstance(channel, ShortCodeChannel):
        return channel.country, channel.number
    if isinstance(channel, PhoneChannel):
        return "", channel.phone.e164 if channel.phone else channel.number
    return None
