"""What the guides of the whole region say: the glossary side by side, and the situations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator import urls
from generator.dataset import Dataset
from generator.guides.frame import Guide, plain_frame
from generator.guides.plain import (
    Plain,
    in_language,
    plain_action,
    plain_sources,
    say,
    short_name,
    texts,
)
from generator.guides.situations import plain_situation
from generator.views.countries import CountryView
from generator.views.glossary import TermView
from generator.views.situations import SituationView
from generator.words import Words, alphabetically


def make_region_guides(
    dataset: Dataset,
    words: Words,
    *,
    terms: Sequence[TermView],
    situations: Sequence[SituationView],
    countries: Sequence[CountryView],
    site_url: str | None,
    is_draft: bool,
) -> Iterator[Guide]:
    """Yield the glossary in all languages and the situations, as far as there are any."""
    language = words.language
    if terms:
        page = urls.glossary(language).public(site_url) if site_url else None
        data = _plain_glossary(terms, dataset, words, page=page, is_draft=is_draft)
        yield Guide(urls.regional_guide("glossary", language), "glossary.typ", data, 48.0)
    if situations:
        page = urls.situations(language).public(site_url) if site_url else None
        data = _plain_situations(
            situations, countries, dataset, words, page=page, is_draft=is_draft
        )
        yield Guide(urls.regional_guide("situations", language), "situations.typ", data, 48.0)


def _plain_glossary(
    terms: Sequence[TermView], dataset: Dataset, words: Words, *, page: str | None, is_draft: bool
) -> Plain:
    ordered = sorted(terms, key=lambda term: (alphabetically(term.term.text), term.id))
    return {
        **plain_frame(
            words("guide.glossary"),
            words("guide.glossary_lead"),
            dataset,
            words,
            page=page,
            is_draft=is_draft,
        ),
        "terms": [_plain_term(term, words) for term in ordered],
        "texts": {**_texts(words), **texts(words, see_also="glossary.see_also")},
    }


def _plain_term(term: TermView, words: Words) -> Plain:
    own = (term.term.language, term.term.text, term.abbreviation, term.definition)
    others = (
        (one.language, one.term, one.abbreviation, one.definition) for one in term.equivalents
    )
    return {
        "id": term.id,
        "name": say(term.term, words),
        "forms": [
            {
                "term": in_language(name, language, words),
                "abbreviation": abbreviation,
                "definition": in_language(definition.text, definition.language, words),
            }
            for language, name, abbreviation, definition in (own, *others)
        ],
        "sources": plain_sources(term.sources, words),
        "see_also": [link.text for link in term.see_also],
    }


def _plain_situations(
    situations: Sequence[SituationView],
    countries: Sequence[CountryView],
    dataset: Dataset,
    words: Words,
    *,
    page: str | None,
    is_draft: bool,
) -> Plain:
    ordered = sorted(countries, key=lambda country: alphabetically(country.name.text))
    return {
        **plain_frame(
            words("guide.situations"),
            words("guide.situations_lead"),
            dataset,
            words,
            page=page,
            is_draft=is_draft,
        ),
        "situations": [plain_situation(one, words) for one in situations],
        "countries": [
            {
                "name": say(country.name, words),
                "rows": [
                    {
                        "name": short_name(found.organization, words),
                        "actions": [plain_action(action) for action in found.channel.actions],
                        "facts": list(found.channel.facts),
                    }
                    for found in country.call_first
                ],
                "provenance": country.provenance.text if country.provenance else None,
            }
            for country in ordered
        ],
        "texts": {
            **_texts(words),
            **texts(
                words,
                call_first="country.call_first",
                no_call_first="country.no_call_first",
                choose_country="situation.choose_country",
                first_steps="situation.first_steps",
                never_do="situation.never_do",
                signs="situation.signs",
                limits="situation.time_limits",
                call="situation.call",
                all_numbers="guide.all_numbers",
            ),
        },
    }


def _texts(words: Words) -> dict[str, str]:
    return texts(
        words,
        site="site.name",
        contents="guide.contents",
        about="guide.about",
        warning="footer.warning",
        sources="organization.sources",
    )
