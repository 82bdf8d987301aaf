"""What the guides of one country say: the sheet to fold, the booklet, and the card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from generator import urls
from generator.dataset import Dataset
from generator.guides.frame import Guide, plain_frame
from generator.guides.pictures import plain_map, render_qr_code
from generator.guides.plain import (
    Plain,
    in_language,
    plain_action,
    plain_channel,
    plain_organization,
    plain_places,
    plain_sources,
    say,
    see_places,
    short_name,
    texts,
)
from generator.guides.rows import channel_key, places_in, plain_rows, reach, reach_place
from generator.guides.situations import plain_situation
from generator.views.countries import CallFirst, CountryView, Group
from generator.views.glossary import TermView
from generator.views.law import JurisdictionView
from generator.views.maps import CountryMapView
from generator.views.organizations import LocationView, OrganizationView, Row
from generator.views.situations import SituationView, order_situations
from generator.words import Words

TERMS_OF_FOLD = 10


class CountryGuides:
    """Makes the guides of one country in one language from what its pages show."""

    def __init__(
        self,
        country: CountryView,
        dataset: Dataset,
        words: Words,
        *,
        situations: list[SituationView],
        terms: list[TermView],
        law: JurisdictionView | None,
        map_view: CountryMapView | None,
        site_url: str | None,
        is_draft: bool,
    ) -> None:
        self._country = country
        self._dataset = dataset
        self._words = words
        self._situations = situations
        self._terms = terms
        self._law = law
        self._map = map_view
        self._is_draft = is_draft
        self._page = country.address.public(site_url) if site_url else None

    def make(self) -> Iterator[Guide]:
        """Yield the sheet to fold, the booklet, the card and the sheet of cards."""
        code, language = self._country.code, self._words.language
        for kind, template, data, ppi, pages in (
            ("pocket", "pocket.typ", self._fold(), 36.0, range(1, 3)),
            ("booklet", "booklet.typ", self._booklet(), 48.0, None),
            ("wallet", "wallet.typ", self._card("wallet", copies=1), 100.0, range(1, 2)),
            (
                "wallet-sheet",
                "wallet.typ",
                self._card("wallet-sheet", copies=10),
                32.0,
                range(1, 2),
            ),
        ):
            yield Guide(urls.guide(code, kind, language), template, data, ppi, pages)

    def _frame(self, kind: str) -> Plain:
        words, name = self._words, self._country.name.text
        country = self._country
        return {
            **plain_frame(
                f"{name} · {words(f'guide.{kind}')}",
                words(f"guide.{kind}_lead"),
                self._dataset,
                words,
                page=self._page,
                is_draft=self._is_draft,
            ),
            "country": say(country.name, words),
            "first": self._first(),
            "call_first": [self._plain_call_first(found) for found in country.call_first],
            "provenance": country.provenance.text if country.provenance else None,
            "provenance_short": country.provenance.short if country.provenance else None,
        }

    @property
    def _said(self) -> str | None:
        return self._country.provenance.origin if self._country.provenance else None

    def _first(self) -> Plain | None:
        """Return the one number to call first, with a code that makes a phone dial it."""
        if not self._country.call_first:
            return None
        found = self._country.call_first[0]
        call = next(action for action in found.channel.actions if action.kind == "call")
        words = self._words
        return {
            "action": plain_action(call),
            "name": say(found.organization.name, words),
            "label": say(found.channel.label, words),
            "facts": list(found.channel.facts),
            "qr": {
                "svg": render_qr_code(str(call.href)),
                "name": words("guide.qr_call", number=words.ltr(call.shown)),
            },
        }

    def _plain_call_first(self, found: CallFirst) -> Plain:
        words = self._words
        return {
            "id": channel_key(found.organization, found.channel),
            "name": say(found.organization.name, words),
            "short_name": short_name(found.organization, words),
            "abbreviation": found.organization.abbreviation,
            "needs": [say(need, words) for need in found.needs],
            **plain_channel(found.channel, words, said=self._said),
        }

    # --- The sheet to fold ---

    def _fold(self) -> Plain:
        words, country = self._words, self._country
        rows = plain_rows(country, words)
        situations = [plain_situation(one, words) for one in self._situations]
        terms = self._terms[:TERMS_OF_FOLD]
        inside = len(rows["cities"]) + len(rows["others"]) + len(situations)
        most = max(len(country.call_first), len(rows["needs"]), inside, len(terms))
        return {
            **self._frame("pocket"),
            **rows,
            "situations": situations,
            "map": self._plain_map(),
            "terms": [
                [in_language(text, language, words) for language, text in _everywhere(term)]
                for term in terms
            ],
            "more": self._more(most),
            "texts": {
                **self._texts(),
                **texts(
                    words,
                    ten="guide.words",
                    fold="guide.fold",
                    inside="guide.inside",
                    on_site="guide.on_site",
                    others="guide.others",
                    print="guide.pocket_print",
                    step_1="guide.fold_1",
                    step_2="guide.fold_2",
                    step_3="guide.fold_3",
                    step_4="guide.fold_4",
                ),
            },
        }

    def _more(self, most: int) -> list[str]:
        """Return what a guide says where it leaves out nothing, one row, two and so on."""
        return [self._words("guide.more", count=count) for count in range(most + 1)]

    def _plain_map(self) -> Plain | None:
        if self._map is None:
            return None
        words, drawn = self._words, self._map.map
        cities = [city.name for city in self._map.cities]
        name = words("guide.map_of", country=self._country.name.text)
        if cities:
            name = words(
                "guide.map_of_cities",
                country=self._country.name.text,
                cities=words.join(cities),
            )
        note = [
            *([words("map.legend")] if cities else []),
            *([words("map.disclaimer")] if drawn.shows_western_sahara else []),
            words("map.credits"),
        ]
        return {
            **plain_map(drawn, name=name),
            "note": " ".join(note),
            "nationwide": [link.text for link in self._map.nationwide],
            "nationwide_count": words("count.organizations", count=len(self._map.nationwide)),
            "has_cities": bool(cities),
        }

    # --- The card ---

    def _card(self, kind: str, *, copies: int) -> Plain:
        return {
            **self._frame(kind),
            "copies": copies,
            "more": self._more(len(self._country.call_first)),
            "texts": self._texts(),
        }

    # --- The booklet ---

    def _booklet(self) -> Plain:
        words, country = self._words, self._country
        law = self._law
        sources_of_law = law.sources if law else ()
        return {
            **self._frame("booklet"),
            "needs": [
                {
                    "name": say(group.name, words),
                    "description": say(group.description, words),
                    "rows": [self._plain_row(row) for row in group.rows],
                }
                for group in country.needs
            ],
            "cities": [
                {
                    "name": say(group.name, words),
                    "rows": [
                        self._plain_place(organization, place, group)
                        for organization, place in places_in(group)
                    ],
                }
                for group in country.cities
            ],
            "organizations": [
                {"id": one.anchor, **plain_organization(one, words, said=self._said)}
                for one in country.organizations
            ],
            "situations": [plain_situation(one, words) for one in self._situations],
            "map": self._plain_map(),
            "profile": [
                {
                    "title": section.title,
                    "statements": [
                        {"text": say(one.text, words), "references": list(one.references)}
                        for one in section.statements
                    ],
                }
                for section in country.profile
            ],
            "law": [
                {
                    "title": say(one.title, words),
                    "about": [one.kind, one.citation, one.years, say(one.status, words)],
                    "summary": say(one.summary, words),
                    "sources": plain_sources(
                        (sources_of_law[number - 1] for number in one.references), words
                    ),
                }
                for one in (law.laws if law else ())
            ],
            "sources": [
                {
                    "authors": words.ltr(one.authors),
                    "year": one.year,
                    "title": say(one.title, words),
                    "rest": [_ltr(one.container, words), _ltr(one.publisher, words), one.place],
                }
                for one in country.sources
            ],
            "texts": {
                **self._texts(),
                **texts(
                    words,
                    everyone="country.organizations",
                    profile="country.profile",
                    no_statement="country.no_statement",
                    law="law.title",
                    sources="organization.sources",
                    signs="situation.signs",
                    limits="situation.time_limits",
                    call="situation.call",
                    contents="guide.contents",
                    postal="organization.postal",
                    region_only="organization.region_only",
                    where_unknown="organization.where_unknown",
                    eligibility="organization.eligibility",
                    none="channel.none",
                    none_visit="channel.none_visit",
                    none_works="channel.none_works",
                    doubtful="channel.doubtful",
                    as_printed="guide.as_printed",
                    no_city="map.no_city",
                ),
            },
        }

    def _plain_row(self, row: Row) -> Plain:
        """Return an organization in a list; one of several places with the numbers of each."""
        return {
            "id": row.organization.anchor,
            "name": short_name(row.organization, self._words),
            **reach(row, self._words),
            **({"where": row.organization.reach} if row.by_location else {}),
            "places": plain_places(row, self._words),
            "see": see_places(row, self._words),
        }

    def _plain_place(
        self, organization: OrganizationView, place: LocationView, group: Group
    ) -> Plain:
        return {
            "id": organization.anchor,
            "name": short_name(organization, self._words),
            **reach_place(organization, place, group, self._words),
            "places": [],
            "see": None,
        }

    def _texts(self) -> dict[str, str]:
        """Return the words that all guides of a country have."""
        return texts(
            self._words,
            site="site.name",
            tagline="site.tagline",
            call_first="country.call_first",
            everywhere="country.everywhere",
            no_call_first="country.no_call_first",
            needs="country.needs",
            cities="country.cities",
            nationwide="channel.nationwide",
            map="map.title",
            first_steps="situation.first_steps",
            never_do="situation.never_do",
            situations="nav.situations",
            no_answer="age.overdue",
            about="guide.about",
            warning="footer.warning",
            all_numbers="guide.all_numbers",
        )


def _ltr(text: str | None, words: Words) -> str | None:
    return words.ltr(text) if text else None


def _everywhere(term: TermView) -> list[tuple[str, str]]:
    """Return a term in the guide's language, then in the others."""
    others = [(one.language, one.term) for one in term.equivalents]
    return [(term.term.language, term.term.text), *others]


def order_by_use(terms: Iterable[TermView], dataset: Dataset) -> list[TermView]:
    """Return the terms that situations name, those first that most of them do."""
    named = Counter(term for one in order_situations(dataset) for term in one.terms)
    by_id = {term.id: term for term in terms}
    return [by_id[term] for term, _ in named.most_common()]
