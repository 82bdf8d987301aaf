"""`dalil links`: which web addresses in the data no longer answer."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from generator.cli.project import data_option, find_project, load_project
from generator.dead_links import ask_all, collect_addresses, render_dead


@click.command()
@data_option
@click.pass_context
def links(context: click.Context, data_dir: Path | None) -> None:
    """Ask every web address in the data whether it still answers, and list those that don't.

    Needs a network. The exit status is 0 also when some are dead: that is no mistake in the data.
    It is 1 when nothing at all answers, which is the network's fault and no address's.
    """
    project = find_project(context, data_dir)
    dataset = load_project(project)[0].dataset
    addresses = collect_addresses(dataset)
    click.echo(f"asking {len(addresses)} addresses", err=True)
    answers = ask_all(addresses)
    counts = Counter(answer.state for answer in answers)
    if answers and counts["dead"] == len(answers):
        raise click.ClickException("no address answers: is there a network?")
    click.echo(render_dead(answers), nl=False)
    click.echo(
        f"{counts['good']} answer, {counts['refused']} answer people only, "
        f"{counts['dead']} are dead",
        err=True,
    )
