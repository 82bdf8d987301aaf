"""The data as it was at another time, for commands that compare."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from generator.cli.project import Project, load_project
from generator.loading import Loaded
from generator.problems import Problem
from generator.revisions import RevisionError, extract_revision


def load_earlier(base: str, project: Project) -> tuple[Loaded, list[Problem]]:
    """Return the data of BASE, another data folder or a Git revision, and what is wrong with it.

    Raises `click.UsageError` where there is none.
    """
    with tempfile.TemporaryDirectory(prefix="dalil-") as folder:
        earlier = Path(base)
        if not earlier.is_dir():
            try:
                earlier = extract_revision(base, project.data_dir, Path(folder))
            except RevisionError as error:
                raise click.UsageError(str(error)) from error
        elif not (earlier / "countries").is_dir():
            raise click.UsageError(f"{base} is a folder, but it has no data in it")
        return load_project(Project(project.root, earlier))
