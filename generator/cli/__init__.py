"""The command line: one function for each command, or one module where there is more to it.

Exit status: 0 for good, 1 for errors in the data, 2 for wrong usage.
"""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Literal

import click

from generator import plugin
from generator.building import (
    BUILD_FAILURES,
    BuildOptions,
    UnsafeTargetError,
    build_site,
    check_target,
)
from generator.cli.ageing import overdue
from generator.cli.comparing import diff
from generator.cli.dead_links import links
from generator.cli.new import new
from generator.cli.progress import Steps
from generator.cli.project import Project, data_option, find_project, load_project
from generator.cli.watching import check_again_and_again, take_snapshot, tell_difference
from generator.history import read_history
from generator.loading import TRANSLATION_LOCK, Loaded
from generator.problems import (
    Problem,
    has_errors,
    render_github,
    render_json,
    render_text,
    summarize,
)
from generator.translations import (
    STATES,
    State,
    Translation,
    accept,
    count_states,
    find_translations,
    render_lock,
)
from generator.validation import nearest

RENDERERS = {"text": render_text, "github": render_github, "json": render_json}
strict_option = click.option("--strict", is_flag=True, help="Warnings count as errors.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dalil", prog_name="dalil")
@data_option
@click.pass_context
def main(context: click.Context, data_dir: Path | None) -> None:
    """Turn reviewed YAML into a referral directory that works without a network."""
    context.obj = data_dir


@main.command()
@data_option
@strict_option
@click.option(
    "--format",
    "output_format",
    type=click.Choice(list(RENDERERS)),
    default="text",
    show_default=True,
    help="github: annotations on the lines of a change; json: for other programs.",
)
@click.option("--watch", is_flag=True, help="Check again at each change, until Ctrl-C.")
@click.pass_context
def check(
    context: click.Context,
    data_dir: Path | None,
    strict: bool,  # noqa: FBT001  click passes options by name
    output_format: Literal["text", "github", "json"],
    watch: bool,  # noqa: FBT001
) -> None:
    """Say everything that is wrong with the data, and how to mend it."""
    project = find_project(context, data_dir)
    before: list[Problem] | None = None

    def check_once() -> bool:
        nonlocal before
        loaded, problems = load_project(project)
        text = RENDERERS[output_format](problems, file_count=loaded.file_count)
        click.echo(text, nl=False)
        for line in tell_difference(before, problems) if before is not None else ():
            click.echo(line)
        before = problems
        return not has_errors(problems, strict=strict)

    if watch:
        folders = (project.data_dir, project.content_dir)
        check_again_and_again(check_once, lambda: take_snapshot(folders), sleep=time.sleep)
        sys.exit(0)
    sys.exit(0 if check_once() else 1)


@main.command()
@data_option
@strict_option
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path),
    help="Where the site goes; by default `site` beside mkdocs.yml.",
)
@click.pass_context
def build(
    context: click.Context,
    data_dir: Path | None,
    strict: bool,  # noqa: FBT001  click passes options by name
    site_dir: Path | None,
) -> None:
    """Check the data, build the whole site, and replace the last one only if all went well."""
    project = find_project(context, data_dir)
    say = Steps()
    say("checking the data")
    loaded = load_or_exit(project, strict=strict)
    target = site_dir or project.root / "site"
    site_url = plugin.configured_site_url(project.config_file)
    options = BuildOptions(project.config_file, project.content_dir, target, site_url)
    try:
        check_target(target, keep=(project.root, project.data_dir))
        say("reading the history of the data")
        history, unknown = read_history(project.data_dir)
        report = build_site(loaded.dataset, options, say=say, history=history)
    except UnsafeTargetError as error:
        raise click.UsageError(f"--site-dir: {error}") from error
    except BUILD_FAILURES as failure:
        raise click.ClickException(f"the site could not be built:\n{failure}") from failure
    except OSError as error:
        raise click.ClickException(f"the site could not be written: {error}") from error
    for line in (*report.left_out, *([unknown] if unknown else [])):
        click.echo(line, err=True)
    say.done(
        f"{report.file_count} files, {report.byte_count / 1e6:.1f} MB in {target}: "
        f"open {target / 'index.html'}\n"
        f"to load, compressed: kept by itself {report.core_bytes / 1e6:.2f} MB, "
        f"the folder {report.archive_bytes / 1e6:.1f} MB, "
        f"a country in one file {report.helplines_bytes / 1e3:.0f} KB at most; "
        f"all guides {report.guide_bytes / 1e6:.1f} MB"
    )


@main.command()
@data_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.pass_context
def serve(context: click.Context, data_dir: Path | None, host: str, port: int) -> None:
    """Serve the whole site, and build it again whenever the data or the pages change."""
    project = find_project(context, data_dir)
    folder = Path(tempfile.mkdtemp(prefix="dalil-"))
    site_dir = folder / "site"
    options = BuildOptions(project.config_file, project.content_dir, site_dir, None)

    def rebuild() -> None:
        loaded, problems = load_project(project)
        if problems:
            click.echo(render_text(problems, file_count=loaded.file_count), nl=False, err=True)
        if has_errors(problems):
            click.echo("The last good site stays until this is mended.", err=True)
            return
        try:
            build_site(loaded.dataset, options, say=Steps())
        except BUILD_FAILURES as failure:
            click.echo(f"the site could not be built:\n{failure}", err=True)

    # So that the temporary folder goes when the server is told to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    watch = [
        project.data_dir,
        *([project.content_dir] if project.content_dir.is_dir() else []),
        *plugin.watched_folders(str(project.root / "theme_overrides")),
    ]
    try:
        rebuild()
        if not site_dir.exists():
            sys.exit(1)
        plugin.serve_folder(site_dir, builder=rebuild, watch=watch, host=host, port=port)
    except OSError as error:
        raise click.UsageError(f"can't serve on {host}:{port}: {error.strerror}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@main.command()
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
@click.pass_context
def translations(
    context: click.Context,
    data_dir: Path | None,
    list_open: bool,  # noqa: FBT001  click passes options by name
    is_accepted: bool,  # noqa: FBT001
    reviewed: tuple[str, ...],
    language: str | None,
) -> None:
    """Say what is translated into each language, and what a person has reviewed."""
    if reviewed and not is_accepted:
        raise click.UsageError("--reviewed goes with --accept")
    if language is not None and not reviewed:
        raise click.UsageError("--language goes with --reviewed")
    project = find_project(context, data_dir)
    loaded, problems = load_project(project)
    if has_errors(problems):
        click.echo(render_text(problems, file_count=loaded.file_count), nl=False, err=True)
        sys.exit(1)
    dataset = loaded.dataset
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
        lock = accept(dataset, reviewed=frozenset(reviewed), language=language)
        path = project.data_dir / TRANSLATION_LOCK
        try:
            path.write_text(render_lock(lock), encoding="utf-8")
        except OSError as error:
            raise click.ClickException(f"{path} can't be written: {error.strerror}") from error
        click.echo(f"{sum(map(len, lock.values()))} translations recorded in {path}")
        if corrected := sum(one.state == "outdated" for one in states):
            click.echo(f"out of date before, and counted as corrected from now on: {corrected}")
    elif list_open:
        click.echo(_render_open(states), nl=False)
    else:
        click.echo(_render_counts(count_states(states)), nl=False)


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


def load_or_exit(project: Project, *, strict: bool) -> Loaded:
    """Return data without errors; otherwise say what is wrong and leave with status 1."""
    loaded, problems = load_project(project)
    if problems:
        click.echo(render_text(problems, file_count=loaded.file_count), nl=False, err=True)
    else:
        click.echo(summarize(problems, file_count=loaded.file_count), err=True)
    if has_errors(problems, strict=strict):
        click.echo("The site was not built; the last good one stays as it was.", err=True)
        sys.exit(1)
    return loaded


main.add_command(new)
main.add_command(overdue)
main.add_command(diff)
main.add_command(links)
