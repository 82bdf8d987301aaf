"""Values as YAML text in the style of the data; what is read back is what was given."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.yaml_source import parse_yaml

# What JSON leaves as it is, and YAML takes for the end of a line.
_LINE_ENDS = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


def scalar(value: object) -> str:
    """Return a text, number or truth value as it may stand anywhere, also inside braces."""
    if not isinstance(value, str):
        return json.dumps(value)
    for plain in (f"{{x: {value}}}", f"[{value}]"):
        file, problems = parse_yaml(plain, "")
        # As in the data, what begins with a digit or a sign stands in quotation marks.
        if problems or not value[:1].isalpha() or file.data not in ({"x": value}, (value,)):
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
