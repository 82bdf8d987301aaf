"""What somebody did who wrote a file that no parser can read: where, in plain words, and a fix.

The parser says where it could go no further, which is often lines below what was done.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import yaml


class SyntaxMistake(NamedTuple):
    """Line and column, counted from 1, what is wrong there, and one way to mend it."""

    place: tuple[int, int]
    message: str
    fix: str


_IN_QUOTES = 'put the whole text in quotation marks: "…"'
_BELOW_OTHERS = "begin the line exactly below the others that belong with it, with spaces"
_UNCLOSED = ("a quotation mark is opened but not closed", "write the same mark after the text")
_COLON_INSIDE = ("there is a `:` inside a text without quotation marks", _IN_QUOTES)
_TAB = (
    "a tab stands where spaces are needed",
    "delete it, and press the space bar as often as in the lines beside it",
)
_WIDE_SPACE = (
    "a space of another kind stands where usual ones are needed",
    "delete all spaces there, and press the space bar instead",
)

_UNEXPECTED_COLON = "mapping values are not allowed in this context"
_IN_BRACES = ("did not find expected ',' or '}'", "did not find expected ',' or ']'")
_BEGINS_EARLIER = ("could not find expected ':'", "found unexpected end of stream", *_IN_BRACES)
"""What the parser notices only after the place where it went wrong."""

_PLAIN_WORDS = {
    "could not find expected ':'": (
        "a line lacks its `:` and the space after it, or a text its closing quotation mark",
        'write it like the other lines: `name: "…"`',
    ),
    _UNEXPECTED_COLON: _COLON_INSIDE,
    "found character that cannot start any token": (
        "a text begins with a character that needs quotation marks",
        _IN_QUOTES,
    ),
    "found unexpected end of stream": _UNCLOSED,
    "did not find expected key": (
        "this line, or the one above it, is indented differently from the others",
        _BELOW_OTHERS,
    ),
    _IN_BRACES[0]: ("a `{` is opened but not closed", "write the `}` at the end"),
    _IN_BRACES[1]: ("a `[` is opened but not closed", "write the `]` at the end"),
    "did not find expected '-' indicator": (
        "a line begins too far to the left, or a new item of a list lacks its `-`",
        _BELOW_OTHERS,
    ),
}

# Web pages and word processors give them; they look like any other space.
_WIDE = "[\u00a0\u2000-\u200a\u202f\u3000]"
_WIDE_INDENTATION = re.compile(rf"[ \t]*(?:- +)?({_WIDE})")
_WIDE_AFTER_KEY = re.compile(rf"[ ]*(?:- +)?[\w-]+:({_WIDE})")
_KEY = re.compile(r"[\w-]+:(?: |$)")


def find_wide_space(lines: Sequence[str]) -> SyntaxMistake | None:
    """Return the first line that begins with such a space: for YAML it is part of a word."""
    for number, line in enumerate(lines, 1):
        if match := _WIDE_INDENTATION.match(line):
            return SyntaxMistake((number, match.start(1) + 1), *_WIDE_SPACE)
    return None


def explain_syntax_error(
    lines: Sequence[str], error: yaml.MarkedYAMLError, *, last: yaml.ScalarEvent | None
) -> SyntaxMistake:
    """Return what is wrong with a text. `last` is the scalar read just before the error, if any."""
    reason = (error.problem or "it can't be read").strip()
    mark, context = error.problem_mark or error.context_mark, error.context_mark
    if mark and last and (mistake := _explain_quotes(lines, last, mark)):
        return mistake
    is_comma = bool(reason in _IN_BRACES and mark and context and mark.line == context.line)
    if reason in _BEGINS_EARLIER and context and not is_comma:
        mark = context
    line = min(mark.line, len(lines) - 1) if mark else 0
    column = mark.column if mark and mark.line == line else 0
    text = lines[line]
    words = _PLAIN_WORDS.get(
        reason, (reason, "compare this line and the one above it with a file that works")
    )
    if text[column : column + 1] == "\t":
        words = _TAB
    elif match := _WIDE_AFTER_KEY.match(text):
        column, words = match.start(1), _WIDE_SPACE
    elif line and lines[line - 1].count('"') % 2:
        line, column, words = line - 1, lines[line - 1].rindex('"'), _UNCLOSED
    elif is_comma and text[column : column + 1] == ":":
        words = _COLON_INSIDE
    elif is_comma:
        words = ("a comma is missing before this", "write the comma")
    elif reason == _UNEXPECTED_COLON and re.fullmatch(r"[ -]*[\w-]+", text[:column]):
        words = ("a line is indented too far", _BELOW_OTHERS)
    return SyntaxMistake((line + 1, column + 1), *words)


def _explain_quotes(
    lines: Sequence[str], last: yaml.ScalarEvent, mark: yaml.Mark
) -> SyntaxMistake | None:
    """Return what is wrong where a text in quotation marks ended before it was meant to.

    Without a closing mark of its own, it goes on to the next mark, lines below.
    """
    begin, end = last.start_mark, last.end_mark
    if not last.style or last.style not in "'\"" or not begin or not end or end.line != mark.line:
        return None
    if begin.line < end.line:
        return SyntaxMistake((begin.line + 1, begin.column + 1), *_UNCLOSED)
    rest = lines[mark.line][end.column :]
    if not rest.strip() or _KEY.match(rest.strip()):
        return None
    message = f"the text goes on after a {last.style}, which ends it"
    fix = "put the whole text in \" and not in '"
    if last.style == '"':
        fix = 'keep one " at each end, and write “ ” or « » inside the text'
    return SyntaxMistake((mark.line + 1, mark.column + 1), message, fix)
