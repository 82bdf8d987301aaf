"""What the pages of good practices show: the fields of the UN Network on Migration's repository."""

from __future__ import annotations

import dataclasses

from generator import urls
from generator.dataset import PRACTICE_TAXONOMIES, Dataset
from generator.models.knowledge import GoodPractice
from generator.urls import Address
from generator.values.country import country_name
from generator.values.dates import earliest_day
from generator.values.links import Link, web_link
from generator.values.text import LocalizedText, Wording
from generator.views.filters import Filter, Keys, drop_useless, make_filter
from generator.views.links import PageLink
from generator.views.sources import CitationView, view_citation
from generator.words import Words, alphabetically


@dataclasses.dataclass(frozen=True)
class PracticeView:
    """One practice. Fields that its source doesn't give are empty and not shown."""

    id: str
    address: Address
    title: Wording
    types: tuple[str, ...]
    objectives: tuple[str, ...]
    principles: tuple[str, ...]
    sdgs: tuple[str, ...]
    dates: str | None
    countries: tuple[PageLink, ...]
    other_countries: tuple[str, ...]
    regions: Wording | None
    summary: Wording
    implementing_organizations: tuple[str, ...]
    partner_organizations: tuple[str, ...]
    benefit_and_impact: Wording | None
    key_lessons: tuple[Wording, ...]
    recommendations: tuple[Wording, ...]
    innovation: Wording | None
    date_submitted: str | None
    href: Link | None
    disclaimer: Wording | None
    sources: tuple[CitationView, ...]
    keys: Keys


@dataclasses.dataclass(frozen=True)
class PracticeListView:
    """The list of all practices with its filters."""

    address: Address
    practices: tuple[PracticeView, ...]
    filters: tuple[Filter, ...]


def view_practices(dataset: Dataset, words: Words) -> PracticeListView:
    """Return all practices by title."""
    views = [_view_practice(p, dataset, words) for p in dataset.good_practices.values()]
    views.sort(key=lambda view: (alphabetically(view.title.text), view.id))
    keys = [view.keys for view in views]
    filters = [
        make_filter(field, words(f"practice.{field}"), _names(taxonomy, dataset, words), keys)
        for field, taxonomy in PRACTICE_TAXONOMIES.items()
    ]
    codes = sorted({code for view in views for code in view.keys["country"]})
    names = {code: _country_name(code, dataset, words) for code in codes}
    by_name = dict(sorted(names.items(), key=lambda item: alphabetically(item[1])))
    filters.insert(0, make_filter("country", words("practice.countries"), by_name, keys))
    for name, label in (
        ("region", "practice.region"),
        ("year", "practice.year"),
        ("organization", "practice.organizations"),
        ("partner", "practice.partners"),
    ):
        values = sorted({v for view in views for v in view.keys[name]}, key=alphabetically)
        names = {value: value for value in values}
        filters.append(make_filter(name, words(label), names, keys, is_extra=True))
    useful = drop_useless(filters, total=len(views))
    return PracticeListView(urls.practices(words.language), tuple(views), useful)


def _view_practice(practice: GoodPractice, dataset: Dataset, words: Words) -> PracticeView:
    language = words.language
    named = {
        field: tuple(_names(taxonomy, dataset, words)[name] for name in getattr(practice, field))
        for field, taxonomy in PRACTICE_TAXONOMIES.items()
    }
    keys = {field: tuple(getattr(practice, field)) for field in PRACTICE_TAXONOMIES}
    keys["country"] = practice.countries
    keys["organization"] = practice.implementing_organizations
    keys["partner"] = practice.partner_organizations
    keys["region"] = (practice.regions.in_language(language).text,) if practice.regions else ()
    keys["year"] = _years(practice)

    def say(text: LocalizedText | None) -> Wording | None:
        return text.in_language(language) if text else None

    return PracticeView(
        id=practice.id,
        address=urls.practice(language, practice.id),
        title=practice.title.in_language(language),
        types=named["types"],
        objectives=named["objectives"],
        principles=named["principles"],
        sdgs=named["sdgs"],
        dates=_dates(practice, words),
        countries=tuple(
            PageLink(_country_name(code, dataset, words), urls.country(language, code))
            for code in practice.countries
            if code in dataset.countries
        ),
        other_countries=tuple(
            _country_name(code, dataset, words)
            for code in practice.countries
            if code not in dataset.countries
        ),
        regions=say(practice.regions),
        summary=practice.summary.in_language(language),
        implementing_organizations=practice.implementing_organizations,
        partner_organizations=practice.partner_organizations,
        benefit_and_impact=say(practice.benefit_and_impact),
        key_lessons=tuple(text.in_language(language) for text in practice.key_lessons),
        recommendations=tuple(text.in_language(language) for text in practice.recommendations),
        innovation=say(practice.innovation),
        date_submitted=words.date(practice.date_submitted) if practice.date_submitted else None,
        href=web_link(practice.url) if practice.url else None,
        disclaimer=say(practice.disclaimer),
        sources=tuple(view_citation(citation, dataset, words) for citation in practice.sources),
        keys=keys,
    )


def _names(taxonomy_id: str, dataset: Dataset, words: Words) -> dict[str, str]:
    taxonomy = dataset.taxonomies.get(taxonomy_id)
    terms = taxonomy.terms if taxonomy else ()
    return {term.id: term.name.in_language(words.language).text for term in terms}


def _country_name(code: str, dataset: Dataset, words: Words) -> str:
    if code in dataset.countries:
        return dataset.countries[code].name.in_language(words.language).text
    return words.country_name(code) or country_name(code)


def _years(practice: GoodPractice) -> tuple[str, ...]:
    """Return every year in which a practice ran, as far as its source says."""
    begins = practice.starts or practice.ends
    if begins is None:
        return ()
    first = earliest_day(begins).year
    last = earliest_day(practice.ends).year if practice.ends else first
    return tuple(str(year) for year in range(first, last + 1))


def _dates(practice: GoodPractice, words: Words) -> str | None:
    dates = [words.date(date) for date in (practice.starts, practice.ends) if date]
    return words.ltr("–".join(dates)) if dates else None
