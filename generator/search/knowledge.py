"""What can be found in the knowledge base: situations, terms, law, practices, guidance, sources."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from generator import urls
from generator.authored import AuthoredPage
from generator.models.knowledge import Situation, Term
from generator.search.results import (
    WEIGHTS,
    SearchDocument,
    Vocabulary,
    every_wording,
    join_parts,
    shorten,
    with_abbreviation,
)
from generator.values.text import Wording
from generator.views.law import JurisdictionView, LawView, view_jurisdictions
from generator.views.practices import PracticeView, view_practices
from generator.views.sources import view_resources, view_sources

_MARKUP = re.compile(r"\{\{.*?\}\}|\]\([^)]*\)|\{[:#][^}]*\}")


def find_knowledge(vocabulary: Vocabulary) -> Iterator[SearchDocument]:
    """Yield what can be found of the knowledge base."""
    dataset, words = vocabulary.dataset, vocabulary.words
    for situation in dataset.situations.values():
        yield from _make_situations(situation, vocabulary)
    for term in dataset.glossary.values():
        yield _make_term(term, vocabulary)
    for jurisdiction in view_jurisdictions(dataset, words):
        yield from _make_law(jurisdiction, vocabulary)
    for practice in view_practices(dataset, words).practices:
        yield _make_practice(practice, vocabulary)
    for page in dataset.authored_in(vocabulary.language).values():
        yield _make_page(page, vocabulary)
    yield from _make_resources(vocabulary)
    yield from _make_sources(vocabulary)
    yield from _make_lists(vocabulary)
    yield from _make_borders(vocabulary)


def _make_situations(situation: Situation, vocabulary: Vocabulary) -> Iterator[SearchDocument]:
    language = vocabulary.language
    title = situation.title.in_language(language)
    summary = situation.summary.in_language(language).text
    names = (*every_wording(situation.title), *vocabulary.keywords("situations", situation.id))
    signs = (statement for group in situation.signs for statement in group.statements)
    statements = (*signs, *situation.first_steps, *situation.never_do)
    yield SearchDocument(
        group="situations",
        weight=WEIGHTS["situation"],
        address=urls.situation(language, situation.id),
        title=title,
        snippet=shorten(summary),
        names=names,
        text=(summary, *(one.text.in_language(language).text for one in statements)),
    )
    for code, country in vocabulary.dataset.countries.items():
        yield SearchDocument(
            group="situations",
            weight=WEIGHTS["situation"],
            address=urls.country_situation(language, code, situation.id),
            title=title,
            hint=country.name.in_language(language).text,
            names=names,
            places=vocabulary.country_names(code),
            is_local=True,
        )


def _make_term(term: Term, vocabulary: Vocabulary) -> SearchDocument:
    language = vocabulary.language
    definition = term.definition.in_language(language).text
    abbreviation = term.abbreviation.in_language(language).text if term.abbreviation else None
    return SearchDocument(
        group="terms",
        weight=WEIGHTS["term"],
        address=urls.term(language, term.id),
        title=with_abbreviation(term.term.in_language(language), abbreviation),
        snippet=shorten(definition),
        names=(*every_wording(term.term), *every_wording(term.abbreviation)),
        keywords=(
            *(form for forms in term.also.values() for form in forms),
            *vocabulary.keywords("glossary", term.id),
        ),
        text=(definition,),
    )


def _make_law(jurisdiction: JurisdictionView, vocabulary: Vocabulary) -> Iterator[SearchDocument]:
    is_country = jurisdiction.id in vocabulary.dataset.countries
    places: tuple[str, ...] = (jurisdiction.name,)
    if is_country:
        places = vocabulary.country_names(jurisdiction.id)
    yield SearchDocument(
        group="law",
        weight=WEIGHTS["law"],
        address=jurisdiction.address,
        title=vocabulary.own(vocabulary.words("law.of", name=jurisdiction.name)),
        names=(vocabulary.words("law.title"),),
        places=places,
    )
    for law in jurisdiction.laws:
        yield _make_instrument(law, jurisdiction, places, vocabulary)


def _make_instrument(
    law: LawView, jurisdiction: JurisdictionView, places: tuple[str, ...], vocabulary: Vocabulary
) -> SearchDocument:
    record = vocabulary.dataset.legal_frameworks[f"{jurisdiction.id}/{law.id}"]
    return SearchDocument(
        group="law",
        weight=WEIGHTS["law"],
        address=law.address,
        title=law.title,
        hint=join_parts(jurisdiction.name, law.kind, law.citation, law.years),
        snippet=shorten(law.summary.text) if law.summary else "",
        names=(
            *every_wording(record.title),
            *((record.citation,) if record.citation else ()),
            *((str(record.year),) if record.year else ()),
        ),
        keywords=(*vocabulary.keywords("legal_frameworks", record.key), law.kind),
        places=places,
        text=(law.summary.text,) if law.summary else (),
    )


def _make_practice(practice: PracticeView, vocabulary: Vocabulary) -> SearchDocument:
    record = vocabulary.dataset.good_practices[practice.id]
    names = [link.text for link in practice.countries] + list(practice.other_countries)
    own = [code for code in record.countries if code in vocabulary.dataset.countries]
    texts = (
        practice.summary,
        practice.benefit_and_impact,
        practice.innovation,
        *practice.key_lessons,
        *practice.recommendations,
    )
    return SearchDocument(
        group="practices",
        weight=WEIGHTS["practice"],
        address=practice.address,
        title=practice.title,
        hint=", ".join(names),
        snippet=shorten(practice.summary.text),
        names=every_wording(record.title),
        keywords=(
            *vocabulary.keywords("good_practices", practice.id),
            *practice.types,
            *practice.implementing_organizations,
            *practice.partner_organizations,
        ),
        places=(
            *(name for code in own for name in vocabulary.country_names(code)),
            *practice.other_countries,
        ),
        text=tuple(text.text for text in texts if text),
    )


def _make_page(page: AuthoredPage, vocabulary: Vocabulary) -> SearchDocument:
    language, dataset = vocabulary.language, vocabulary.dataset
    titles = {other.title for other in dataset.authored if other.name == page.name}
    return SearchDocument(
        group="guidance",
        weight=WEIGHTS["page"],
        address=urls.prose(language, page.name),
        title=Wording(page.title, page.language, is_fallback=page.language != language),
        snippet=shorten(page.description),
        names=(page.title, *sorted(titles - {page.title})),
        keywords=vocabulary.keywords("pages", page.name),
        text=(page.description, _MARKUP.sub(" ", page.text)),
    )


def _make_resources(vocabulary: Vocabulary) -> Iterator[SearchDocument]:
    here = urls.resources(vocabulary.language)
    for heading, resources in view_resources(vocabulary.dataset, vocabulary.words):
        for resource in resources:
            record = vocabulary.dataset.resources[resource.id]
            keywords = vocabulary.keywords("resources", resource.id)
            yield SearchDocument(
                group="guidance",
                weight=WEIGHTS["resource"],
                address=here.at(resource.id),
                title=resource.title,
                hint=join_parts(heading, resource.authors),
                snippet=shorten(resource.purpose.text),
                names=every_wording(record.title),
                keywords=(*keywords, *record.authors, heading),
                text=(resource.purpose.text,),
            )


def _make_sources(vocabulary: Vocabulary) -> Iterator[SearchDocument]:
    for source in view_sources(vocabulary.dataset, vocabulary.words):
        record = vocabulary.dataset.sources[source.id]
        yield SearchDocument(
            group="guidance",
            weight=WEIGHTS["source"],
            address=source.address,
            title=source.title,
            hint=f"{source.authors}, {source.year}",
            names=every_wording(record.title),
            keywords=(
                *vocabulary.keywords("sources", source.id),
                *record.authors,
                source.year,
            ),
        )


def _make_lists(vocabulary: Vocabulary) -> Iterator[SearchDocument]:
    """Yield the pages that list all records of a kind."""
    language, words = vocabulary.language, vocabulary.words
    for title, lead, address in (
        ("directory.title", "directory.lead", urls.directory(language)),
        ("nav.situations", "situations.lead", urls.situations(language)),
        ("glossary.title", "glossary.lead", urls.glossary(language)),
        ("law.title", "law.lead", urls.law(language)),
        ("practices.title", "practices.lead", urls.practices(language)),
        ("resources.title", "resources.lead", urls.resources(language)),
        ("cross_border.title", "cross_border.lead", urls.cross_border(language)),
        ("offline.title", "offline.lead", urls.offline(language)),
        ("coverage.title", "coverage.lead", urls.coverage(language)),
        ("translations.title", "translations.lead", urls.translations(language)),
    ):
        yield SearchDocument(
            group="guidance",
            weight=WEIGHTS["list"],
            address=address,
            title=vocabulary.own(words(title)),
            snippet=shorten(words(lead)),
            names=(words(title),),
        )


def _make_borders(vocabulary: Vocabulary) -> Iterator[SearchDocument]:
    """Yield the page of each two countries."""
    language, words = vocabulary.language, vocabulary.words
    countries = vocabulary.dataset.countries.values()
    for here, there in itertools.permutations(countries, 2):
        names = {
            "here": here.name.in_language(language).text,
            "there": there.name.in_language(language).text,
        }
        yield SearchDocument(
            group="guidance",
            weight=WEIGHTS["border"],
            address=urls.cross_border_pair(language, here.id, there.id),
            title=vocabulary.own(words("cross_border.pair", **names)),
            names=(words("cross_border.title"),),
            places=(*vocabulary.country_names(here.id), *vocabulary.country_names(there.id)),
            is_local=True,
        )
