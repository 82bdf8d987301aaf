"""How a value says that it is wrong, in a form that keeps the rule and the fix apart."""

from __future__ import annotations

from pydantic_core import PydanticCustomError

_QUOTED = 60


def value_error(rule: str, message: str, *, fix: str) -> PydanticCustomError:
    """Return an error to raise from a validator; loading turns it into a `Problem`."""
    return PydanticCustomError(rule, "{message}", {"message": message, "fix": fix})


def quote(text: object) -> str:
    """Return the text in quotation marks for a message."""
    return f'"{shorten(str(text))}"'


def shorten(text: str) -> str:
    """Return the text in one line that is not too long, without control characters."""
    shown = "".join(
        c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(text.split())
    )
    return f"{shown[: _QUOTED - 3]}…" if len(shown) > _QUOTED else shown
