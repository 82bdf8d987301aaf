"""One mistake in the data: where it is, what is wrong, by which rule, and how to mend it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from typing import Literal

Severity = Literal["error", "warning"]


@dataclasses.dataclass(frozen=True, order=True)
class Position:
    """A place in a file. `path` is relative to the project; `line` and `column` count from 1."""

    path: str
    line: int
    column: int


@dataclasses.dataclass(frozen=True)
class Problem:
    """What an editor has to know to mend one mistake.

    `message` says what is wrong in plain words, `rule` is the identifier of the broken rule,
    `fix` one way to mend it, `excerpt` the line of the file that `position` points into.
    """

    position: Position
    severity: Severity
    message: str
    rule: str
    fix: str
    excerpt: str = ""


def sort_problems(problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems by place, then rule, each once."""
    return sorted(
        dict.fromkeys(problems),
        key=lambda problem: (problem.position, problem.rule, problem.message),
    )


def has_errors(problems: Sequence[Problem], *, strict: bool = False) -> bool:
    """Tell whether the problems forbid publishing; with `strict`, warnings do too."""
    return any(strict or problem.severity == "error" for problem in problems)


def render_text(problems: Sequence[Problem], *, file_count: int) -> str:
    """Return the problems for a person at a terminal, with a closing line of counts."""
    blocks = [_render_block(problem) for problem in problems]
    return "\n".join([*blocks, summarize(problems, file_count=file_count)]) + "\n"


def summarize(problems: Sequence[Problem], *, file_count: int) -> str:
    """Return one line such as `1 error, 0 warnings in 214 files`."""
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    return (
        f"{_count(errors, 'error')}, {_count(warnings, 'warning')} in {_count(file_count, 'file')}"
    )


def render_github(problems: Sequence[Problem], *, file_count: int) -> str:
    """Return the problems as workflow commands, which GitHub shows on the lines of a change.

    Format: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    lines = []
    for problem in problems:
        place = problem.position
        properties = ",".join(
            f"{name}={_escape_property(value)}"
            for name, value in (
                ("file", place.path),
                ("line", str(place.line)),
                ("col", str(place.column)),
                ("title", problem.rule),
            )
        )
        message = _escape_data(f"{problem.message}\nfix: {problem.fix}")
        lines.append(f"::{problem.severity} {properties}::{message}")
    return "\n".join([*lines, summarize(problems, file_count=file_count)]) + "\n"


def render_json(problems: Sequence[Problem], *, file_count: int) -> str:
    """Return the problems as one JSON object: `{"problems": […], "files": 214}`."""
    items = [
        {
            "path": problem.position.path,
            "line": problem.position.line,
            "column": problem.position.column,
            "severity": problem.severity,
            "rule": problem.rule,
            "message": problem.message,
            "fix": problem.fix,
        }
        for problem in problems
    ]
    return json.dumps({"problems": items, "files": file_count}, ensure_ascii=False, indent=2) + "\n"


def _render_block(problem: Problem) -> str:
    place = problem.position
    lines = [
        f"{place.path}:{place.line}:{place.column}: {problem.severity}: "
        f"{problem.message} [{problem.rule}]"
    ]
    if problem.excerpt.strip():
        # A tab keeps its width above the caret, whatever the terminal makes of it.
        padding = "".join("\t" if c == "\t" else " " for c in problem.excerpt[: place.column - 1])
        lines.append(f"{place.line:>5} | {problem.excerpt}")
        lines.append(f"      | {padding}^")
    lines.append(f"  fix: {problem.fix}")
    return "\n".join(lines)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
