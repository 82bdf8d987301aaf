"""`dalil diff`: what the data means otherwise than at another time."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from generator.changes import Comparison, Effect, find_changes
from generator.changes.finding import find_incomparable
from generator.changes.records import RecordKey
from generator.changes.rendering import render_json, render_markdown
from generator.changes.rendering import render_text as render_changes
from generator.cli.earlier import load_earlier
from generator.cli.progress import Steps
from generator.cli.project import data_option, find_project, load_good
from generator.effects import EFFECT_FAILURES, MOST_RECORDS, measure_effects
from generator.loading import Loaded
from generator.problems import has_errors

FORMATS = ("text", "markdown", "json")


@click.command()
@data_option
@click.argument("base")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="markdown: a comment on a pull request; json: for other programs.",
)
@click.option(
    "--at-most",
    type=click.IntRange(min=5_000),
    metavar="N",
    help="Characters of the Markdown; what needs a second pair of eyes is kept first.",
)
@click.pass_context
def diff(
    context: click.Context,
    data_dir: Path | None,
    base: str,
    output_format: Literal["text", "markdown", "json"],
    at_most: int | None,
) -> None:
    """Say what the data means otherwise than at BASE, and what that does to pages and guides.

    BASE is another data folder, or a Git revision such as HEAD or origin/main.
    """
    if at_most and output_format != "markdown":
        raise click.UsageError("--at-most is for --format markdown")
    project = find_project(context, data_dir)
    after = load_good(project, otherwise="Mend these first; then the two states can be compared.")
    before, old_problems = load_earlier(base, project)
    say = Steps()
    say("comparing the pages and guides of both states")
    comparison = _compare(before, after, old_has_errors=has_errors(old_problems))
    say.done("compared")
    click.echo(_render(comparison, output_format, at_most=at_most), nl=False)


def _render(
    comparison: Comparison,
    output_format: Literal["text", "markdown", "json"],
    *,
    at_most: int | None,
) -> str:
    match output_format:
        case "markdown":
            return render_markdown(comparison, at_most=at_most)
        case "json":
            return render_json(comparison)
    return render_changes(comparison)


def _compare(before: Loaded, after: Loaded, *, old_has_errors: bool) -> Comparison:
    """Return what differs between two states, of which only the old one may have errors."""
    changes = tuple(find_changes(before.dataset, after.dataset))
    effects: dict[RecordKey, Effect] = {}
    total, unmeasured, failure = None, None, None
    if changes and old_has_errors:
        unmeasured = "The effect is not counted: the earlier state has errors."
    elif changes:
        records = list(dict.fromkeys((one.record.kind, one.record.key) for one in changes))
        try:
            effects, total = measure_effects(before.dataset, after.dataset, records)
        except EFFECT_FAILURES as error:
            unmeasured, failure = "The effect is not counted:", str(error)
        else:
            if len(records) > MOST_RECORDS:
                unmeasured = (
                    f"Only the effect of all together is counted, since more than {MOST_RECORDS} "
                    "records changed."
                )
            elif len(effects) < len(records):
                unmeasured = (
                    "A record without a count of its own makes sense only together with others."
                )
    left_out = find_incomparable(before.dataset, after.dataset)
    names = tuple("/".join(record) for record in left_out)
    return Comparison(changes, effects, total, unmeasured, failure, names)
