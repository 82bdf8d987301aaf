"""`dalil overdue`: which contacts have to be checked again."""

from __future__ import annotations

import datetime
import shutil
import sys
from pathlib import Path
from typing import Literal

import click

from generator.ageing import find_overdue
from generator.cli.project import data_option, find_project, load_good
from generator.dataset import Dataset
from generator.overdue.calendar import render_calendar
from generator.overdue.spreadsheet import render_csv
from generator.overdue.table import WIDTH, render_table, summarize
from generator.validation import nearest
from generator.values.country import find_country_code
from generator.values.dates import check_full_date
from generator.values.errors import quote
from generator.values.text import SOURCE_LANGUAGE


class _Day(click.ParamType[datetime.date]):
    """A day, written as everywhere in the data."""

    name = "YYYY-MM-DD"

    def convert(
        self,
        value: str | datetime.date,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> datetime.date:
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(check_full_date(value))
        except ValueError:
            self.fail(f"{quote(value)} is no day: write it as 2026-03-14", param, ctx)


_LOOK_AHEAD = 30
"""How many days ahead a table looks, where nobody says otherwise."""


@click.command()
@data_option
@click.option("--today", type=_Day(), help="Another day than today (in UTC).")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "csv", "ical"]),
    default="table",
    show_default=True,
    help="csv: for a spreadsheet; ical: for a calendar.",
)
@click.option(
    "--within",
    type=click.IntRange(0, 36500),
    metavar="DAYS",
    help=f"Also what falls due in so many days; {_LOOK_AHEAD} if absent, in a calendar all.",
)
@click.option("--country", metavar="CC", help="Only this country, e.g. MA.")
@click.pass_context
def overdue(
    context: click.Context,
    data_dir: Path | None,
    today: datetime.date | None,
    output_format: Literal["table", "csv", "ical"],
    within: int | None,
    country: str | None,
) -> None:
    """Say which contacts have to be checked again, first those that most depends on.

    Numbers are due 6 months after somebody last tried them, e-mail and web pages after 12; what
    nobody ever tried, after its source was published. That contacts are overdue is no error.
    """
    project = find_project(context, data_dir)
    dataset = load_good(project).dataset
    if within is None and output_format != "ical":
        within = _LOOK_AHEAD
    ageing = find_overdue(
        dataset,
        today=today or datetime.datetime.now(datetime.UTC).date(),
        within=within,
        country=_known_country(country, dataset) if country is not None else None,
    )
    if output_format == "table":
        columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDTH
        click.echo(render_table(ageing, dataset, width=max(columns, WIDTH)), nl=False)
    else:
        render = render_csv if output_format == "csv" else render_calendar
        click.echo(render(ageing, dataset), nl=False)
        click.echo(summarize(ageing), err=True)


def _known_country(text: str, dataset: Dataset) -> str:
    """Return the code of a country of the data, which may be in small letters.

    Raises `click.UsageError` for any other, with the known one that is nearest.
    """
    if text.upper() in dataset.countries:
        return text.upper()
    names = {
        country.name.in_language(SOURCE_LANGUAGE).text: key
        for key, country in dataset.countries.items()
    }
    meant = find_country_code(text)
    if meant not in dataset.countries:
        meant = names.get(nearest(text.title(), names) or "")
    hint = f"did you mean {meant}?" if meant else f"there are {', '.join(dataset.countries)}"
    raise click.UsageError(f"the data has no country {quote(text)}; {hint}")
