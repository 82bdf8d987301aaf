from __future__ import annotations

from pathlib import Path

import pytest

from generator.problems import Position
from generator.yaml_source import load_yaml, parse_yaml


def summarize(text: str) -> list[str]:
    _, problems = parse_yaml(text, "a.yaml")
    return [f"{p.position.line}:{p.position.column} {p.rule}: {p.message}" for p in problems]


def test_remembers_where_values_and_keys_stand() -> None:
    file, problems = parse_yaml("a:\n  - b: 1\n    c: {d: x}\n", "a.yaml")
    assert problems == []
    assert file.data == {"a": ({"b": 1, "c": {"d": "x"}},)}
    assert file.values["a", 0, "c", "d"] == (3, 12)
    assert file.keys["a", 0, "c"] == (3, 5)


def test_points_to_what_encloses_an_absent_value() -> None:
    file, _ = parse_yaml("a:\n  b: {c: 1}\n", "a.yaml")
    problem = file.problem("r", "m", fix="f", at=("a", "b", "missing"))
    assert problem.position == Position("a.yaml", 2, 6)
    assert problem.excerpt == "  b: {c: 1}"


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("1", 1),
        ("-1.5", -1.5),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("2025-03", "2025-03"),
        ("+213 661", "+213 661"),
        ("'1'", "1"),
        ('""', ""),
    ],
)
def test_reads_scalars_as_yaml_1_2_does(scalar: str, value: object) -> None:
    file, problems = parse_yaml(f"a: {scalar}\n", "a.yaml")
    assert problems == []
    assert file.data == {"a": value}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: NO\n", ["1:4 yaml-ambiguous: NO without quotation marks is read as false by many programs"]),
        ("a: on\n", ["1:4 yaml-ambiguous: on without quotation marks is read as true by many programs"]),
        ("no: a\n", ["1:1 yaml-ambiguous: no without quotation marks is read as false by many programs"]),
        ("a: 12:30\n", ["1:4 yaml-ambiguous: 12:30 without quotation marks is read as the number 750 by many programs"]),
        ("a: 0123\n", ["1:4 yaml-ambiguous: 0123 without quotation marks is read as another number by many programs"]),
        ("a: 1\nb: 2\na: 3\n", ["3:1 duplicate-key: `a` stands here a second time; the first is on line 1"]),
        ("a: {en: One, two}\n", ['1:14 yaml-comma: "two" is taken for a field of its own, because of the comma before it']),
        ("a: &x 1\nb: 2\n", ["1:4 yaml-alias: `&x` stands for a value in another place"]),
        ("a: 1\n---\nb: 2\n", ["2:1 yaml-syntax: a second document begins here"]),
        ("? [a]\n: 1\n", ["1:3 yaml-syntax: a key is not a word"]),
        ("a: 'b\nc: 1\n", ["1:4 yaml-syntax: this can't be read: a quotation mark is opened but not closed"]),
        ("a:\n\tb: 1\n", ["2:1 yaml-syntax: this can't be read: a tab stands where spaces are needed"]),
        ("a: b: c\n", ["1:5 yaml-syntax: this can't be read: there is a `:` inside a text without quotation marks"]),
        ("a: @b\n", ["1:4 yaml-syntax: this can't be read: a text begins with a character that needs quotation marks"]),
        ("a: x\x07\n", ["1:5 yaml-syntax: the file holds the character U+0007, which YAML forbids"]),
        ("# only a comment\n", ["1:1 empty-file: the file holds nothing but comments"]),
        ("[" * 30 + "]" * 30, ["1:22 yaml-depth: lists nest deeper than 20"]),
    ],
)  # fmt: skip
def test_says_what_is_wrong_and_where(text: str, expected: list[str]) -> None:
    assert summarize(text) == expected


NOT_CLOSED = ("a quotation mark is opened but not closed", "write the same mark after the text")
COLON_INSIDE = (
    "there is a `:` inside a text without quotation marks",
    'put the whole text in quotation marks: "…"',
)
BELOW_OTHERS = "begin the line exactly below the others that belong with it, with spaces"
WIDE_SPACE = (
    "a space of another kind stands where usual ones are needed",
    "delete all spaces there, and press the space bar instead",
)
TAB = (
    "a tab stands where spaces are needed",
    "delete it, and press the space bar as often as in the lines beside it",
)
CHANNEL = """\
channels:
  - id: hotline
    number: "+213 661 69 68 41"
    country: DZ
    confirmed: {assured_date: "2026-10-02", method: phone, assurer: UNHCR}
  - id: email
"""


@pytest.mark.parametrize(
    ("before", "after", "place", "words"),
    [
        ('41"', "41", (3, 13), NOT_CLOSED),
        ('02"', "02", (5, 31), NOT_CLOSED),
        ("    number", "\tnumber", (3, 1), TAB),
        ("    number", "  \tnumber", (3, 3), TAB),
        ("    number", "\u00a0   number", (3, 1), WIDE_SPACE),
        ("    country", "    \u202fcountry", (4, 5), WIDE_SPACE),
        ("number: ", "number:\u00a0", (3, 12), WIDE_SPACE),
        ("    confirmed", "     confirmed", (5, 15), ("a line is indented too far", BELOW_OTHERS)),
        (
            "    country",
            "      country",
            (4, 7),
            (
                "this line, or the one above it, is indented differently from the others",
                BELOW_OTHERS,
            ),
        ),
        (
            "    country",
            "   country",
            (4, 4),
            (
                "a line begins too far to the left, or a new item of a list lacks its `-`",
                BELOW_OTHERS,
            ),
        ),
        ("UNHCR", "UNHCR: Algiers", (5, 74), COLON_INSIDE),
        ("country: DZ", "country: DZ: here", (4, 16), COLON_INSIDE),
        ('02", ', '02" ', (5, 44), ("a comma is missing before this", "write the comma")),
        (
            "UNHCR}",
            "UNHCR",
            (5, 16),
            ("a `{` is opened but not closed", "write the `}` at the end"),
        ),
        (
            "number: ",
            "number:",
            (3, 5),
            (
                "a line lacks its `:` and the space after it, or a text its closing quotation mark",
                'write it like the other lines: `name: "…"`',
            ),
        ),
        (
            "UNHCR",
            "'the UNHCR's office'",
            (5, 80),
            ("the text goes on after a ', which ends it", "put the whole text in \" and not in '"),
        ),
        (
            "UNHCR",
            '"the "UNHCR" office"',
            (5, 75),
            (
                'the text goes on after a ", which ends it',
                'keep one " at each end, and write “ ” or « » inside the text',
            ),
        ),
    ],
)
def test_a_slip_is_told_where_it_was_made(
    before: str, after: str, place: tuple[int, int], words: tuple[str, str]
) -> None:
    assert before in CHANNEL
    _, problems = parse_yaml(CHANNEL.replace(before, after, 1), "a.yaml")
    (problem,) = problems
    assert (problem.position.line, problem.position.column) == place
    assert (problem.message, problem.fix) == (f"this can't be read: {words[0]}", words[1])


def test_a_bomb_of_aliases_is_refused_at_the_first(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    assert [line.split(": ")[1] for line in summarize("\n".join(lines))] == [
        "`&a0` stands for a value in another place",
        "`&a1` stands for a value in another place",
        "`*a0` stands for a value in another place",
    ]


@pytest.mark.parametrize(
    ("content", "position", "message"),
    [
        (b"", (1, 1), "the file is empty"),
        (b"a: 1\nb: Beaut\xe9\n", (2, 9), "the file is not UTF-8: byte 0xE9 can't be read"),
        (b"a: " + b"x" * 5_000_000, (1, 1), "the file has 5.0 MB; the limit is 1 MB"),
    ],
)
def test_refuses_files_that_can_not_be_read(
    tmp_path: Path, content: bytes, position: tuple[int, int], message: str
) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    _, problems = load_yaml(path, "a.yaml")
    (problem,) = problems
    assert (problem.position.line, problem.position.column) == position
    assert problem.message == message


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    file, problems = load_yaml(path, "a.yaml")
    assert problems == []
    assert file.data == {"a": 1, "b": 2}
