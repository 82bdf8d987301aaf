"""YAML text to plain data that remembers the line and column of every value.

Only what cannot be misread is accepted: UTF-8, one document, no duplicate keys, no aliases, and no
word or number that YAML 1.1 readers take for something else (`NO` for false, 12:30 for 750).
Sequences become tuples and mappings dicts, as the strict models want them.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from generator.problems import Position, Problem, Severity
from generator.values.errors import quote, shorten
from generator.yaml_mistakes import SyntaxMistake, explain_syntax_error, find_wide_space

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
_LONGEST_EXCERPT = 400
_LONGEST_NUMBER = 18

DataPath = tuple[str | int, ...]
"""Where a value stands in plain data, e.g. `("channels", 0, "number")`."""

_YAML_TAGS = "tag:yaml.org,2002:"
"""What `!!` in a file stands for."""

_INTEGER = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?([0-9]*\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?")
_OLD_BOOLEAN = re.compile(r"(y|yes|n|no|on|off)", re.IGNORECASE)
_SEXAGESIMAL = re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?")
_TIMESTAMP = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \t].*)?")
_ODD_NUMBER = re.compile(r"[-+]?(0[0-9_]+|0x[0-9a-fA-F_]+|0o[0-7]+|0b[01_]+|[1-9][0-9]*_[0-9_]*)")


@dataclasses.dataclass(frozen=True)
class SourceFile:
    """One file as read: its plain data, and where in the text each part of it stands.

    `path` is relative to the project, with forward slashes. `data` is None for what can't be read.
    """

    path: str
    lines: tuple[str, ...]
    data: Any = None
    values: dict[DataPath, tuple[int, int]] = dataclasses.field(default_factory=dict)
    keys: dict[DataPath, tuple[int, int]] = dataclasses.field(default_factory=dict)
    raw: dict[DataPath, str] = dataclasses.field(default_factory=dict)

    def problem(
        self,
        rule: str,
        message: str,
        *,
        fix: str,
        at: DataPath = (),
        on_key: bool = False,
        severity: Severity = "error",
    ) -> Problem:
        """Return a problem at a value (or its key), or what encloses it if it is absent."""
        place = self.keys.get(at) if on_key else None
        return self.problem_at(
            place or self.place_of(at), rule, message, fix=fix, severity=severity
        )

    def texts(self) -> Iterator[tuple[DataPath, str]]:
        """Yield every text in the file, and where it stands."""
        waiting: list[tuple[DataPath, Any]] = [((), self.data)]
        while waiting:
            path, value = waiting.pop(0)
            if isinstance(value, str):
                yield path, value
            elif isinstance(value, dict):
                waiting += [((*path, key), inner) for key, inner in value.items()]
            elif isinstance(value, list):
                waiting += [((*path, index), inner) for index, inner in enumerate(value)]

    def place_of(self, path: DataPath) -> tuple[int, int]:
        """Return line and column of a value, or of what encloses it if it is absent."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))

    def problem_at(
        self,
        place: tuple[int, int],
        rule: str,
        message: str,
        *,
        fix: str,
        severity: Severity = "error",
    ) -> Problem:
        """Return a problem at a line and column, counted from 1."""
        line, column = place
        excerpt = self.lines[line - 1] if line <= len(self.lines) else ""
        excerpt = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "\N{REPLACEMENT CHARACTER}", excerpt)
        if len(excerpt) > _LONGEST_EXCERPT:
            excerpt = ""
        return Problem(Position(self.path, line, column), severity, message, rule, fix, excerpt)


def load_text(path: Path, shown_path: str) -> tuple[SourceFile, list[Problem]]:
    """Read a text file's lines; `problems` says why where it is too large, empty or not UTF-8."""
    nothing = SourceFile(shown_path, ())
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        message = f"the file can't be read: {error.strerror}"
        return nothing, [nothing.problem("file-access", message, fix="put a readable file there")]
    if size > MAX_BYTES:
        message = f"the file has {size / 1e6:.1f} MB; the limit is {MAX_BYTES / 1e6:.0f} MB"
        fix = "keep one record in a file, and no pictures or lists of other things"
        return nothing, [nothing.problem("file-size", message, fix=fix)]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", errors="replace")
        line, column = (
            before.count("\n") + 1,
            len(before) - (before.rfind("\n") + 1) + 1,
        )
        lines = _split(content.decode("utf-8", errors="replace"))
        file = SourceFile(shown_path, lines)
        message = f"the file is not UTF-8: byte 0x{content[error.start]:02X} can't be read"
        fix = "save the file again with the encoding UTF-8"
        return file, [file.problem_at((line, column), "encoding", message, fix=fix)]
    file = SourceFile(shown_path, _split(text))
    if not text.strip():
        fix = "write the record, or delete the file"
        return file, [file.problem("empty-file", "the file is empty", fix=fix)]
    return file, []


def load_yaml(path: Path, shown_path: str) -> tuple[SourceFile, list[Problem]]:
    """Read one YAML file; the problems say all that is wrong with it as YAML."""
    file, problems = load_text(path, shown_path)
    if problems:
        return file, problems
    return parse_yaml("\n".join(file.lines) + "\n", shown_path)


def parse_yaml(text: str, shown_path: str) -> tuple[SourceFile, list[Problem]]:
    """Turn YAML text into plain data with positions, and the problems found on the way."""
    file = SourceFile(shown_path, _split(text))
    if match := yaml.reader.Reader.NON_PRINTABLE.search(text):
        line = text.count("\n", 0, match.start())
        column = match.start() - (text.rfind("\n", 0, match.start()) + 1)
        message = f"the file holds the character U+{ord(match[0]):04X}, which YAML forbids"
        fix = "remove it, and retype the text around it"
        place = (line + 1, column + 1)
        return file, [file.problem_at(place, "yaml-syntax", message, fix=fix)]
    if mistake := find_wide_space(file.lines):
        return file, [_syntax_problem(file, mistake)]
    reader = _Reader(file, yaml.parse(text, Loader=yaml.CSafeLoader))
    try:
        data = reader.read_document()
    except yaml.MarkedYAMLError as error:
        mistake = explain_syntax_error(file.lines, error, last=reader.last)
        return file, [*reader.problems, _syntax_problem(file, mistake)]
    except _StopReading:
        return file, reader.problems
    if data is None and not reader.problems:
        fix = "write the record, or delete the file"
        return file, [file.problem("empty-file", "the file holds nothing but comments", fix=fix)]
    return dataclasses.replace(file, data=data), reader.problems


def _split(text: str) -> tuple[str, ...]:
    """Return the lines of a text as YAML counts them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(lines[:-1] if lines[-1] == "" else lines)


def _syntax_problem(file: SourceFile, mistake: SyntaxMistake) -> Problem:
    message = f"this can't be read: {mistake.message}"
    return file.problem_at(mistake.place, "yaml-syntax", message, fix=mistake.fix)


class _StopReading(Exception):
    """The rest of the file can't be read for a reason that stands in the problems."""


class _Reader:
    """Builds plain data from YAML events, noting where each value and key stands."""

    def __init__(self, file: SourceFile, events: Iterator[yaml.Event]) -> None:
        self.file = file
        self.events = events
        self.problems: list[Problem] = []
        self.last: yaml.ScalarEvent | None = None

    def read_document(self) -> Any:
        """Return the data of the only document, None if there is none."""
        self._next()  # the start of the stream
        if isinstance(self._next(), yaml.StreamEndEvent):
            return None
        data = self._read_node(self._next(), ())
        self._next()  # the end of the document
        if isinstance(extra := self._next(), yaml.DocumentStartEvent):
            self._report(
                extra,
                "yaml-syntax",
                "a second document begins here",
                "keep one record in a file",
            )
        return data

    def _next(self) -> yaml.Event:
        """Return the next event, and remember it if it is a scalar."""
        event = next(self.events)
        self.last = event if isinstance(event, yaml.ScalarEvent) else None
        return event

    def _read_node(self, event: yaml.Event, path: DataPath) -> Any:
        if len(path) > MAX_DEPTH:
            self._report(
                event,
                "yaml-depth",
                f"lists nest deeper than {MAX_DEPTH}",
                "write the data flat",
            )
            raise _StopReading
        is_alias = isinstance(event, yaml.AliasEvent)
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            self._report(
                event,
                "yaml-alias",
                f"`{'*' if is_alias else '&'}{event.anchor}` stands for a value in another place",
                "write the value out again in each place",
            )
        if is_alias:
            raise _StopReading
        if tag := getattr(event, "tag", None):
            self._report(
                event,
                "yaml-tag",
                f"{quote(tag.replace(_YAML_TAGS, '!!'))} is a YAML tag, which the data doesn't use",
                "remove everything from the ! to the value",
            )
        self.file.values[path] = _place(event)
        if isinstance(event, yaml.ScalarEvent):
            self.file.raw[path] = event.value
            return self._read_scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._read_sequence(path)
        assert isinstance(event, yaml.MappingStartEvent)
        return self._read_mapping(path, is_braced=bool(event.flow_style))

    def _read_sequence(self, path: DataPath) -> tuple[Any, ...]:
        items: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._read_node(event, (*path, len(items))))
        return tuple(items)

    def _read_mapping(self, path: DataPath, *, is_braced: bool) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._report(event, "yaml-syntax", "a key is not a word", "write `name: value`")
                raise _StopReading
            if not event.style:
                self._check_ambiguous(event)
            key = event.value
            key_path = (*path, key)
            if key in mapping:
                first = self.file.keys[key_path]
                self._report(
                    event,
                    "duplicate-key",
                    f"`{shorten(key)}` stands here a second time; the first is on line {first[0]}",
                    "keep one of the two; a new item of a list begins with `- `",
                )
                # The value is read to get past it, and under a path of its own.
                key_path = (*path, f"{key} (again)")
            value_event = self._next()
            if is_braced and _is_absent(value_event) and not self._has_colon(event):
                self._report(
                    event,
                    "yaml-comma",
                    f"{quote(key)} is taken for a field of its own, because of the comma before it",
                    "put the whole text in quotation marks",
                )
                continue
            self.file.keys[key_path] = _place(event)
            value = self._read_node(value_event, key_path)
            mapping.setdefault(key, value)
        return mapping

    def _has_colon(self, key: yaml.ScalarEvent) -> bool:
        """Tell whether a key is followed by a colon, and so was meant to be one."""
        if key.end_mark is None:
            return True
        return self.file.lines[key.end_mark.line][key.end_mark.column :].lstrip().startswith(":")

    def _read_scalar(self, event: yaml.ScalarEvent) -> Any:
        text = event.value
        if event.style:
            return text
        if text.lower() in ("", "~", "null"):
            return None
        if text.lower() in ("true", "false"):
            return text.lower() == "true"
        self._check_comment(event)
        if self._check_ambiguous(event):
            return text
        if _INTEGER.fullmatch(text) and len(text) <= _LONGEST_NUMBER:
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
        return text

    def _check_comment(self, event: yaml.ScalarEvent) -> None:
        """Report a text that ends at a `#12`: it would be lost, and nobody would know."""
        line, column = _place(event, at_end=True)
        rest = self.file.lines[line - 1][column - 1 :] if line <= len(self.file.lines) else ""
        if match := re.match(r"[ \t]+#(?=[^\s#])", rest):
            self.problems.append(
                self.file.problem_at(
                    (line, column + match.end() - 1),
                    "yaml-comment",
                    "the text ends here: what follows a # is a comment",
                    fix="put the whole text in quotation marks",
                )
            )

    def _check_ambiguous(self, event: yaml.ScalarEvent) -> bool:
        """Report what programs read in different ways; tell whether it was such a thing."""
        text = event.value
        fix = f'write "{text}"'
        if _OLD_BOOLEAN.fullmatch(text):
            reading = "true" if text.lower() in ("y", "yes", "on") else "false"
            fix = f'write "{text}" if it is a text; otherwise true or false'
        elif _SEXAGESIMAL.fullmatch(text):
            parts = [float(part.replace("_", "")) for part in text.lstrip("+-").split(":")]
            total = 0.0
            for part in parts:
                total = total * 60 + part
            reading = f"the number {total:g}"
        elif _TIMESTAMP.fullmatch(text):
            reading = "a point in time"
        elif _ODD_NUMBER.fullmatch(text):
            reading = "another number"
        else:
            return False
        self._report(
            event,
            "yaml-ambiguous",
            f"{text} without quotation marks is read as {reading} by many programs",
            fix,
        )
        return True

    def _report(self, event: yaml.Event, rule: str, message: str, fix: str) -> None:
        self.problems.append(self.file.problem_at(_place(event), rule, message, fix=fix))


def _is_absent(event: yaml.Event) -> bool:
    """Tell whether a value is not even an empty text in quotation marks."""
    return isinstance(event, yaml.ScalarEvent) and not event.value and not event.style


def _place(event: yaml.Event, *, at_end: bool = False) -> tuple[int, int]:
    mark = event.end_mark if at_end else event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
