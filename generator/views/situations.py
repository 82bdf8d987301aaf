"""What to do now: each situation for any country, and with the numbers of one country."""

from __future__ import annotations

import dataclasses

from generator import urls
from generator.dataset import Dataset
from generator.models.knowledge import Situation, Step
from generator.urls import Address
from generator.values.text import Wording
from generator.views.countries import CountryView
from generator.views.links import PageLink
from generator.views.organizations import OrganizationView, Row, view_row
from generator.views.sources import CitationView, References, StatementView
from generator.words import Words, alphabetically

SHOWN_PER_STEP = 3
"""How many organizations a step names before it leads to all of them."""


@dataclasses.dataclass(frozen=True)
class TimeLimitView:
    """By when something must have happened, and the references for it."""

    within: Wording
    what: Wording
    references: tuple[int, ...]


@dataclasses.dataclass(frozen=True)
class StepView:
    """Whom to call. In a country without anybody for it, `rows` is empty."""

    types: tuple[Wording, ...]
    ask: Wording
    references: tuple[int, ...]
    rows: tuple[Row, ...]
    more: tuple[PageLink, ...]


@dataclasses.dataclass(frozen=True)
class SituationView:
    """One situation. `country` is the country whose numbers it shows, `elsewhere` the others."""

    id: str
    address: Address
    title: Wording
    summary: Wording
    signs: tuple[tuple[Wording | None, tuple[StatementView, ...]], ...]
    sign_count: int
    first_steps: tuple[StatementView, ...]
    never_do: tuple[StatementView, ...]
    time_limits: tuple[TimeLimitView, ...]
    steps: tuple[StepView, ...]
    terms: tuple[PageLink, ...]
    country: CountryView | None
    elsewhere: tuple[PageLink, ...]
    sources: tuple[CitationView, ...]


def order_situations(dataset: Dataset) -> list[Situation]:
    """Return the situations in the order in which they are listed."""
    return sorted(dataset.situations.values(), key=lambda s: (s.order, s.id))


def link_situations(dataset: Dataset, words: Words, *, code: str | None) -> tuple[PageLink, ...]:
    """Return links to all situations, with the numbers of a country if one is given."""
    language = words.language
    return tuple(
        PageLink(
            situation.title.in_language(language).text,
            urls.country_situation(language, code, situation.id)
            if code
            else urls.situation(language, situation.id),
        )
        for situation in order_situations(dataset)
    )


def view_situation(
    situation: Situation, country: CountryView | None, dataset: Dataset, words: Words
) -> SituationView:
    """Return a situation, with the numbers of a country if one is given."""
    language = words.language
    references = References(dataset, words)
    # References are numbered in the order of the page.
    signs = tuple(
        (
            group.title.in_language(language) if group.title else None,
            references.state(group.statements),
        )
        for group in situation.signs
    )
    limits = tuple(
        TimeLimitView(
            limit.within.in_language(language),
            limit.what.in_language(language),
            references.cite(limit.sources),
        )
        for limit in situation.time_limits
    )
    first_steps = references.state(situation.first_steps)
    never_do = references.state(situation.never_do)
    steps = tuple(_view_step(step, country, references, dataset, words) for step in situation.call)
    here = country.code if country else None
    return SituationView(
        id=situation.id,
        address=(
            urls.country_situation(language, here, situation.id)
            if here
            else urls.situation(language, situation.id)
        ),
        title=situation.title.in_language(language),
        summary=situation.summary.in_language(language),
        signs=signs,
        sign_count=sum(len(statements) for _, statements in signs),
        first_steps=first_steps,
        never_do=never_do,
        time_limits=limits,
        steps=steps,
        terms=tuple(
            PageLink(
                dataset.glossary[name].term.in_language(language).text, urls.term(language, name)
            )
            for name in situation.terms
        ),
        country=country,
        elsewhere=tuple(
            sorted(
                (
                    PageLink(
                        other.name.in_language(language).text,
                        urls.country_situation(language, code, situation.id),
                    )
                    for code, other in dataset.countries.items()
                    if code != here
                ),
                key=lambda link: alphabetically(link.text),
            )
        ),
        sources=references.list,
    )


def _view_step(
    step: Step,
    country: CountryView | None,
    references: References,
    dataset: Dataset,
    words: Words,
) -> StepView:
    language = words.language
    types = dataset.service_types
    rows: list[Row] = []
    more: list[PageLink] = []
    if country:
        found = [o for o in country.organizations if any(t in step.service_types for t in o.types)]
        named = [found.organization.id for found in country.call_first]
        found.sort(key=lambda organization: _urgency(organization, step, named))
        rows = [view_row(o, types=step.service_types) for o in found]
        if len(rows) > SHOWN_PER_STEP:
            needs = dict.fromkeys(types[name].parent or name for name in step.service_types)
            more = [
                PageLink(
                    types[need].name.in_language(language).text,
                    country.address.at(urls.need_anchor(need)),
                )
                for need in needs
                if any(need in organization.needs for organization in country.organizations)
            ]
    return StepView(
        types=tuple(types[name].name.in_language(language) for name in step.service_types),
        ask=step.ask.in_language(language),
        references=references.cite(step.sources),
        rows=tuple(rows[:SHOWN_PER_STEP]),
        more=tuple(more),
    )


def _urgency(
    organization: OrganizationView, step: Step, named: list[str]
) -> tuple[int, int, int, int, str]:
    """Sort by how it can be reached, then as the country names it, then as the step does.

    `named` are the organizations that the country says to call first.
    """
    reach, offices = organization.urgency
    place = named.index(organization.id) if organization.id in named else len(named)
    rank = min(
        step.service_types.index(name) for name in organization.types if name in step.service_types
    )
    return reach, place, offices, rank, organization.id
