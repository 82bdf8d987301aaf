"""The pages of the knowledge base: situations, glossary, law, practices, resources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator import urls
from generator.models.knowledge import GoodPractice
from generator.pages.rendering import Page, Renderer
from generator.translations import STATES
from generator.views.countries import CountryView
from generator.views.glossary import view_glossary
from generator.views.law import view_jurisdictions, view_law_list
from generator.views.links import PageLink
from generator.views.practices import view_practices
from generator.views.situations import link_situations, order_situations, view_situation
from generator.views.sources import view_resources, view_sources
from generator.views.translations import view_translations


def render_knowledge_pages(renderer: Renderer, countries: list[CountryView]) -> Iterator[Page]:
    """Yield the pages of the knowledge base."""
    yield from _render_situations(renderer, countries)
    yield from _render_glossary(renderer)
    yield from _render_law(renderer)
    yield from _render_practices(renderer)
    yield from _render_resources(renderer)
    yield renderer.page(
        "translations.html.j2",
        urls.translations(renderer.language),
        title=renderer.words("translations.title"),
        description=renderer.words("translations.lead"),
        languages=view_translations(renderer.dataset, renderer.words),
        states=STATES,
    )


def _render_situations(renderer: Renderer, countries: list[CountryView]) -> Iterator[Page]:
    dataset, words, language = renderer.dataset, renderer.words, renderer.language
    every = PageLink(words("nav.situations"), urls.situations(language))
    yield renderer.page(
        "situations.html.j2",
        every.address,
        title=every.text,
        description=words("situations.lead"),
        situations=[
            (link, situation.summary.in_language(language))
            for link, situation in zip(
                link_situations(dataset, words, code=None), order_situations(dataset), strict=True
            )
        ],
    )
    for situation in order_situations(dataset):
        for country in (None, *countries):
            view = view_situation(situation, country, dataset, words)
            crumbs = (every,)
            title = view.title.text
            if country:
                crumbs = (PageLink(country.name.text, country.address),)
                title = words("name.in_country", name=title, country=country.name.text)
            yield renderer.page(
                "situation.html.j2",
                view.address,
                title=title,
                description=view.summary.text,
                crumbs=crumbs,
                record=("situations", situation.id),
                situation=view,
            )


def _render_glossary(renderer: Renderer) -> Iterator[Page]:
    words = renderer.words
    every = PageLink(words("glossary.title"), urls.glossary(renderer.language))
    yield renderer.page(
        "glossary.html.j2",
        every.address,
        title=every.text,
        description=words("glossary.lead"),
        glossary=view_glossary(renderer.terms, words),
    )
    used_by = _find_uses(renderer)
    for term in renderer.terms.values():
        yield renderer.page(
            "term.html.j2",
            term.address,
            title=term.term.text,
            description=term.definition.text,
            crumbs=(every,),
            record=("glossary", term.id),
            term=term,
            used_by=used_by[term.id],
        )


def _render_law(renderer: Renderer) -> Iterator[Page]:
    words = renderer.words
    jurisdictions = view_jurisdictions(renderer.dataset, words)
    view = view_law_list(jurisdictions, words)
    every = PageLink(words("law.title"), view.address)
    yield renderer.page(
        "law.html.j2", view.address, title=every.text, description=words("law.lead"), law=view
    )
    for jurisdiction in jurisdictions:
        yield renderer.page(
            "jurisdiction.html.j2",
            jurisdiction.address,
            title=words("law.of", name=jurisdiction.name),
            description=words("law.lead"),
            crumbs=(every,),
            jurisdiction=jurisdiction,
            reports={
                law.id: renderer.report("legal_frameworks", f"{jurisdiction.id}/{law.id}")
                for law in jurisdiction.laws
            },
        )


def _render_practices(renderer: Renderer) -> Iterator[Page]:
    words = renderer.words
    view = view_practices(renderer.dataset, words)
    every = PageLink(words("practices.title"), view.address)
    yield renderer.page(
        "practices.html.j2",
        view.address,
        title=every.text,
        description=words("practices.lead"),
        practices=view,
    )
    for practice in view.practices:
        yield renderer.page(
            "practice.html.j2",
            practice.address,
            title=practice.title.text,
            description=practice.summary.text.partition("\n")[0],
            crumbs=(every,),
            record=("good_practices", practice.id),
            practice=practice,
        )


def _render_resources(renderer: Renderer) -> Iterator[Page]:
    dataset, words = renderer.dataset, renderer.words
    sources = view_sources(dataset, words)
    every = PageLink(words("resources.title"), urls.resources(renderer.language))
    yield renderer.page(
        "resources.html.j2",
        every.address,
        title=every.text,
        description=words("resources.lead"),
        resources=view_resources(dataset, words),
        reports={key: renderer.report("resources", key) for key in dataset.resources},
        sources=sources,
    )
    for source in sources:
        yield renderer.page(
            "source.html.j2",
            source.address,
            title=source.title.text,
            description=words("source.description", title=source.title.text),
            crumbs=(every,),
            record=("sources", source.id),
            source=source,
        )


def _find_uses(renderer: Renderer) -> dict[str, list[PageLink]]:
    """Return, for each term, the pages of prose that mention it."""
    dataset, language = renderer.dataset, renderer.language
    uses: dict[str, list[PageLink]] = defaultdict(list)
    for situation in order_situations(dataset):
        link = PageLink(
            situation.title.in_language(language).text, urls.situation(language, situation.id)
        )
        signs = (statement for group in situation.signs for statement in group.statements)
        statements = (*signs, *situation.first_steps, *situation.never_do)
        texts = [statement.text.in_language(language).text for statement in statements]
        texts += [situation.summary.in_language(language).text]
        for name in renderer.index.find_in_text("\n".join(texts)) | set(situation.terms):
            uses[name].append(link)
    for page in dataset.authored_in(language).values():
        for name in renderer.index.find_in_text(page.text):
            uses[name].append(PageLink(page.title, urls.prose(language, page.name)))
    for practice in dataset.good_practices.values():
        link = PageLink(
            practice.title.in_language(language).text, urls.practice(language, practice.id)
        )
        for name in renderer.index.find_in_text(_practice_text(practice, language)):
            uses[name].append(link)
    return uses


def _practice_text(practice: GoodPractice, language: str) -> str:
    texts = [practice.summary, practice.benefit_and_impact, practice.innovation]
    texts += [*practice.key_lessons, *practice.recommendations]
    return "\n".join(text.in_language(language).text for text in texts if text)
