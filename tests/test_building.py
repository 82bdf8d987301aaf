from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.building import BuildOptions, build_site, replaced_folder
from generator.cli import main
from generator.dataset import Dataset
from generator.plugin import RenderingFailed, render_site
from tests.conftest import ROOT, TESTS, copy_good_data


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project's settings, texts and theme that a test may break."""
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "theme_overrides", folder / "theme_overrides")
    shutil.copytree(TESTS / "good_content", folder / "content")
    return folder


def test_a_new_folder_takes_the_place_of_the_old(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for text in ("one", "two"):
        with replaced_folder(site) as staging:
            (staging / "a").write_text(text, encoding="utf-8")
    assert contents(tmp_path) == {"site/a": b"two"}
    assert site.stat().st_mode & 0o777 == 0o755


def test_a_failed_build_leaves_the_last_site_and_nothing_else(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with replaced_folder(site) as staging:
        (staging / "a").write_text("good", encoding="utf-8")
    with pytest.raises(RuntimeError, match="in the middle"), replaced_folder(site) as staging:
        (staging / "a").write_text("half", encoding="utf-8")
        raise RuntimeError("in the middle")
    assert contents(tmp_path) == {"site/a": b"good"}


def test_a_killed_build_leaves_the_last_site_and_the_next_one_tidies_up(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with replaced_folder(site) as staging:
        (staging / "a").write_text("good", encoding="utf-8")
    program = (
        "import time, pathlib, sys\n"
        "from generator.building import replaced_folder\n"
        "with replaced_folder(pathlib.Path(sys.argv[1])) as staging:\n"
        "    (staging / 'a').write_text('half')\n"
        "    print('half', flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(site)], cwd=ROOT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"half\n"
        process.kill()
    assert contents(site) == {"a": b"good"}
    assert len(list(tmp_path.iterdir())) == 2
    with replaced_folder(site) as staging:
        (staging / "a").write_text("new", encoding="utf-8")
    assert contents(tmp_path) == {"site/a": b"new"}


def test_a_build_killed_between_the_renames_gives_the_old_site_back(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (tmp_path / ".site.previous").mkdir()
    (tmp_path / ".site.previous" / "a").write_text("good", encoding="utf-8")
    with pytest.raises(RuntimeError), replaced_folder(site):
        raise RuntimeError
    assert contents(tmp_path) == {"site/a": b"good"}


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("documents", "holds other files than a site"),
        (".", "which must stay"),
        ("", "which must stay"),
        ("data", "which must stay"),
        ("file.txt", "is no folder"),
        ("file.txt/below", "the site could not be written"),
    ],
)
def test_a_build_never_replaces_anything_but_a_site(
    project: Path, monkeypatch: pytest.MonkeyPatch, target: str, message: str
) -> None:
    copy_good_data(project / "data")
    (project / "documents").mkdir()
    (project / "documents" / "letter.txt").write_text("mine", encoding="utf-8")
    (project / "file.txt").write_text("mine", encoding="utf-8")
    before = contents(project)
    monkeypatch.chdir(project)
    result = CliRunner().invoke(main, ["build", "--site-dir", target])
    assert result.exit_code in (1, 2)
    assert message in result.output
    assert contents(project) == before


def test_a_build_replaces_an_earlier_site(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy_good_data(project / "data")
    monkeypatch.chdir(project)
    for _ in range(2):
        result = CliRunner().invoke(main, ["build", "--site-dir", "out"])
        assert result.exit_code == 0, result.output
    assert (project / "out/en/dz/index.html").is_file()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("country.call_first: Call first", "", "lacks `country.call_first`"),
        ('inside {country} only"', 'inside {contry} only"', "fills in no 'contry'"),
        ("nav.home: Countries", "nav.home: {one: A, other: B}", "can't depend on a number"),
    ],
)
def test_a_text_that_does_not_fit_ends_the_build_with_its_name(
    project: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, message: str
) -> None:
    copy_good_data(project / "data")
    path = project / "data/interface/en.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    monkeypatch.chdir(project)
    result = CliRunner().invoke(main, ["build"])
    assert result.exit_code == 1
    assert message in result.output
    assert "Traceback" not in result.output


def test_two_builds_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with replaced_folder(site) as one:
        (one / "a").write_text("one", encoding="utf-8")
        with replaced_folder(site) as two:
            (two / "a").write_text("two", encoding="utf-8")
        assert contents(site) == {"a": b"two"}
    assert contents(tmp_path) == {"site/a": b"one"}


def test_the_same_data_gives_the_same_site(
    site: Path,
    real_dataset: Dataset,
    real_history: list[tuple[str, Dataset]],
    tmp_path: Path,
) -> None:
    options = BuildOptions(
        ROOT / "mkdocs.yml", ROOT / "content", tmp_path / "again", "https://example.org/dalil/"
    )
    build_site(real_dataset, options, say=lambda step: None, history=real_history)
    assert contents(tmp_path / "again") == contents(site)


def test_a_warning_of_mkdocs_fails_the_build_and_is_told(
    project: Path, good_dataset: Dataset, tmp_path: Path
) -> None:
    about = project / "content/en/about.md"
    about.write_text("---\ntitle: About\ndescription: A\n---\n[gone](gone.md)\n", encoding="utf-8")
    with pytest.raises(RenderingFailed, match=r"'gone\.md', but the target is not found"):
        render_site(
            project / "mkdocs.yml",
            language="en",
            dataset=good_dataset,
            docs_dir=project / "content/en",
            site_dir=tmp_path / "out",
            site_url=None,
            guides={},
        )


def test_an_authored_page_never_takes_the_place_of_a_generated_one(
    project: Path, good_dataset: Dataset, tmp_path: Path
) -> None:
    text = "---\ntitle: Law\ndescription: A\n---\n"
    (project / "content/en/law.md").write_text(text, encoding="utf-8")
    with pytest.raises(RenderingFailed, match=r"law\.md has the address of a generated page"):
        render_site(
            project / "mkdocs.yml",
            language="en",
            dataset=good_dataset,
            docs_dir=project / "content/en",
            site_dir=tmp_path / "out",
            site_url=None,
            guides={},
        )


def test_mkdocs_alone_builds_the_pages_of_one_language(project: Path) -> None:
    copy_good_data(project / "data")
    run_mkdocs(project, "build", "--strict")
    pages = {
        path.relative_to(project / "site").as_posix() for path in project.glob("site/**/*.html")
    }
    assert {"en/index.html", "en/dz/index.html", "en/about/index.html"} <= pages
    assert contents(project / "content") == contents(TESTS / "good_content")


def test_mkdocs_alone_says_what_is_wrong_with_the_data(project: Path) -> None:
    copy_good_data(project / "data")
    run_mkdocs(project, "build")
    before = contents(project / "site")
    (project / "data/countries/DZ.yaml").write_text("id: DZ\n", encoding="utf-8")
    output = run_mkdocs(project, "build", status=1)
    assert "data/countries/DZ.yaml:1:1: error: `name` is missing [missing-field]" in output
    assert contents(project / "site") == before


def run_mkdocs(project: Path, *arguments: str, status: int = 0) -> str:
    result = subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    assert result.returncode == status, result.stderr
    return result.stderr


@pytest.mark.parametrize("command", [["-m", "generator.cli", "serve"], ["-m", "mkdocs", "serve"]])
def test_serving_builds_again_when_the_data_change(project: Path, command: list[str]) -> None:
    copy_good_data(project / "data")
    port = ["--port", "0"] if "generator.cli" in command else ["-a", "127.0.0.1:0"]
    log = project / "log"
    with (
        log.open("w") as output,
        subprocess.Popen(
            [sys.executable, *command, *port],
            cwd=project,
            stderr=output,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)},
        ) as process,
    ):
        try:
            wait_for(log, "Serving on")
            data = project / "data/countries/DZ.yaml"
            good = data.read_text(encoding="utf-8")
            data.write_text("id: DZ\n", encoding="utf-8")
            wait_for(log, "`name` is missing [missing-field]")
            data.write_text(good.replace("A statement.", "Another statement.", 1), encoding="utf-8")
            wait_for(log, "Reloading browsers")
        finally:
            process.terminate()


def wait_for(log: Path, text: str) -> None:
    deadline = time.monotonic() + 30
    while text not in log.read_text(encoding="utf-8"):
        assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
        time.sleep(0.1)


@pytest.fixture(autouse=True)
def _quiet_mkdocs() -> None:
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
