"""The links by which a reader changes a record, or says that it is wrong."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from generator.dataset import Dataset
from generator.plugin import RenderingFailed, render_site
from generator.views.reports import NOBODY, Editors, view_file_report, view_report
from generator.words import Words, words_for
from tests.conftest import ROOT

GITHUB = Editors("https://github.com/example/dalil/")
LETTERS = Editors(email="editors@example.org")


@pytest.fixture(scope="module")
def words(real_dataset: Dataset) -> Words:
    return words_for(real_dataset, "en")


def test_a_record_is_changed_in_its_own_file(good_dataset: Dataset, words: Words) -> None:
    links = view_report("glossary", "child", good_dataset, GITHUB, words)
    path = good_dataset.files["glossary", "child"].path
    assert links == view_file_report(path, GITHUB, words)
    assert view_file_report("data/organizations/DZ/a b.yaml", GITHUB, words) == (
        (
            "https://github.com/example/dalil/issues/new"
            "?template=wrong-number.yml&record=data%2Forganizations%2FDZ%2Fa+b.yaml",
            "Something here is wrong",
        ),
        (
            "https://github.com/example/dalil/edit/main/data/organizations/DZ/a%20b.yaml",
            "Change this record",
        ),
    )


def test_who_has_no_account_writes_a_letter_that_names_the_record(real_dataset: Dataset) -> None:
    for language, text, subject in (
        ("en", "Say by e-mail what is wrong", "Wrong: data/organizations/DZ/a b&c.yaml"),
        ("fr", "Signaler une erreur par e-mail", "Erreur\u00a0: data/organizations/DZ/a b&c.yaml"),
        ("ar", "الإبلاغ عن خطأ بالبريد الإلكتروني", "خطأ: data/organizations/DZ/a b&c.yaml"),
    ):
        words = words_for(real_dataset, language)
        (link,) = view_file_report("data/organizations/DZ/a b&c.yaml", LETTERS, words)
        assert link.text == text
        parts = urlsplit(link.link)
        assert (parts.scheme, parts.path) == ("mailto", "editors@example.org")
        # Mail programs take a plus sign as it is (RFC 6068, section 5).
        assert "+" not in parts.query
        fields = dict(parse_qsl(parts.query))
        assert fields["subject"] == subject
        assert fields["body"].split("\r\n")[:2] == [
            words("letter.help"),
            words("letter.privacy"),
        ]
        assert words("letter.wrong") in fields["body"]


def test_a_letter_is_short_enough_for_mail_programs(real_dataset: Dataset) -> None:
    longest = max((file.path for file in real_dataset.files.values()), key=len)
    for language in real_dataset.languages:
        (link,) = view_file_report(longest, LETTERS, words_for(real_dataset, language))
        # Windows hands over no more than 2048 characters.
        assert len(link.link) < 2000


def test_all_ways_stand_together(words: Words) -> None:
    both = Editors("https://github.com/example/dalil/", email="editors@example.org")
    texts = [link.text for link in view_file_report("data/x.yaml", both, words)]
    assert texts == ["Something here is wrong", "Say by e-mail what is wrong", "Change this record"]


@pytest.mark.parametrize("path", ["/elsewhere/data/glossary/child.yaml", "../data/x.yaml"])
def test_what_is_outside_of_the_repository_has_no_links(path: str, words: Words) -> None:
    assert view_file_report(path, GITHUB, words) == ()


def test_without_a_repository_there_are_no_links(
    good_dataset: Dataset, site: Path, words: Words
) -> None:
    assert view_report("glossary", "child", good_dataset, NOBODY, words) == ()
    assert "Something here is wrong" not in (site / "en/ma/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "address", "said"),
    [
        ("DALIL_REPO_URL", "github", "'repo_url': \"github\" is not a web address"),
        ("DALIL_REPORT_EMAIL", "editors", "'report_email': \"editors\" is not an e-mail address"),
    ],
)
def test_an_address_that_is_none_is_told(
    good_dataset: Dataset,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    address: str,
    said: str,
) -> None:
    monkeypatch.setenv(name, address)
    with pytest.raises(RenderingFailed, match=said):
        render_site(
            ROOT / "mkdocs.yml",
            language="en",
            dataset=good_dataset,
            docs_dir=ROOT / "content" / "en",
            site_dir=tmp_path,
            site_url=None,
            guides={},
        )


def test_every_record_leads_to_its_file(
    real_dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DALIL_REPO_URL", "https://github.com/example/dalil")
    monkeypatch.setenv("DALIL_REPORT_EMAIL", "editors@example.org")
    render_site(
        ROOT / "mkdocs.yml",
        language="fr",
        dataset=real_dataset,
        docs_dir=ROOT / "content" / "fr",
        site_dir=tmp_path,
        site_url=None,
        guides={},
    )
    found = set()
    for path in tmp_path.rglob("*.html"):
        html = path.read_text("utf-8")
        edits = re.findall(r'href="https://github\.com/example/dalil/edit/main/([^"]+)"', html)
        reports = re.findall(r'href="https://github\.com/example/dalil/issues/new\?([^"]+)"', html)
        letters = re.findall(r'href="mailto:editors@example\.org\?([^"]+)"', html)
        assert len(edits) == len(reports) == len(letters)
        found |= set(edits)
    kinds = {
        "countries", "organizations", "glossary", "legal_frameworks", "good_practices", "situations",
        "resources", "sources",
    }  # fmt: skip
    expected = {file.path for (kind, _), file in real_dataset.files.items() if kind in kinds}
    expected |= {page.file.path for page in real_dataset.authored_in("fr").values()}
    assert found == expected
    assert all((ROOT / path).is_file() for path in found)
