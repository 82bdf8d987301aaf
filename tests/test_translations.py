"""From a text without translation to one that a person has reviewed, and a language out of nothing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.loading import load_dataset
from generator.translations import Field, Translation, find_translations
from generator.yaml_source import SourceFile
from tests.conftest import ROOT, TESTS

CHILD = "glossary/child.yaml"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, good_data: Path) -> Path:
    """A project with the good data, two languages, and one authored page in the first."""
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "theme_overrides", folder / "theme_overrides")
    shutil.copytree(TESTS / "good_content", folder / "content")
    shutil.move(good_data, folder / "data")
    (folder / "data/interface/es.yaml").write_text(
        "language: es\ndirection: ltr\nname: Español\ntexts: {country.call_first: Llame primero}\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(folder)
    return folder


def edit(project: Path, old: str, new: str) -> None:
    path = project / "data" / CHILD
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(*arguments: str, status: int = 0) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == status, result.output
    return result.output


def state(project: Path, name: str = "glossary/child:definition") -> Translation:
    dataset = load_dataset(project / "data", content_dir=project / "content").dataset
    (found,) = (
        one for one in find_translations(dataset) if one.field.name == name and one.language == "es"
    )
    return found


def test_the_life_of_a_translation(project: Path) -> None:
    definition = "{en: Every human being below eighteen.}"
    assert state(project).state == "missing"
    edit(project, definition, "{en: Every human being below eighteen., es: Todo menor de 18.}")
    assert (state(project).state, state(project).is_recorded) == ("draft", False)
    run("translations", "--accept")
    assert (state(project).state, state(project).is_recorded) == ("draft", True)
    run("translations", "--accept", "--reviewed", "glossary/child", "--language", "es")
    assert state(project).state == "reviewed"
    run("translations", "--accept")
    assert state(project).state == "reviewed"
    edit(project, "below eighteen.", "younger than eighteen.")
    assert state(project).state == "outdated"
    said = run("translations", "--accept")
    assert "out of date before, and counted as corrected from now on: 1\n" in said
    assert state(project).state == "draft"
    run("translations", "--accept", "--reviewed", "glossary/child")
    edit(project, "Todo menor de 18.", "Todo ser humano menor de 18.")
    assert state(project).state == "draft"


def test_what_was_translated_since_is_recorded_and_nothing_else(
    project: Path, tmp_path: Path
) -> None:
    child = "{en: Every human being below eighteen., es: Todo menor de 18.}"
    edit(project, "{en: Every human being below eighteen.}", child)
    edit(project, "{en: Child}", "{en: Child, es: Niño}")
    run("translations", "--accept", "--reviewed", "glossary/child")
    before = shutil.copytree(project / "data", tmp_path / "before" / "data")
    edit(project, "below eighteen.", "younger than eighteen.")
    edit(project, "{en: Child, es: Niño}", "{en: A child, es: Un niño}")
    said = run("translations", "--accept", "--since", str(before))
    assert "counted as corrected from now on: 1\nstill out of date: 1\n" in said
    assert state(project).state == "outdated"
    assert state(project, "glossary/child:term").state == "draft"
    edit(project, "Todo menor de 18.", "Todo ser humano menor de 18.")
    target = tmp_path / "record.json"
    recorded = (project / "data/translations.lock.json").read_bytes()
    run("translations", "--accept", "--since", str(before), "--to", str(target))
    assert (project / "data/translations.lock.json").read_bytes() == recorded
    shutil.copy(target, project / "data/translations.lock.json")
    assert state(project).state == "draft"


def test_what_nobody_recorded_and_nobody_wrote_since_stays_so(
    project: Path, tmp_path: Path
) -> None:
    edit(project, "{en: Child}", "{en: Child, es: Niño}")
    before = shutil.copytree(project / "data", tmp_path / "before" / "data")
    run("translations", "--accept", "--since", str(before))
    assert not state(project, "glossary/child:term").is_recorded


def test_a_text_without_english_is_translated_from_the_one_given_first() -> None:
    own = Field("countries", "a", {"fr": "Foyer", "ar": "مأوى"}, SourceFile("a.yaml", ()), ())
    assert own.source == "Foyer"


def test_check_warns_once_for_each_file_language_and_state(project: Path) -> None:
    output = run("check")
    assert (
        "data/glossary/child.yaml:2:7: warning: 2 texts of this file missing in es, the first is "
        "here [missing-translation]" in output
    )
    assert "content/en/about.md:1:1: warning: one text of this file missing in es" in output
    edit(project, "{en: Child}", "{en: Child, es: Niño}")
    assert "child.yaml:2:7: warning: one text of this file translated into es without" in run(
        "check"
    )
    run("translations", "--accept")
    edit(project, "{en: Child,", "{en: A child,")
    assert "child.yaml:2:7: warning: one text of this file changed since the translation" in run(
        "check"
    )


def test_the_command_counts_and_lists(project: Path) -> None:
    edit(project, "{en: Child}", "{en: Child, es: Niño}")
    run("translations", "--accept")
    table = run("translations")
    assert table.startswith("es                  reviewed     draft  outdated   missing\n")
    assert re.search(r"^  glossary +0 +1 +0 +4$", table, re.MULTILINE), table
    assert re.search(r"^  interface +0 +1 +0 +[0-9]{3}$", table, re.MULTILINE), table
    assert re.search(r"^  content +0 +0 +0 +1$", table, re.MULTILINE), table
    assert "data/glossary/child.yaml:5:13: es: definition is missing\n" in run(
        "translations", "--missing"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--reviewed", "glossary/child"], "--reviewed goes with --accept"),
        (["--accept", "--reviewed", "glossary/chidl"], "did you mean glossary/child?"),
        (["--accept", "--language", "es"], "--language goes with --reviewed"),
        (["--since", "HEAD"], "--since goes with --accept"),
        (["--to", "record.json"], "--to goes with --accept"),
        (["--accept", "--since", "glossary"], "lies in no Git repository"),
        (
            ["--accept", "--reviewed", "interface", "--language", "xx"],
            "the site has no language xx",
        ),
    ],
)
def test_wrong_usage_is_told(project: Path, arguments: list[str], message: str) -> None:
    assert message in run("translations", *arguments, status=2)


@pytest.mark.parametrize("lock", ["{", "[1]", '{"es": "glossary"}', '{"es": {"a": 1}}'])
def test_a_broken_lock_is_told(project: Path, lock: str) -> None:
    (project / "data/translations.lock.json").write_text(lock, encoding="utf-8")
    assert "the lock of translations can't be read" in run("check", status=1)


def test_a_language_more_is_files_only(project: Path) -> None:
    run("build")
    site = project / "site"
    pages = {path.relative_to(site / "en") for path in (site / "en").rglob("*.html")}
    assert {path.relative_to(site / "es") for path in (site / "es").rglob("*.html")} == pages
    country = (site / "es/dz/index.html").read_text(encoding="utf-8")
    assert '<html lang="es" dir="ltr">' in country
    assert "Llame primero" in country
    assert '<h1><span lang="en" dir="auto">Algeria</span></h1>' in country
    assert '<a href="../../en/dz/index.html" hreflang="en"' in country
    about = (site / "es/about/index.html").read_text(encoding="utf-8")
    assert "This page is not translated yet. It is shown in inglés." in about
    assert '<div class="prose" lang="en" dir="ltr">' in about
    assert 'href="../glossary/unaccompanied-child/index.html"' in about
    root = (site / "index.html").read_text(encoding="utf-8")
    assert 'href="es/index.html"' in root


def test_a_language_that_the_font_lacks_has_pages_and_no_guides(project: Path) -> None:
    (project / "data/interface/am.yaml").write_text(
        "language: am\ndirection: ltr\nname: አማርኛ\ntexts: {country.call_first: መጀመሪያ ይደውሉ}\n",
        encoding="utf-8",
    )
    edit(project, "{en: Child}", "{en: Child, am: ልጅ}")
    output = run("build")
    assert "no guides in አማርኛ: their font lacks its letters" in output
    site = project / "site"
    assert "መጀመሪያ ይደውሉ" in (site / "am/dz/index.html").read_text(encoding="utf-8")
    assert sorted(path.stem for path in site.glob("downloads/dz/wallet-*.pdf")) == [
        "wallet-en", "wallet-es", "wallet-sheet-en", "wallet-sheet-es",
    ]  # fmt: skip
    page = (site / "am/downloads/index.html").read_text(encoding="utf-8")
    assert ".pdf" not in page
    assert "helplines-am.html" in page


def test_every_glossary_term_shows_its_equivalents(project: Path) -> None:
    edit(project, "{en: Child}", "{en: Child, es: Niño}")
    run("build")
    html = (project / "site/en/glossary/child/index.html").read_text(encoding="utf-8")
    assert '<div lang="es" dir="ltr"><dt>Niño <span class="quiet">Español</span></dt>' in html
