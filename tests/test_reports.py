"""The links by which a reader changes a record, or says that it is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.dataset import Dataset
from generator.plugin import render_site
from generator.views.reports import ReportLinks, Repository, view_file_report, view_report
from tests.conftest import ROOT

GITHUB = Repository("https://github.com/example/dalil/", "edit/main/")


def test_a_record_is_changed_in_its_own_file(good_dataset: Dataset) -> None:
    links = view_report("glossary", "child", good_dataset, GITHUB)
    path = good_dataset.files["glossary", "child"].path
    assert links == view_file_report(path, GITHUB)
    assert view_file_report("data/organizations/DZ/a b.yaml", GITHUB) == ReportLinks(
        edit="https://github.com/example/dalil/edit/main/data/organizations/DZ/a%20b.yaml",
        report="https://github.com/example/dalil/issues/new"
        "?template=wrong-number.yml&record=data%2Forganizations%2FDZ%2Fa+b.yaml",
    )


@pytest.mark.parametrize("path", ["/elsewhere/data/glossary/child.yaml", "../data/x.yaml"])
def test_what_is_outside_of_the_repository_has_no_links(path: str) -> None:
    assert view_file_report(path, GITHUB) is None


def test_without_a_repository_there_are_no_links(good_dataset: Dataset, site: Path) -> None:
    assert view_report("glossary", "child", good_dataset, None) is None
    assert "Something here is wrong" not in (site / "en/ma/index.html").read_text("utf-8")


def test_every_record_leads_to_its_file(
    real_dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DALIL_REPO_URL", "https://github.com/example/dalil")
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
        assert len(edits) == len(reports)
        found |= set(edits)
    kinds = {
        "countries", "organizations", "glossary", "legal_frameworks", "good_practices", "situations",
        "resources", "sources",
    }  # fmt: skip
    expected = {file.path for (kind, _), file in real_dataset.files.items() if kind in kinds}
    expected |= {page.file.path for page in real_dataset.authored_in("fr").values()}
    assert found == expected
    assert all((ROOT / path).is_file() for path in found)
