"""The project that a command works in, and its data."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import click

from generator.checked_loading import load_and_check
from generator.loading import Loaded
from generator.problems import Problem, has_errors, render_text
from generator.values.dates import latest_today

data_option = click.option(
    "--data",
    "data_dir",
    type=click.Path(path_type=Path),
    help="Another data folder than the project's own; its texts are in `content` beside it.",
)


@dataclasses.dataclass(frozen=True)
class Project:
    """The folder with mkdocs.yml in it, and the data folder in use with the texts beside it."""

    root: Path
    data_dir: Path

    @property
    def config_file(self) -> Path:
        """The settings of the site."""
        return self.root / "mkdocs.yml"

    @property
    def content_dir(self) -> Path:
        """The authored pages, which cite the data that they lie beside."""
        return self.data_dir.resolve().parent / "content"

    @property
    def shown_data_dir(self) -> str:
        """The data folder as problems name it: below the project where it lies there."""
        try:
            return self.data_dir.resolve().relative_to(self.root).as_posix()
        except ValueError:
            return self.data_dir.as_posix()


def find_project(context: click.Context, data_dir: Path | None) -> Project:
    """Return the project around the current folder. Raises `click.UsageError` outside of one."""
    here = Path.cwd()
    root = next((p for p in (here, *here.parents) if (p / "mkdocs.yml").is_file()), None)
    if root is None:
        raise click.UsageError("there is no mkdocs.yml here: run dalil inside its project folder")
    chosen: Path = data_dir or context.obj or root / "data"
    if not chosen.is_dir():
        raise click.UsageError(f"there is no data folder at {chosen}")
    return Project(root, chosen)


def load_project(project: Project) -> tuple[Loaded, list[Problem]]:
    """Return the data of a project and everything that is wrong with it, sorted."""
    return load_and_check(
        project.data_dir,
        shown_as=project.shown_data_dir,
        content_dir=project.content_dir,
        today=latest_today(),
    )


def load_good(project: Project, *, otherwise: str = "") -> Loaded:
    """Return data without errors; say what is wrong, then `otherwise`, and leave with status 1."""
    loaded, problems = load_project(project)
    if has_errors(problems):
        click.echo(render_text(problems, file_count=loaded.file_count), nl=False, err=True)
        if otherwise:
            click.echo(otherwise, err=True)
        sys.exit(1)
    return loaded
