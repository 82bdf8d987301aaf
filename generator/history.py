"""Reads how the data stood on earlier days, from its Git history."""

from __future__ import annotations

import contextlib
import datetime
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from generator.dataset import Dataset
from generator.loading import load_dataset
from generator.revisions import RevisionError, extract_revision, run_git

MOST_DAYS = 12
"""How many days are read: each takes 0.3 s, so a build waits 4 s at most."""

State = tuple[str, Dataset]
"""The moment of the last change on a day (ISO 8601, UTC), and how the data stood then."""

_NOTHING = Dataset(
    edition=None,
    countries={},
    organizations={},
    glossary={},
    legal_frameworks={},
    good_practices={},
    situations={},
    resources={},
    sources={},
    taxonomies={},
    places={},
    interfaces={},
    search_words={},
    authored=(),
    translation_lock={},
    files={},
)


def read_history(data_dir: Path, *, most_days: int = MOST_DAYS) -> tuple[list[State], str | None]:
    """Return the states of the last days on which data or content changed, oldest first.

    Where the history reaches back to its beginning, the first state is without any records, so
    that the first import is a change too. A state may have mistakes; what can't be read is left
    out of it. Without a whole history there are no states, and a sentence says why.
    """
    try:
        commits = _last_commits(data_dir)
        if not commits:
            return [], f"no history of changes: {data_dir} was never committed"
    except RevisionError as error:
        return [], f"no history of changes: {error}"
    wanted = commits[-most_days:]
    states = []
    for moment, commit in wanted:
        # A day on which there was no data folder has no state.
        with contextlib.suppress(RevisionError):
            states.append((moment, _load(commit, data_dir)))
    if len(wanted) == len(commits):
        states.insert(0, (wanted[0][0], _NOTHING))
    return states, None


def _last_commits(data_dir: Path) -> Sequence[tuple[str, str]]:
    """Return the last commit of each day that touched data or content, oldest first.

    Each comes after its moment (ISO 8601, UTC). Raises `RevisionError` where the history can't be
    had or isn't whole.
    """
    folder = data_dir.resolve()
    if shutil.which("git") is None:
        raise RevisionError("there is no Git here")
    try:
        is_shallow = run_git(folder, "rev-parse", "--is-shallow-repository").decode().strip()
    except subprocess.CalledProcessError as error:
        raise RevisionError(f"{data_dir} lies in no Git repository") from error
    if is_shallow != "false":
        message = "this is a shallow clone; `git fetch --unshallow` gets the rest"
        raise RevisionError(message)
    paths = (str(folder), str(folder.parent / "content"))
    # Only the main line: what was merged changed on the day when it was merged.
    arguments = ("log", "--first-parent", "--format=%ct %H", "HEAD", "--", *paths)
    try:
        lines = run_git(folder, *arguments).decode().splitlines()
    except subprocess.CalledProcessError as error:
        raise RevisionError("the repository has no commits") from error
    newest_first: list[tuple[str, str]] = []
    for line in lines:
        seconds, commit = line.split()
        moment = datetime.datetime.fromtimestamp(int(seconds), datetime.UTC)
        day = moment.date().isoformat()
        # A clock that was wrong may have put a commit before its parent.
        if not newest_first or day < newest_first[-1][0][: len(day)]:
            newest_first.append((f"{moment:%Y-%m-%dT%H:%M:%SZ}", commit))
    return newest_first[::-1]


def _load(commit: str, data_dir: Path) -> Dataset:
    with tempfile.TemporaryDirectory(prefix="dalil-") as folder:
        earlier = extract_revision(commit, data_dir, Path(folder))
        content = earlier.parent / "content"
        return load_dataset(earlier, content_dir=content if content.is_dir() else None).dataset
