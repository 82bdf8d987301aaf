"""One new record: the data before it, who answers, and the file in the end."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from generator.authoring.answers import RefusedError, accept, make_identifier
from generator.authoring.records import Draft, render_record
from generator.authoring.schemas import FOLDER
from generator.cli.dialogue import Dialogue
from generator.cli.project import Project, find_project, load_project
from generator.dataset import Dataset, Kind
from generator.models.base import Citation
from generator.models.organizations import Organization
from generator.problems import Problem, has_errors, render_text
from generator.values.errors import quote
from generator.values.text import SOURCE_LANGUAGE, LocalizedText


class Session:
    """One new record: the project, its data before, and who answers."""

    def __init__(
        self, context: click.Context, data_dir: Path | None, required: Mapping[str, object]
    ) -> None:
        self.project: Project = find_project(context, data_dir)
        self.dialogue = Dialogue(required)
        loaded, self.problems = load_project(self.project)
        self.dataset: Dataset = loaded.dataset
        self.languages = self.dataset.languages or [SOURCE_LANGUAGE]

    def texts(
        self,
        option: str,
        question: str,
        field: str,
        *,
        model: type[Any],
        given: tuple[str, ...],
        is_optional: bool = False,
        taken: Mapping[tuple[str, str], str] = {},
    ) -> dict[str, str]:
        """Return the texts of a field by language, good by the rules of its model.

        `taken` are texts of other records by language, without capitals, and where those stand: who
        writes what is there already learns it before all other questions.
        """

        def check(texts: dict[str, str]) -> None:
            accept(model, {field: texts})
            for language, text in texts.items():
                if there := taken.get((language, text.casefold())):
                    raise RefusedError(
                        f"{quote(text)} is already there: {self.shown(there)}",
                        "edit that file, or write another name",
                    )

        return self.dialogue.ask_texts(
            option, question, self.languages, check, given=given, is_optional=is_optional
        )

    def country(self, given: str | None) -> str:
        """Return the code of one of the data's countries."""
        names = {
            code: country.name.in_language(SOURCE_LANGUAGE).text
            for code, country in self.dataset.countries.items()
        }
        also = other_names({code: one.name for code, one in self.dataset.countries.items()})
        return self.dialogue.choose(
            "--country", "Which country?", names, what="country", given=given, also=also
        )

    def citation(self, source: str | None, pages: str | None) -> dict[str, Any]:
        """Return which publication says so, and where."""
        choices = {
            key: one.title.in_language(SOURCE_LANGUAGE).text
            for key, one in self.dataset.sources.items()
        }
        chosen = self.dialogue.choose(
            "--source",
            "Which publication says so? Its file in data/sources/, e.g. iom-unicef-2025",
            choices,
            what="source",
            given=source,
        )
        found = self.dialogue.ask_optional(
            "--pages",
            "On which pages, e.g. 71-72?",
            lambda text: accepted(text, Citation, {"pages": text}),
            given=pages,
        )
        return {"source": chosen} | ({"pages": found} if found else {})

    def service(self, names: tuple[str, ...], types: tuple[str, ...], taken: set[str]) -> Draft:
        """Return a service; `taken` are the identifiers of those that are there."""

        def check(texts: dict[str, str]) -> None:
            accept(Organization, {"services": ({"name": texts},)})
            if (made := make_identifier(first(texts))) in taken:
                raise RefusedError(
                    f"there is already a service `{made}` in this file",
                    "add a type to that one, or give this one another name",
                )

        name = self.dialogue.ask_texts(
            "--service-name",
            "What is the service called, e.g. Legal assistance?",
            self.languages,
            check,
            given=names,
        )
        known = {
            key: term.name.in_language(SOURCE_LANGUAGE).text
            for key, term in self.dataset.service_types.items()
            if term.parent is not None
        }
        chosen = self.dialogue.choose_several(
            "--service-type", "Which types of service is it?", known, what="service type",
            given=types,
        )  # fmt: skip
        suggested = make_identifier(first(name)) or chosen[0]
        identifier, number = suggested, 2
        while identifier in taken:
            identifier, number = f"{suggested}-{number}", number + 1
        return {"id": identifier, "name": name, "types": chosen}

    def path(self, folder: str, suggested: str, given: str | None) -> tuple[str, Path]:
        """Return identifier and path of a file that is not there yet."""

        def parse(text: str) -> tuple[str, Path]:
            accept(Organization, {"id": text})
            return text, self.free_path(folder, text)

        if not (suggested or given or self.dialogue.asks):
            raise click.UsageError("the name has no letters a-z to make an identifier of: add --id")
        question = f"Identifier: the file's name in {self.shown(folder)}/, which never changes"
        return self.dialogue.ask("--id", question, parse, given=given, suggested=suggested or None)

    def unread(self, kind: Kind, *, folder: str) -> list[str]:
        """Return the records of a folder that nobody can choose, since they have mistakes."""
        broken = [Path(key) for one, key in self.dataset.broken if one == kind]
        return sorted(key.name for key in broken if key.parent.name == folder)

    def free_path(self, folder: str, identifier: str) -> Path:
        """Return where a new record goes. Raises `RefusedError` when there is one already."""
        path = self.project.data_dir / folder / f"{identifier}.yaml"
        if path.exists():
            raise RefusedError(
                f"there is already a file {self.shown(f'{folder}/{identifier}.yaml')}",
                "edit that one, or choose another identifier",
            )
        return path

    def shown(self, relative: str) -> str:
        """Return a path below the data folder as problems name it."""
        return f"{self.project.shown_data_dir}/{relative}"

    def write_record(self, kind: Kind, draft: Draft, path: Path, steps: list[str]) -> None:
        """Write a new file, and end the command with what is still missing."""
        text = render_record(kind, draft, schema=self._schema(kind, path))
        with _telling_what_can_not_be_written(self._shown_path(path)):
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                try:
                    file.write(text)
                    file.flush()
                except BaseException:
                    path.unlink()
                    raise
        self.finish(path, f"wrote {self._shown_path(path)}", steps)

    def replace_file(self, path: Path, content: bytes) -> None:
        """Write a file in one step, so that nobody ever reads a half of it."""
        beside = path.with_name(f".{path.name}.new")
        with _telling_what_can_not_be_written(self._shown_path(path)):
            try:
                beside.write_bytes(content)
                beside.chmod(path.stat().st_mode)
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)

    def finish(self, path: Path, done: str, steps: list[str]) -> None:
        """Check all again; say what is wrong with the file and what is new elsewhere."""
        shown = self._shown_path(path)
        click.echo(f"\n{done}")
        problems = [p for p in load_project(self.project)[1] if self._is_news(p, shown)]
        here = [p for p in problems if p.position.path == shown or p.severity == "error"]
        elsewhere = [p for p in problems if p not in here]
        if here:
            click.echo("still missing or wrong:")
            click.echo(render_text(here, file_count=1), nl=False)
        if elsewhere:
            click.echo(f"warnings in other files: {len(elsewhere)}, see `dalil check`. The first:")
            click.echo(f"  {elsewhere[0].position.path}: {elsewhere[0].message}")
        click.echo("next:")
        for step in [*steps, "run `dalil check`, and read the page that `dalil serve` makes of it"]:
            click.echo(f"- {step}")
        sys.exit(1 if has_errors(problems) else 0)

    def _is_news(self, problem: Problem, shown: str) -> bool:
        return problem.position.path == shown or problem not in self.problems

    def _shown_path(self, path: Path) -> str:
        return self.shown(path.relative_to(self.project.data_dir).as_posix())

    def _schema(self, kind: Kind, path: Path) -> str | None:
        schema = self.project.root / FOLDER / f"{kind}.json"
        if not path.resolve().is_relative_to(self.project.root) or not schema.is_file():
            return None
        return Path(os.path.relpath(schema, path.parent.resolve())).as_posix()


def accepted(text: str, model: type[Any], draft: Draft) -> str:
    """Return the text, or raise `RefusedError` for the draft that it stands in."""
    accept(model, draft)
    return text


def other_names(texts: Mapping[str, LocalizedText]) -> dict[str, str]:
    """Return what is named in any language, by its name without capitals."""
    return {name.casefold(): key for key, text in texts.items() for name in text.root.values()}


def first(texts: Mapping[str, str]) -> str:
    """Return the text of which an identifier is made: the source language's, or the first."""
    return texts.get(SOURCE_LANGUAGE) or next(iter(texts.values()))


@contextlib.contextmanager
def _telling_what_can_not_be_written(shown: str) -> Iterator[None]:
    """Tell in plain words what the system refuses, such as in a folder that is read-only."""
    try:
        yield
    except OSError as error:
        raise click.ClickException(f"{shown} can't be written: {error.strerror}") from error
