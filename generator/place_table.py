"""The table of cities, `data/places.csv`: one line for each, with its place in the file."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Callable, Iterator
from typing import Any

from generator.models.reference import Place
from generator.problems import Problem
from generator.validation import validate_record
from generator.yaml_source import DataPath, SourceFile

COLUMNS = (
    "id", "geonames_id", "country", "latitude", "longitude", "name_en", "name_fr", "name_ar",
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class PlaceTable:
    """What a table holds.

    `lines` tells where each place stands; `broken` names the places whose lines can't be used, and
    is None when the whole table can't.
    """

    places: dict[str, Place]
    lines: dict[str, int]
    broken: frozenset[str] | None
    problems: list[Problem]


def parse_place_table(file: SourceFile) -> PlaceTable:
    """Return the places of a table, and everything that is wrong with it."""
    rows = csv.reader(io.StringIO("\n".join(file.lines)), strict=True)
    try:
        return _parse_rows(file, iter(rows), lambda: rows.line_num)
    except csv.Error as error:
        problem = file.problem_at(
            (max(rows.line_num, 1), 1),
            "table-syntax",
            f"the table can't be read from here on: {error}",
            fix="put quotation marks only around a whole value with a comma in it",
        )
        return PlaceTable({}, {}, None, [problem])


def _parse_rows(
    file: SourceFile, rows: Iterator[list[str]], line_number: Callable[[], int]
) -> PlaceTable:
    if tuple(next(rows, ())) != COLUMNS:
        problem = file.problem(
            "table-columns",
            "the first line does not name the columns",
            fix="write " + ",".join(COLUMNS),
        )
        return PlaceTable({}, {}, None, [problem])
    places: dict[str, Place] = {}
    lines: dict[str, int] = {}
    broken: set[str] = set()
    problems: list[Problem] = []
    for row in rows:
        if not row:
            continue
        place, found = _parse_row(file, line_number(), row)
        problems += found
        if place is None:
            broken.add(row[0])
        elif place.id in places:
            message = f"place {place.id} stands here a second time"
            fix = "keep one of the two lines"
            at = (line_number(), 1)
            problems.append(file.problem_at(at, "duplicate-identifier", message, fix=fix))
        else:
            places[place.id] = place
            lines[place.id] = line_number()
    return PlaceTable(dict(sorted(places.items())), lines, frozenset(broken), problems)


def _parse_row(file: SourceFile, line: int, row: list[str]) -> tuple[Place | None, list[Problem]]:
    if len(row) != len(COLUMNS):
        message = f"the line has {len(row)} values, not {len(COLUMNS)}"
        fix = "write one value for each column, and quotation marks around a value with a comma"
        return None, [file.problem_at((line, 1), "table-columns", message, fix=fix)]
    cells = dict(zip(COLUMNS, row, strict=True))
    values: dict[DataPath, tuple[int, int]] = {(): (line, 1)}
    column = 1
    for name, cell in cells.items():
        path: DataPath = ("name", name[-2:]) if name.startswith("name_") else (name,)
        values[path] = (line, column)
        column += len(cell) + 1
    data: dict[str, Any] = {
        "id": cells["id"],
        "geonames_id": _number(cells["geonames_id"], int),
        "country": cells["country"],
        "latitude": _number(cells["latitude"], float),
        "longitude": _number(cells["longitude"], float),
        "name": {language: cells[f"name_{language}"] for language in ("en", "fr", "ar")},
    }
    raw: dict[DataPath, str] = {(name,): cell for name, cell in cells.items()}
    return validate_record(Place, dataclasses.replace(file, data=data, values=values, raw=raw))


def _number(text: str, number_type: Callable[[str], float]) -> float | str:
    """Return the number that a cell holds, or its text, which the model then refuses."""
    form = r"[0-9]{1,12}" if number_type is int else r"-?[0-9]{1,3}(\.[0-9]{1,12})?"
    return number_type(text) if re.fullmatch(form, text) else text
