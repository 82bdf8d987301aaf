from __future__ import annotations

from pathlib import Path

import pytest

from generator.authored import make_citation, parse_authored, replace_citations
from generator.dataset import Dataset
from generator.models.base import Citation
from generator.pages import render_pages
from generator.pages.rendering import Renderer
from generator.term_marking import TermIndex, TermMarker
from generator.urls import Address
from generator.values.text import Wording
from generator.views.countries import CountryView, view_country
from generator.views.coverage import view_coverage
from generator.views.filters import Choice, Filter, drop_useless, make_filter
from generator.views.glossary import TermView, view_glossary
from generator.views.law import unless_told, view_jurisdictions, view_law_list
from generator.views.practices import view_practices
from generator.views.situations import SituationView, view_situation
from generator.views.sources import view_resources, view_sources
from generator.yaml_source import SourceFile


@pytest.fixture(scope="module")
def renderer(good_dataset: Dataset) -> Renderer:
    return Renderer(good_dataset, "en")


@pytest.fixture(scope="module")
def countries(renderer: Renderer) -> dict[str, CountryView]:
    dataset = renderer.dataset
    return {
        code: view_country(country, dataset, renderer.words)
        for code, country in dataset.countries.items()
    }


# --- Terms in prose ---


def mark(renderer: Renderer, html: str, page: str = "en/about/index.html") -> str:
    return str(TermMarker(renderer.index, Address(page)).mark(html))


def test_marks_the_first_mention_of_the_longest_form(renderer: Renderer) -> None:
    assert mark(renderer, "<p>An Unaccompanied child, two children, one child.</p>") == (
        '<p>An <a class="term" href="#term-unaccompanied-child" '
        'title="A child without &#34;parents&#34; &amp; others.">Unaccompanied child</a>, two '
        '<a class="term" href="#term-child" title="Every human being below eighteen.">children</a>'
        ", one child.</p>"
    )


@pytest.mark.parametrize(
    "html",
    [
        "grandchildren, childhood, child-friendly",
        "<a href='child'>child</a>",
        "<h2>The child</h2>",
        "<code>child</code>",
        "to leave somebody alone",
        "<p class='child'>nothing</p>",
        "the Alliance for Unaccompanied Child Care, of the Unaccompanied Child",
    ],
)
def test_marks_nothing_in_other_words_links_headings_and_attributes(
    renderer: Renderer, html: str
) -> None:
    assert mark(renderer, html) == html


def test_an_abbreviation_is_meant_only_as_it_is_written(renderer: Renderer) -> None:
    assert ">ALONE</a>" in mark(renderer, "<p>ALONE</p>")
    assert mark(renderer, "<p>Alone</p>") == "<p>Alone</p>"


def test_a_page_of_a_term_does_not_mark_itself(renderer: Renderer) -> None:
    assert mark(renderer, "one child", "en/glossary/child/index.html") == "one child"


def test_arabic_terms_are_found_behind_what_is_written_together_with_them() -> None:
    term = TermView(
        id="child",
        address=Address("ar/glossary/child/index.html"),
        term=Wording("طفل", "ar", is_fallback=False),
        abbreviation=None,
        definition=Wording("تعريف", "ar", is_fallback=False),
        themes=(),
        forms=("الطفل",),
        sources=(),
        see_also=(),
        equivalents=(),
        keys={},
    )
    index = TermIndex({"child": term}, language="ar")
    html = str(TermMarker(index, Address("ar/a/index.html")).mark("<p>وبالطفل والأطفال</p>"))
    assert ">وبالطفل</a> والأطفال" in html


def test_marked_text_stays_escaped(renderer: Renderer) -> None:
    assert mark(renderer, "&lt;b&gt; child &amp; co").startswith("&lt;b&gt; <a")


# --- Authored pages ---


def parse(text: str) -> tuple[object, list[str]]:
    file = SourceFile("content/en/a.md", tuple(text.split("\n")))
    page, problems = parse_authored(file, language="en", name="a")
    return page, [f"{p.position.line}:{p.position.column} {p.message}" for p in problems]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("No head", ["1:1 the page has no head"]),
        ("---\ntitle: A\n---\n", ["2:1 the head has no `description`"]),
        ("---\ntitle: 2025\ndescription: ''\n---\n", ["2:8 the `title` is no text",
                                                     "3:14 the `description` is no text"]),
        ("---\n---\n", ["1:1 the file holds nothing but comments"]),
        ("---\ntitle: A\ndescription: B\n---\nText {{ cite(\"x\") }}\n",
         ["5:6 this is not a citation on a line of its own"]),
        ("---\ntitle: A\ndescription: B\n---\n{{ cite(\"x\", \"5\") }\n",
         ["5:1 this is not a citation on a line of its own"]),
        ("---\ntitle: A\ndescription: B\n---\n{{ cite(\"\", \"3\") }}\n",
         ["5:1 this is not a citation on a line of its own"]),
        ("---\ntitle: A: b\n---\n", ["2:9 this can't be read: there is a `:` inside a text without "
                                     "quotation marks"]),
    ],
)  # fmt: skip
def test_a_page_with_a_mistake_is_told_at_its_line(text: str, problems: list[str]) -> None:
    page, found = parse(text)
    assert page is None
    assert found == problems


def test_citations_in_a_row_are_rendered_together() -> None:
    text = (
        'A.\n\n{{ cite("one", "1-2") }}\n{{ cite("two", "art. 3") }}\n\nB.\n\n{{ cite("one") }}\n'
    )
    seen: list[tuple[Citation, ...]] = []
    result = replace_citations(text, lambda run: seen.append(run) or f"[{len(run)}]")
    assert result == "A.\n\n[2]\n\nB.\n\n[1]\n"
    assert seen == [
        (Citation(source="one", pages="1-2"), Citation(source="two", article="art. 3")),
        (Citation(source="one"),),
    ]


def test_pages_may_be_roman_numerals() -> None:
    assert make_citation("a", "xiii").pages == "xiii"
    assert make_citation("a", "v-vi").pages == "v-vi"
    assert make_citation("a", "art. 5").article == "art. 5"


# --- Filters ---


def test_a_filter_offers_what_leaves_something_with_its_count() -> None:
    keys = [{"kind": ("a", "b")}, {"kind": ("a",)}, {}]
    made = make_filter("kind", "Kind", {"b": "B", "a": "A", "c": "C"}, keys)
    assert made == Filter("kind", "Kind", (Choice("b", "B", 1), Choice("a", "A", 2)))
    lonely = make_filter("kind", "Kind", {"b": "B"}, keys)
    shared = make_filter("kind", "Kind", {"a": "A"}, keys[:2])
    assert lonely.is_switch
    assert not made.is_switch
    assert drop_useless([made, lonely], total=3) == (made, lonely)
    assert drop_useless([made, lonely, shared], total=2) == (made, lonely)
    assert drop_useless([make_filter("kind", "Kind", {"c": "C"}, keys)], total=3) == ()


# --- Situations ---


def situation(
    renderer: Renderer, countries: dict[str, CountryView], code: str | None
) -> SituationView:
    country = countries[code] if code else None
    record = renderer.dataset.situations["child-alone"]
    return view_situation(record, country, renderer.dataset, renderer.words)


def test_a_situation_calls_who_offers_it_in_the_country(
    renderer: Renderer, countries: dict[str, CountryView]
) -> None:
    algeria = situation(renderer, countries, "DZ")
    assert [[row.organization.id for row in step.rows] for step in algeria.steps] == [
        ["child-line"],
        [],
    ]
    assert [channel.id for channel in algeria.steps[0].rows[0].main] == ["line"]
    assert [link.text for link in algeria.elsewhere] == ["Tunisia"]
    nowhere = situation(renderer, countries, None)
    assert [step.rows for step in nowhere.steps] == [(), ()]
    assert [link.address.path for link in nowhere.elsewhere] == [
        "en/dz/situations/child-alone/index.html",
        "en/tn/situations/child-alone/index.html",
    ]


def test_references_are_numbered_as_they_appear_on_the_page(
    renderer: Renderer, countries: dict[str, CountryView]
) -> None:
    view = situation(renderer, countries, "DZ")
    assert [limit.references for limit in view.time_limits] == [(2,), (2,), (2,)]
    assert view.first_steps[0].references == (1, 3)
    assert view.never_do[0].references == (3,)
    assert view.signs[0][1][0].references == (1,)
    assert [source.place for source in view.sources] == ["p. 4", "p. 6", "p. 5"]


# --- Glossary, law, practices, resources, coverage ---


def test_the_glossary_is_sorted_and_a_term_may_have_two_themes(renderer: Renderer) -> None:
    view = view_glossary(renderer.terms, renderer.words)
    assert [(letter, [term.id for term in terms]) for letter, terms in view.letters] == [
        ("C", ["child"]),
        ("U", ["unaccompanied-child"]),
    ]
    assert [len(terms) for _, _, terms in view.themes] == [2, 0, 0, 1]


def test_law_comes_by_jurisdiction_with_its_years(renderer: Renderer) -> None:
    views = view_jurisdictions(renderer.dataset, renderer.words)
    assert [(view.name, [(law.kind, law.years) for law in view.laws]) for view in views] == [
        ("International", [("Treaty", "1989")]),
        ("Algeria", [("Plan", "2020–2030")]),
    ]
    filters = view_law_list(views, renderer.words).filters
    assert [choice.name for choice in filters[1].choices] == ["Treaty", "Plan"]


def test_how_a_law_is_cited_is_said_once_in_any_language() -> None:
    assert unless_told("Law No. 02/03", "Loi n° 02/03 de 2003 relative au séjour") is None
    assert unless_told("Law No. 02/03", "Law of 2003 on residence") == "Law No. 02/03"
    assert unless_told("The Act", "Loi de 2003") == "The Act"
    assert unless_told(None, "Loi de 2003") is None


def test_practices_show_what_the_source_gives_and_filter_by_it(renderer: Renderer) -> None:
    view = view_practices(renderer.dataset, renderer.words)
    full, short = view.practices
    assert full.dates == "2023–June 2025"
    assert [link.text for link in full.countries] == ["Algeria"]
    assert full.other_countries == ("Italy",)
    assert full.principles == ("Child-sensitive", "Human rights")
    assert (short.dates, short.benefit_and_impact, short.key_lessons) == (None, None, ())
    assert [one.name for one in view.filters][:1] == ["country"]
    assert all(one.choices for one in view.filters)


def test_a_source_names_what_cites_it(renderer: Renderer) -> None:
    sources = {view.id: view for view in view_sources(renderer.dataset, renderer.words)}
    cited_by = {
        kind: [link.address.path for link in links] for kind, links in sources["site-nd"].cited_by
    }
    assert cited_by == {
        "Countries": ["en/dz/index.html"],
        "Good practices": ["en/practices/short/index.html"],
        "Organizations": ["en/dz/organizations/child-line/index.html"],
        "Guidance": ["en/about/index.html"],
    }
    ((heading, (toolbox,)),) = view_resources(renderer.dataset, renderer.words)
    assert heading == "Templates"
    assert toolbox.work == Address("en/resources/report-2025/index.html")


def test_coverage_tells_calls_from_letters_visits_and_nobody(
    renderer: Renderer, countries: dict[str, CountryView]
) -> None:
    view = view_coverage([countries["DZ"], countries["TN"]], renderer.dataset, renderer.words)
    table = {
        row.name.text: [(cell.count, cell.reach) for cell in row.cells]
        for _, rows in view.needs
        for row in rows
    }
    assert table == {
        "Case management": [(1, "call"), (1, "visit")],
        "Health care": [(1, "call"), (1, "call")],
        "A bed": [(0, "nobody"), (0, "nobody")],
    }
    assert [[name.text for name in nobody] for _, nobody, _ in view.gaps] == [["A bed"], ["A bed"]]


def test_the_page_of_a_term_names_the_prose_that_uses_it(good_dataset: Dataset) -> None:
    pages = {page.address.path: page.html for page in render_pages(Renderer(good_dataset, "en"))}
    html = pages["en/glossary/unaccompanied-child/index.html"]
    assert 'href="../../situations/child-alone/index.html"' in html
    assert 'href="../../about/index.html"' in html
    assert "practices/short" not in html


def test_authored_pages_get_their_head_citations_and_terms(site: Path) -> None:
    html = (site / "en/guidance/identification/index.html").read_text(encoding="utf-8")
    assert "<h1>Identification and registration</h1>" in html
    assert (
        '<a href="../../resources/iom-unicef-2025/index.html">'
        "<bdi>IOM and UNICEF</bdi>, 2025, p. 24</a>" in html
    )
    assert "{{" not in html
    assert '<div id="term-child" class="definition" tabindex="-1">' in html
