from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import urls
from generator.dataset import Dataset
from generator.pages import render_pages, render_root_pages
from generator.pages.rendering import Page, Renderer
from generator.translations import STATES
from tests.conftest import ROOT, TESTS, load_good


def rendered(dataset: Dataset) -> list[Page]:
    return render_pages(Renderer(dataset, "en"))


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("home.html", urls.home("en")),
        ("country.html", urls.country("en", "DZ")),
        ("organization.html", urls.organization("en", "DZ", "child-line")),
        ("directory.html", urls.directory("en")),
        ("situation.html", urls.country_situation("en", "DZ", "child-alone")),
        ("term.html", urls.term("en", "unaccompanied-child")),
        ("practice.html", urls.practice("en", "full")),
        ("jurisdiction.html", urls.jurisdiction("en", "DZ")),
        ("coverage.html", urls.coverage("en")),
    ],
)
def test_golden_pages_of_the_good_data(
    golden: Callable[[str, str], None], good_dataset: Dataset, name: str, address: urls.Address
) -> None:
    pages = {page.address: page for page in rendered(good_dataset)}
    golden(name, pages[address].html)


def test_the_same_data_gives_the_same_pages(good_data: Path, good_dataset: Dataset) -> None:
    assert rendered(load_good(good_data, TESTS / "good_content")) == rendered(good_dataset)


def test_data_is_escaped_in_text_and_attributes(good_data: Path) -> None:
    path = good_data / "organizations/DZ/child-line.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Child line", "'A & \\\"B\\\" < 1 > 0'"), encoding="utf-8")
    dataset = load_good(good_data)
    html = "".join(page.html for page in rendered(dataset))
    assert '"B\\" <' not in html
    assert "A &amp; \\&#34;B\\&#34; &lt; 1 &gt; 0" in html


def test_no_script_style_or_handler_stands_in_a_page(good_dataset: Dataset) -> None:
    html = "".join(page.html for page in rendered(good_dataset))
    html += "".join(render_root_pages(good_dataset, base="/", version="0").values())
    assert not re.search(r"<(script|style|iframe)|\sstyle=|\son[a-z]+=|javascript:", html)


def test_pages_above_the_languages_lead_into_them(good_dataset: Dataset) -> None:
    pages = render_root_pages(good_dataset, base="/dalil/", version="0")
    root, not_found = pages[urls.ROOT], pages[urls.NOT_FOUND]
    assert '<meta http-equiv="refresh" content="0; url=en/index.html">' in root
    assert 'href="en/index.html"' in root
    assert 'href="/dalil/en/index.html"' in not_found
    assert "refresh" not in not_found


def test_where_there_is_a_choice_of_languages_the_reader_makes_it(real_dataset: Dataset) -> None:
    root = render_root_pages(real_dataset, base="/", version="0")[urls.ROOT]
    assert "refresh" not in root
    assert re.findall(r'href="(../index\.html)"', root) == [
        "en/index.html",
        "fr/index.html",
        "ar/index.html",
    ]
    assert '<script src="en/assets/root.js?v=0" defer></script>' in root


def test_a_country_more_is_files_only(good_data: Path) -> None:
    (good_data / "countries/SN.yaml").write_text(
        "id: SN\nname: {en: Senegal}\ntime_zone: Africa/Dakar\ngaps: [shelter-place]\n",
        encoding="utf-8",
    )
    folder = good_data / "organizations/SN"
    folder.mkdir()
    (folder / "line.yaml").write_text(
        "id: line\ncountry: SN\nname: {en: Dakar line}\nkind: government\n"
        "sources: [{source: report-2025}]\n"
        "services: [{id: help, name: {en: Help}, types: [case-management]}]\n"
        'channels: [{id: line, kind: short_code, number: "116", country: SN, nationwide: true,'
        " published: {source: report-2025}}]\n",
        encoding="utf-8",
    )
    pages = {page.address: page.html for page in rendered(load_good(good_data))}
    assert urls.organization("en", "SN", "line") in pages
    assert 'href="tel:116"' in pages[urls.country("en", "SN")]
    assert "Senegal" in pages[urls.home("en")]
    assert 'data-country="SN"' in pages[urls.directory("en")]


FAMILIES = (
    "channel.only_", "coverage.", "cross_border.purpose.", "cross_border.steps.", "downloads.contacts", "downloads.helplines",
    "guide.booklet", "guide.fold_", "guide.glossary", "guide.pocket", "guide.situations", "guide.wallet", "kind.", "law.",
    "organization.kind.", "practice.", "profile.", "provenance.", "resources.kind.", "search.group.", "theme.", "update.kind.",
)  # fmt: skip
"""Texts whose names the code puts together, from the names of fields and their values."""


GIVEN = ("offline.", "search.")
"""Texts that scripts get together, each by the last part of its name."""


def read_sources() -> dict[str, str]:
    return {
        str(path): path.read_text(encoding="utf-8")
        for folder in ("generator", "theme_overrides")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".j2", ".html")
    }


def test_every_text_of_the_site_is_used(real_dataset: Dataset) -> None:
    code = "\n".join(read_sources().values())
    unused = [
        name
        for name in real_dataset.interfaces["en"].texts
        if f'"{name}"' not in code and f"'{name}'" not in code and not name.startswith(FAMILIES)
    ]
    # The scripts of the search and of what is kept get theirs by the last part of the name.
    given = [name for name in unused if f'"{name.partition(".")[2]}"' in code]
    unused = [name for name in unused if name not in given or not name.startswith(GIVEN)]
    # The former are made from the kind of an action, the latter from the state of a translation.
    states = [f"translations.{state}" for state in STATES]
    assert unused == ["channel.whatsapp", "channel.sms", *states]


def test_no_text_stands_in_the_template_of_a_guide() -> None:
    paths = sorted((ROOT / "generator" / "templates").glob("*.typ"))
    assert paths
    for path in paths:
        code = re.sub(r"//.*|\"[^\"]*\"", "", path.read_text(encoding="utf-8"))
        for content in re.findall(r"\[([^\[\]]*)\]", code):
            shown = re.sub(r"#[\w.-]+(\(.*\))?|<[\w-]+>", "", content, flags=re.DOTALL)
            assert re.findall(r"[A-Za-z]{2,}", re.sub(r"\{.*?\}", "", shown)) == [], (path, content)


def test_no_text_stands_in_a_template() -> None:
    for name, source in read_sources().items():
        if not name.endswith((".j2", ".html")) or name.endswith(".js.j2"):
            continue
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", source, flags=re.DOTALL)
        # What is left of tags with templates inside them has a quotation mark or an equals sign.
        words = [word for word in text.split() if re.fullmatch(r"[A-Za-z]{2,}[.:,!?]?", word)]
        assert words == [], name
