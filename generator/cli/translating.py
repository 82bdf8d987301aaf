"""`dalil translations`: what is translated, and the record of what it was made from."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path

import click

from generator.cli.earlier import load_earlier
from generator.cli.project import data_option, find_project, load_good
from generator.loading import TRANSLATION_LOCK
from generator.translations import (
    STATES,
    Lock,
    State,
    Translation,
    accept,
    count_states,
    find_translations,
    render_lock,
)
from generator.validation import nearest


@click.command()
@data_option
@click.option("--missing", "list_open", is_flag=True, help="List what is missing or out of date.")
@click.option("--accept", "is_accepted", is_flag=True, help="Record all translations as current.")
@click.option(
    "--reviewed",
    multiple=True,
    metavar="RECORD",
    help="With --accept: a person has reviewed this record, e.g. situations/child-alone.",
)
@click.option("--language", help="With --reviewed: in this language only.")
@click.option(
    "--since",
    metavar="BASE",
    help="With --accept: only what was translated after this state, as in `dalil diff`.",
)
@click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="With --accept: write the record to another file.",
)
@click.pass_context
def translations(
    context: click.Context,
    data_dir: Path | None,
    list_open: bool,  # noqa: FBT001  click passes options by name
    is_accepted: bool,  # noqa: FBT001
    reviewed: tuple[str, ...],
    language: str | None,
    since: str | None,
    target: Path | None,
) -> None:
    """Say what is translated into each language, and what a person has reviewed."""
    for name, value in (("--reviewed", reviewed), ("--since", since), ("--to", target)):
        if value and not is_accepted:
            raise click.UsageError(f"{name} goes with --accept")
    if language is not None and not reviewed:
        raise click.UsageError("--language goes with --reviewed")
    project = find_project(context, data_dir)
    dataset = load_good(project).dataset
    states = find_translations(dataset)
    known = {one.field.record for one in states}
    for record in reviewed:
        if record not in known:
            meant = nearest(record, known)
            hint = f"; did you mean {meant}?" if meant else ""
            raise click.UsageError(f"there is no record {record}{hint}")
    if language is not None and language not in dataset.interfaces:
        raise click.UsageError(f"the site has no language {language}")
    if is_accepted:
        before = load_earlier(since, project)[0].dataset if since else None
        lock = accept(dataset, reviewed=frozenset(reviewed), language=language, before=before)
        _write(lock, target or project.data_dir / TRANSLATION_LOCK)
        left = find_translations(dataclasses.replace(dataset, translation_lock=lock))
        _tell_outdated(_count_outdated(states), _count_outdated(left))
    elif list_open:
        click.echo(_render_open(states), nl=False)
    else:
        click.echo(_render_counts(count_states(states)), nl=False)


def _write(lock: Lock, path: Path) -> None:
    try:
        path.write_text(render_lock(lock), encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{path} can't be written: {error.strerror}") from error
    click.echo(f"{sum(map(len, lock.values()))} translations recorded in {path}")


def _count_outdated(states: list[Translation]) -> int:
    return sum(one.state == "outdated" for one in states)


def _tell_outdated(before: int, now: int) -> None:
    if before > now:
        click.echo(f"out of date before, and counted as corrected from now on: {before - now}")
    if now:
        click.echo(f"still out of date: {now}")


def _render_open(states: list[Translation]) -> str:
    """Return file, line and column of everything that is missing or out of date."""
    lines = []
    for one in states:
        if one.state in ("missing", "outdated"):
            line, column = one.field.file.place_of(one.field.path)
            field = one.field.name.partition(":")[2] or "the page"
            lines.append(
                f"{one.field.file.path}:{line}:{column}: {one.language}: {field} is {one.state}"
            )
    return "".join(f"{line}\n" for line in lines) or "nothing is missing or out of date\n"


def _render_counts(counts: dict[str, dict[str, Counter[State]]]) -> str:
    """Return a table for each language: one line for each kind of text."""
    lines = []
    for language, kinds in counts.items():
        lines.append(f"{language:<18}" + "".join(f"{state:>10}" for state in STATES))
        total: Counter[State] = Counter()
        for kind, states in kinds.items():
            total.update(states)
            lines.append(f"  {kind:<16}" + "".join(f"{states[state]:>10}" for state in STATES))
        lines.append(f"  {'all':<16}" + "".join(f"{total[state]:>10}" for state in STATES))
    return "".join(f"{line}\n" for line in lines) or "the site has one language only\n"
