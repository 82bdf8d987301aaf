"""A Git repository of its own for a test, with the good data in it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import TESTS, copy_good_data


def make_repository(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make an empty repository, go there, and put the good data and its page in, not committed.

    Nothing of the machine's own settings counts in it, nor a repository around it.
    """
    for name, value in {
        "GIT_AUTHOR_NAME": "T", "GIT_AUTHOR_EMAIL": "t@example.org", "GIT_COMMITTER_NAME": "T",
        "GIT_COMMITTER_EMAIL": "t@example.org", "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull, "GIT_CEILING_DIRECTORIES": str(root.parent),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    copy_good_data(root / "data")
    shutil.copytree(TESTS / "good_content", root / "content")
    monkeypatch.chdir(root)
    git("init", "--quiet")
    return root


def git(*arguments: str, env: dict[str, str] | None = None) -> str:
    """Return what Git says in the current folder."""
    settings = {**os.environ, **(env or {})}
    result = subprocess.run(
        ["git", *arguments], check=True, capture_output=True, text=True, env=settings
    )
    return result.stdout


def commit(moment: str | None = None) -> None:
    """Commit everything, at a moment (ISO 8601) or now; the author's date is another, long ago."""
    dates = {"GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z"}
    if moment:
        dates["GIT_COMMITTER_DATE"] = moment
    git("add", "--all")
    git("commit", "--quiet", "--allow-empty", "--message", "data", env=dates)


def edit(folder: Path, file: str, *changes: tuple[str, str]) -> None:
    """Replace texts in a file, each where it stands first."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
