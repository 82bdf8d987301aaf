"""The cells of tables that people open as spreadsheets."""

from __future__ import annotations

import re

from generator.models.channels import (
    Channel,
    EmailChannel,
    PhoneChannel,
    ShortCodeChannel,
    WebChannel,
)

_FORMULA = re.compile(r"[=+\-@\t\r]")


def address_cells(channel: Channel) -> dict[str, str]:
    """Return the `number`, `email` or `url`: in E.164, but as it stands where it is doubtful.

    Numbers that can be dialled are not guarded: they are nothing but digits after a +, and other
    programs take them as they are.
    """
    match channel:
        case PhoneChannel():
            return {"number": channel.phone.e164 if channel.phone else guard_cell(channel.number)}
        case ShortCodeChannel():
            return {"number": channel.number}
        case EmailChannel():
            return {"email": guard_cell(channel.address)}
        case WebChannel():
            return {"url": guard_cell(channel.url)}


def guard_cell(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
