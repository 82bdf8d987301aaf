"""Reads the data of another Git revision, without touching the work tree."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path


class RevisionError(Exception):
    """The data of a revision can't be had; the message says why and what to do."""


def extract_revision(revision: str, data_dir: Path, target: Path) -> Path:
    """Write the data folder of a revision, and `content` beside it, below a folder.

    Returns where the data folder lies there. Raises `RevisionError` without Git, outside of a
    repository, for a revision that isn't there, and for one without this data folder.
    """
    folder = data_dir.resolve()
    try:
        top = Path(run_git(folder, "rev-parse", "--show-toplevel").decode().rstrip("\n")).resolve()
    except subprocess.CalledProcessError as error:
        message = f"{data_dir} lies in no Git repository; name a folder with the earlier data"
        raise RevisionError(message) from error
    name = f"{revision}^{{commit}}"
    try:
        found = run_git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    except (subprocess.CalledProcessError, ValueError) as error:
        message = (
            f"there is no folder and no Git revision {revision!r} here; "
            "a shallow clone has to fetch it first"
        )
        raise RevisionError(message) from error
    commit = found.decode().strip()
    data = folder.relative_to(top)
    wanted = [path.as_posix() for path in (data, data.parent / "content")]
    listed = run_git(top, "ls-tree", "-d", "-z", "--name-only", commit, "--", *wanted).decode()
    present = [path for path in listed.split("\0") if path]
    if wanted[0] not in present:
        raise RevisionError(f"{revision} has no data folder {wanted[0]}")
    try:
        archive = run_git(top, "archive", "--format=tar", commit, "--", *present)
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(target, filter="data")
    except (subprocess.CalledProcessError, tarfile.TarError) as error:
        raise RevisionError(f"the data of {revision} can't be read: {error}") from error
    return target / data


def run_git(folder: Path, *arguments: str) -> bytes:
    """Return what Git says. Raises `CalledProcessError`, and `RevisionError` without Git."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603
    except FileNotFoundError as error:
        message = "there is no Git here; name a folder with the earlier data"
        raise RevisionError(message) from error
