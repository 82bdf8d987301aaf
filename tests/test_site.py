"""The built site as a whole: every link leads somewhere, nothing comes from elsewhere."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

VOID = {"meta", "link", "br", "hr", "img", "input", "wbr", "use", "path", "circle", "rect"}
LOADED = {("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src"), ("source", "src")}


@dataclasses.dataclass
class Document:
    """What tests need to know of one page."""

    links: list[str] = dataclasses.field(default_factory=list)
    alternates: list[str] = dataclasses.field(default_factory=list)
    loaded: list[str] = dataclasses.field(default_factory=list)
    ids: list[str] = dataclasses.field(default_factory=list)
    headings: list[int] = dataclasses.field(default_factory=list)
    html: dict[str, str | None] = dataclasses.field(default_factory=dict)
    inline: list[str] = dataclasses.field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.document = Document()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        document = self.document
        if tag not in VOID:
            self.open.append(tag)
        if tag == "html":
            document.html = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            document.headings.append(int(tag[1]))
        for name, value in attrs:
            if name == "id" and value:
                document.ids.append(value)
            if (
                (tag, name) in LOADED
                and dict(attrs).get("rel") not in ("canonical", "alternate")
                and value
            ):
                document.loaded.append(value)
            elif tag == "a" and name == "href" and value:
                document.links.append(value)
                if "hreflang" in dict(attrs):
                    document.alternates.append(value)
            if name.startswith("on") or name == "style":
                document.inline.append(f"{tag} {name}")
        if tag == "style" or (tag == "script" and "src" not in dict(attrs)):
            document.inline.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag, f"</{tag}> closes something else"


@pytest.fixture(scope="module")
def documents(site: Path) -> dict[Path, Document]:
    read = {}
    # Files to download are for themselves; tests/test_offline.py reads them.
    for path in sorted(set(site.rglob("*.html")) - set(site.glob("downloads/**/*.html"))):
        reader = _Reader()
        reader.feed(path.read_text(encoding="utf-8"))
        assert reader.open == [], path
        read[path] = reader.document
    return read


def test_every_link_inside_the_site_leads_to_a_page_and_a_place_in_it(
    site: Path, documents: dict[Path, Document]
) -> None:
    checked = 0
    for path, document in documents.items():
        for link in [*document.links, *document.loaded]:
            parts = urlsplit(link)
            # The way out of a definition leads nowhere, so that the page stays where it is.
            if parts.scheme or link == "#closed":
                continue
            if path.name == "404.html":
                assert parts.path.startswith("/dalil/")
                target = site / parts.path.removeprefix("/dalil/")
            else:
                target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), f"{path}: {link}"
            if parts.fragment:
                assert parts.fragment in documents[target].ids, f"{path}: {link}"
            checked += 1
    assert checked > 60000


def test_links_that_leave_are_of_the_allowed_kinds(documents: dict[Path, Document]) -> None:
    allowed = re.compile(
        r"https?://[^/]|mailto:[^?]+@[^?]+$|tel:\+?\d+$|sms:\+?\d+$|https://wa\.me/\d+$"
    )
    leaving = [link for d in documents.values() for link in d.links if urlsplit(link).scheme]
    assert leaving
    assert [link for link in leaving if not allowed.match(link)] == []


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_inline(
    documents: dict[Path, Document],
) -> None:
    for path, document in documents.items():
        assert [x for x in document.loaded if urlsplit(x).scheme or x.startswith("//")] == [], path
        assert document.inline == [], path


def test_pages_say_their_language_and_have_an_outline(
    site: Path, documents: dict[Path, Document]
) -> None:
    for path, document in documents.items():
        folder = path.relative_to(site).parts[0]
        language = folder if folder in ("fr", "ar") else "en"
        direction = "rtl" if language == "ar" else "ltr"
        assert document.html == {"lang": language, "dir": direction}, path
        assert document.headings.count(1) == 1, path
        steps = zip(document.headings, document.headings[1:], strict=False)
        assert all(below - above <= 1 for above, below in steps), path
        assert len(document.ids) == len(set(document.ids)), path


def test_styles_work_right_to_left_and_load_nothing(site: Path) -> None:
    for path in sorted(site.rglob("*.css")):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        physical = r"(margin|padding|border)-(left|right|top|bottom)|(?<![-\w])(left|right)\s*:"
        assert re.findall(physical, text) == []
        assert not re.search(r"url\(|@import|@font-face", text)


def test_scripts_keep_nothing_about_the_reader(site: Path) -> None:
    for path in sorted(site.rglob("*.js")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"localStorage|sessionStorage|document\.cookie|indexedDB", text)
        # Only the service worker asks for anything, and only for files of the site.
        assert path.name == "sw.js" or not re.search(r"fetch\(|caches\.", text)


def test_the_site_holds_only_what_it_needs(site: Path) -> None:
    kinds = {path.suffix for path in site.rglob("*") if path.is_file()}
    assert kinds == {
        ".html", ".css", ".js", ".svg", ".json", ".csv", ".vcf", ".pdf", ".png",
        ".zip", ".webmanifest", ".atom",
    }  # fmt: skip


def test_canonical_links_name_the_page_without_its_file(site: Path) -> None:
    html = (site / "en/dz/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://example.org/dalil/en/dz/">' in html


def test_every_link_stays_in_its_language_but_those_to_the_same_page_in_another(
    site: Path, documents: dict[Path, Document]
) -> None:
    for path, document in documents.items():
        language, *rest = path.relative_to(site).parts
        if not rest:
            continue
        here = "/".join(rest)
        targets = [
            (path.parent / unquote(urlsplit(link).path)).resolve().relative_to(site).as_posix()
            for link in document.alternates
        ]
        assert targets == [f"{code}/{here}" for code in ("en", "fr", "ar")], path
        for link in document.links:
            parts = urlsplit(link)
            if parts.scheme or not parts.path or link in document.alternates:
                continue
            target = (path.parent / unquote(parts.path)).resolve().relative_to(site).parts[0]
            assert target in (language, "api", "downloads"), f"{path}: {link}"


def test_pages_of_all_languages_are_the_same_ones(site: Path) -> None:
    pages = {
        language: {path.relative_to(site / language) for path in (site / language).rglob("*.html")}
        for language in ("en", "fr", "ar")
    }
    assert pages["en"] == pages["fr"] == pages["ar"]
    head = (site / "ar/dz/index.html").read_text(encoding="utf-8")
    public = "https://example.org/dalil"
    assert f'<link rel="alternate" hreflang="fr" href="{public}/fr/dz/">' in head
    assert f'<link rel="canonical" href="{public}/ar/dz/">' in head


def test_every_language_offers_the_same_numbers(
    site: Path, documents: dict[Path, Document]
) -> None:
    offered: dict[str, dict[str, list[str]]] = {"en": {}, "fr": {}, "ar": {}}
    for path, document in documents.items():
        language, *rest = path.relative_to(site).parts
        if rest:
            offered[language]["/".join(rest)] = sorted(
                link.split("?")[0]
                for link in document.links
                if link.startswith(("tel:", "sms:", "mailto:", "https://wa.me/"))
            )
    assert offered["en"] == offered["fr"] == offered["ar"]
    assert sum(map(len, offered["en"].values())) > 1000


def test_numbers_and_addresses_are_isolated_in_arabic(site: Path) -> None:
    for path in sorted((site / "ar").rglob("*.html")):
        text = re.sub(
            r"<(bdi|option)\b[^>]*>.*?</\1>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        # Titles of documents keep their order: their numbers stand among Latin letters.
        text = re.sub(r"\u2066.*?\u2069|<title>.*?</title>", " ", text)
        text = re.sub(r'<div[^>]*lang="en".*?</div>', " ", re.sub(r"<[^>]*>", "\n", text))
        assert not re.search(r"\+\d{3}|\w@\w+\.\w|\d{4}[–-]\d{4}", text), path
        assert not re.search(r"[٠-٩]", text), path


def test_countries_stand_in_the_order_of_the_alphabet(site: Path) -> None:
    html = (site / "fr" / "index.html").read_text(encoding="utf-8")
    names = re.findall(r'<span class="country-name">([^<]+)</span>', html)
    assert names == ["Algérie", "Égypte", "Libye", "Maroc", "Mauritanie", "Niger", "Tunisie"]
