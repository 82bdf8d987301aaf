"""How wide a text is when it is set, without a browser."""

from __future__ import annotations

import functools
import re
from typing import Any

import uharfbuzz

from generator.font import read_face

SIZE = 15.5  # of every label, in units of a map's viewBox
# Above and below the baseline, in parts of the size; Arabic marks reach further.
ASCENT, DESCENT, LINE = 0.95, 0.35, 1.2
# Readers see the fonts of their system, which are up to this much wider than ours (Noto Sans in
# semibold, Noto Sans Arabic).
LATIN_ROOM, ARABIC_ROOM = 1.12, 1.3
_RUNS = re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]+|[^\u0600-\u06ff\ufb50-\ufeff]+")


def measure_width(text: str) -> float:
    """Return the width of a text of size `SIZE`, in units, with room for wider fonts."""
    font = _font()
    advance = 0.0
    for run in _RUNS.findall(text):
        buffer = uharfbuzz.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        uharfbuzz.shape(font, buffer, {})
        room = ARABIC_ROOM if buffer.script == "Arab" else LATIN_ROOM
        advance += room * sum(position.x_advance for position in buffer.glyph_positions)
    return float(advance / font.face.upem * SIZE)


def wrap(text: str, width: float) -> tuple[str, ...]:
    """Return the lines of a text, none wider than `width` units unless it is one word."""
    lines: list[str] = []
    for word in text.split():
        if lines and measure_width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


@functools.cache
def _font() -> Any:
    return uharfbuzz.Font(read_face("Medium"))
