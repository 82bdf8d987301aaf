"""How a value says that it is wrong, in a form that keeps the rule and the fix apart."""

from __future__ import annotations

from pydantic_core import PydanticCustomError

_QUOTED = 60


def value_error(rule: str, message: str, *, fix: str) -> PydanticCustomError:
    """Return an error to raise from a validator; loading turns it into a `Problem`."""
    return PydanticCustomError(rule, "{message}", {"message": message, "fix": fix})


def at_field(error: PydanticCustomError, field: str) -> PydanticCustomError:
    """Return the error of a whole record, pointing to the field that caused it."""
    context = {**(error.context or {}), "field": field}
    return PydanticCustomError(error.type, "{message}", context)


def quote(text: object) -> str:
    """Return the text in quotation marks for a message, shortened and with no line breaks."""
    shown = " ".join(str(text).split())
    return f'"{shown[: _QUOTED - 3]}…"' if len(shown) > _QUOTED else f'"{shown}"'
