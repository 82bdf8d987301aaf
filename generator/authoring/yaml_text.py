"""Values as YAML text in the style of the data; what is read back is what was given."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from generator.yaml_source import parse_yaml

_WIDTH = 100
# What JSON leaves as it is, and YAML takes for the end of a line.
_LINE_ENDS = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


def scalar(value: object) -> str:
    """Return a text, number or truth value as it may stand anywhere, also inside braces."""
    if not isinstance(value, str):
        return json.dumps(value)
    for plain in (f"{{x: {value}}}", f"[{value}]"):
        file, problems = parse_yaml(plain, "")
        # As in the data, what begins with a digit or a sign stands in quotation marks.
        is_read_back = not problems and file.data in ({"x": value}, (value,))
        if not (is_read_back and value[:1].isalpha()) or _LINE_ENDS.search(value):
            quoted = json.dumps(value, ensure_ascii=False)
            return _LINE_ENDS.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
    return value


def flow(value: Any) -> str:
    """Return a value in one line: `{en: Hotline}`, `[ar, fr]`."""
    if isinstance(value, Mapping):
        return (
            "{" + ", ".join(f"{scalar(key)}: {flow(inner)}" for key, inner in value.items()) + "}"
        )
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def field(name: str, value: Any, *, indent: int = 0) -> str:
    """Return a field in as many lines as it needs, each ending with a line break."""
    margin = " " * indent
    line = f"{margin}{name}: {flow(value)}\n"
    if len(line) <= _WIDTH + 1 or not value or isinstance(value, bool | int | float):
        return line
    if isinstance(value, Mapping):
        inner = "".join(field(key, one, indent=indent + 2) for key, one in value.items())
        return f"{margin}{name}:\n{inner}"
    if isinstance(value, str):
        return _folded(name, value, indent=indent) or line
    return f"{margin}{name}:\n" + "".join(f"{margin}  - {flow(item)}\n" for item in value)


def items(name: str, blocks: Sequence[str]) -> str:
    """Return a list of groups of fields, whose lines are given without indentation."""
    return f"{name}:\n" + "".join(item(block, indent=2) for block in blocks)


def item(block: str, *, indent: int) -> str:
    """Return one item of a list from its lines, which are given without indentation."""
    return " " * indent + "- " + textwrap.indent(block, " " * (indent + 2)).lstrip(" ")


def commented(lines: str) -> str:
    """Return lines that are not read until somebody removes the `# ` before them."""
    return textwrap.indent(lines, "# ")


def _folded(name: str, text: str, *, indent: int) -> str | None:
    """Return a long text in several lines, none where that would change its spaces."""
    if _LINE_ENDS.search(text):
        return None
    margin = " " * (indent + 2)
    wrapped = textwrap.wrap(
        text, _WIDTH - len(margin), break_long_words=False, break_on_hyphens=False
    )
    block = f"{name}: >-\n" + "".join(f"  {line}\n" for line in wrapped)
    file, problems = parse_yaml(block, "")
    is_same = not problems and file.data == {name: text}
    return textwrap.indent(block, " " * indent) if is_same else None
