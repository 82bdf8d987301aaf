"""The command line: one function for each command, or one module where there is more to it.

Exit status: 0 for good, 1 for errors in the data, 2 for wrong usage.
"""

from __future__ import annotations

import io
import shutil
import signal
import sys
import tempfile
import time
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
from generator.cli.translating import translations
from generator.cli.watching import check_again_and_again, take_snapshot, tell_difference
from generator.history import read_history
from generator.loading import Loaded
from generator.problems import (
    Problem,
    has_errors,
    render_github,
    render_json,
    render_text,
    summarize,
)

RENDERERS = {"text": render_text, "github": render_github, "json": render_json}
strict_option = click.option("--strict", is_flag=True, help="Warnings count as errors.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dalil", prog_name="dalil")
@data_option
@click.pass_context
def main(context: click.Context, data_dir: Path | None) -> None:
    """Turn reviewed YAML into a referral directory that works without a network."""
    context.obj = data_dir
    for stream in (sys.stdout, sys.stderr):
        # What goes to files and programs is UTF-8, also on Windows; a terminal may have no Arabic.
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


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
main.add_command(translations)
