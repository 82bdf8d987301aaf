"""Content lines: the form that vCard (RFC 2426) and iCalendar (RFC 5545) share.

Both fold long lines and escape text in the same way; only what the lines say differs.
"""

from __future__ import annotations

from collections.abc import Iterable

_MAX_OCTETS = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"})


def escape_text(text: str) -> str:
    """Return a text as it stands in a value (RFC 2426, 4; RFC 5545, 3.3.11)."""
    return text.translate(_ESCAPES)


def render_lines(lines: Iterable[str]) -> bytes:
    """Return the lines as UTF-8, each folded and ended with CRLF (RFC 5545, 3.1)."""
    return "".join(_fold(line) for line in lines).encode()


def _fold(line: str) -> str:
    """Return a line broken so that no part is over 75 octets, never inside a character."""
    folded, octets = [], 0
    for character in line:
        size = len(character.encode())
        if octets + size > _MAX_OCTETS:
            folded.append("\r\n ")
            octets = 1
        folded.append(character)
        octets += size
    return "".join([*folded, "\r\n"])
