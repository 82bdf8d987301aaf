from __future__ import annotations

import json

import pytest

from generator.problems import (
    Position,
    Problem,
    has_errors,
    render_github,
    render_json,
    render_text,
    sort_problems,
)

ERROR = Problem(
    Position("data/a.yaml", 14, 15),
    "error",
    '"+213 66169684" is wrong',
    "phone-number",
    "write the full number",
    '    - number: "+213 66169684"',
)
WARNING = Problem(Position("data/a, b.yaml", 2, 1), "warning", "100% odd", "odd", "look\nagain")


def test_text_shows_place_excerpt_caret_and_fix() -> None:
    assert render_text([ERROR], file_count=214) == (
        'data/a.yaml:14:15: error: "+213 66169684" is wrong [phone-number]\n'
        '   14 |     - number: "+213 66169684"\n'
        "      |               ^\n"
        "  fix: write the full number\n"
        "1 error, 0 warnings in 214 files\n"
    )


def test_caret_stands_under_its_column_after_a_tab() -> None:
    problem = Problem(Position("a", 1, 3), "error", "m", "r", "f", "\tab")
    assert "    1 | \tab\n      | \t ^\n" in render_text([problem], file_count=1)


def test_github_form_escapes_properties_and_message() -> None:
    assert render_github([WARNING], file_count=1) == (
        "::warning file=data/a%2C b.yaml,line=2,col=1,title=odd::100%25 odd%0Afix: look%0Aagain\n"
        "0 errors, 1 warning in 1 file\n"
    )


def test_json_form_holds_everything() -> None:
    assert json.loads(render_json([ERROR], file_count=3)) == {
        "files": 3,
        "problems": [
            {
                "path": "data/a.yaml",
                "line": 14,
                "column": 15,
                "severity": "error",
                "rule": "phone-number",
                "message": '"+213 66169684" is wrong',
                "fix": "write the full number",
            }
        ],
    }


def test_sorts_by_place_and_keeps_each_problem_once() -> None:
    assert sort_problems([ERROR, WARNING, ERROR]) == [WARNING, ERROR]


@pytest.mark.parametrize(
    ("problems", "strict", "expected"),
    [([], True, False), ([WARNING], False, False), ([WARNING], True, True), ([ERROR], False, True)],
)
def test_warnings_forbid_publishing_only_when_strict(
    problems: list[Problem], strict: bool, expected: bool
) -> None:
    assert has_errors(problems, strict=strict) is expected
