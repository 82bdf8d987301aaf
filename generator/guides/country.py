"""What the guides of one country say: the sheet to fold, the booklet, and the card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from generator import urls
from generator.dataset import Dataset
from generator.guides.frame import Guide, plain_frame
from generator.guides.pictures import plain_map, render_qr_code
from generator.guides.plain import (
    PLACES_NAMED,
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
from generator.guides.situations import plain_situation
from generator.views.channels import ChannelView
from generator.views.countries import CallFirst, CountryView, Group
from generator.views.glossary import TermView
from generator.views.law import JurisdictionView
from generator.views.maps import CountryMapView
from generator.views.organizations import LocationView, OrganizationView, Row
from generator.views.situations import SituationView
from generator.words import Words

TERMS_OF_FOLD = 10
NUMBERS = ("call", "whatsapp", "sms")
_FIRST_OF_OTHERS = 500_000
_NO_CHANNEL: Plain = {"channel": None, "label": None, "action": None, "facts": []}


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
        self._page = (
            site_url + country.address.path.removesuffix("index.html") if site_url else None
        )

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
            "call_first": [
                self._plain_call_first(found, said=self._said) for found in country.call_first
            ],
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

    def _plain_call_first(self, found: CallFirst, *, said: str | None) -> Plain:
        words = self._words
        return {
            "id": f"{found.organization.id}/{found.channel.id}",
            "name": say(found.organization.name, words),
            "short_name": short_name(found.organization, words),
            "abbreviation": found.organization.abbreviation,
            "needs": [say(need, words) for need in found.needs],
            **plain_channel(found.channel, words, said=said),
        }

    # --- The sheet to fold ---

    def _fold(self) -> Plain:
        words, country = self._words, self._country
        needs, needs_in_short = list(self._rows(country.needs)), list(self._rows_in_short())
        cities = list(self._city_rows())
        shown = {_key(found.organization, found.channel) for found in country.call_first}
        shown |= {row["channel"] for row in cities if row["channel"]}
        # A number that is in the full list of needs may be missing in the short one.
        others = list(self._other_rows(shown, first=_FIRST_OF_OTHERS))
        situations = [plain_situation(one, words) for one in self._situations]
        return {
            **self._frame("pocket"),
            "needs": needs,
            "needs_in_short": needs_in_short,
            "cities": cities,
            "others": others,
            "situations": situations,
            "map": self._plain_map(),
            "terms": [
                [in_language(text, language, words) for language, text in self._everywhere(term)]
                for term in self._terms[:TERMS_OF_FOLD]
            ],
            "more": self._more(
                max(
                    len(country.call_first),
                    len(needs),
                    len(cities) + len(others) + len(situations),
                    TERMS_OF_FOLD,
                )
            ),
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
                    about="guide.about",
                ),
            },
        }

    def _more(self, most: int) -> list[str]:
        """Return what a guide says where it leaves out nothing, one row, two and so on."""
        return [self._words("guide.more", count=count) for count in range(most + 1)]

    def _rows(self, groups: Iterable[Group]) -> Iterator[Plain]:
        """Yield who is in each group, with the quickest way to reach it."""
        for index, group in enumerate(groups):
            for rank, row in enumerate(group.rows):
                yield self._row(row, group, rank=rank, index=index)

    def _rows_in_short(self) -> Iterator[Plain]:
        """Yield the rows of needs, in which those who work in single cities share one."""
        words = self._words
        for index, group in enumerate(self._country.needs):
            local = [row.organization for row in group.rows if _is_local(row)]
            others = (row for row in group.rows if row.organization not in local)
            for rank, row in enumerate(others):
                yield self._row(row, group, rank=2 * rank, index=index)
            if local:
                names = " · ".join(one.abbreviation or one.name.text for one in local)
                yield {
                    "id": f"{group.id}/{'+'.join(one.id for one in local)}",
                    **_in_group(group, words, rank=1, index=index),
                    "name": words("guide.in_cities", cities=names),
                    "where": None,
                    **_NO_CHANNEL,
                }

    def _row(self, row: Row, group: Group, *, rank: int, index: int) -> Plain:
        return {
            "id": f"{group.id}/{row.organization.id}",
            **_in_group(group, self._words, rank=rank, index=index),
            "name": short_name(row.organization, self._words),
            **self._reach(row),
        }

    def _city_rows(self) -> Iterator[Plain]:
        """Yield who is in each city: a row for each of its places there, with its first number."""
        for index, group in enumerate(self._country.cities):
            places = [
                (row.organization, place)
                for row in group.rows
                for place in row.organization.locations
                if place.place == group.id
            ]
            for rank, (organization, place) in enumerate(places):
                yield {
                    "id": f"{group.id}/{organization.id}/{place.id}",
                    **_in_group(group, self._words, rank=rank, index=index),
                    "name": short_name(organization, self._words),
                    **self._reach_place(organization, place, group),
                }

    def _other_rows(self, shown: set[str], first: int) -> Iterator[Plain]:
        """Yield every number that stands nowhere else on the sheet."""
        for organization in self._country.organizations:
            for channel in organization.channels:
                if not any(action.kind in NUMBERS for action in channel.actions):
                    continue
                if _key(organization, channel) in shown:
                    continue
                yield {
                    "id": _key(organization, channel),
                    "group": "others",
                    "heading": self._words("guide.others"),
                    "priority": first,
                    "name": short_name(organization, self._words),
                    "where": say(channel.location_name, self._words),
                    **self._plain_way(organization, channel),
                }
                first += 1

    def _reach(self, row: Row) -> Plain:
        """Return how an organization in a list is reached: by one number, or where it is."""
        words, organization = self._words, row.organization
        usable = [channel for channel in row.main if channel.actions]
        if usable:
            found = next((one for one in usable if one.is_callable), usable[0])
            return {
                "where": None if found.is_nationwide else say(found.location_name, words),
                **self._plain_way(organization, found),
            }
        if row.by_location:
            cities = dict.fromkeys((one.city or one.name).text for one in row.by_location)
            named = words.join(list(cities)) if len(cities) <= PLACES_NAMED else organization.reach
            where = words("guide.in_cities", cities=named)
        elif organization.channels:
            where = words("channel.none_works")
        elif organization.locations:
            where = organization.reach
        else:
            where = words("channel.none")
        return {"where": where, **_NO_CHANNEL}

    def _reach_place(
        self, organization: OrganizationView, place: LocationView, group: Group
    ) -> Plain:
        """Return how an organization is reached in one place: there, or in the whole country."""
        words = self._words
        name = None if place.name.text == group.name.text else say(place.name, words)
        for channels in (place.channels, organization.nationwide):
            usable = [channel for channel in channels if channel.actions]
            if usable:
                found = next((one for one in usable if one.is_callable), usable[0])
                return {"where": name, **self._plain_way(organization, found)}
        if place.channels:
            return {"where": words("channel.none_works"), **_NO_CHANNEL}
        return {"where": name, **_NO_CHANNEL}

    def _plain_way(self, organization: OrganizationView, channel: ChannelView) -> Plain:
        return {
            "channel": _key(organization, channel),
            "label": say(channel.label, self._words),
            "action": plain_action(channel.actions[0]),
            "facts": list(channel.facts),
        }

    def _everywhere(self, term: TermView) -> list[tuple[str, str]]:
        """Return a term in this language, then in the others."""
        others = [(one.language, one.term) for one in term.equivalents]
        return [(term.term.language, term.term.text), *others]

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
        note = [words("map.credits")]
        if drawn.shows_western_sahara:
            note.insert(0, words("map.disclaimer"))
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
                        self._plain_place(row.organization, place, group)
                        for row in group.rows
                        for place in row.organization.locations
                        if place.place == group.id
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
            **self._reach(row),
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
            **self._reach_place(organization, place, group),
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


def _key(organization: OrganizationView, channel: ChannelView) -> str:
    return f"{organization.id}/{channel.id}"


def _ltr(text: str | None, words: Words) -> str | None:
    return words.ltr(text) if text else None


def _is_local(row: Row) -> bool:
    """Tell whether an organization is reached in cities, where the sheet has its numbers."""
    if any(channel.is_nationwide for channel in row.main):
        return False
    return bool(row.organization.locations) and all(one.place for one in row.organization.locations)


def _in_group(group: Group, words: Words, *, rank: int, index: int) -> Plain:
    """Return where a row stands: where there is no room, those last in their groups go first."""
    return {
        "group": group.id,
        "heading": say(group.name, words),
        "priority": rank * 1000 + index,
    }


def order_by_use(terms: Iterable[TermView], dataset: Dataset) -> list[TermView]:
    """Return the terms that situations name, those first that most of them do."""
    situations = sorted(dataset.situations.values(), key=lambda one: (one.order, one.id))
    named = Counter(term for situation in situations for term in situation.terms)
    by_id = {term.id: term for term in terms}
    return [by_id[term] for term, _ in named.most_common()]
