"""Addresses that a reader may follow: every link out of the site is made here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, NewType
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, Field

from generator.values.errors import quote, value_error

Link = NewType("Link", str)
"""An address with one of the schemes https, http, mailto, tel, sms, or under https://wa.me."""

_HOST = re.compile(
    r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9-]+)*\.[A-Za-z][A-Za-z0-9-]+"
)


def check_email(text: str) -> str:
    """Return the address as written, or raise `email` if it is malformed. No network is asked."""
    try:
        # Letters that only look like Latin ones lead elsewhere.
        validate_email(text, check_deliverability=False, allow_smtputf8=False)
        if not text.isascii():
            raise EmailNotValidError
    except EmailNotValidError:
        raise value_error(
            "email",
            f"{quote(text)} is not an e-mail address",
            fix="write one address, e.g. contact@onppe.dz",
        ) from None
    return text


def check_web_address(text: str) -> str:
    """Return the address, or raise `web-address` unless it is a plain https or http one."""
    fix = "write an address that begins with https://"
    refusal = value_error("web-address", f"{quote(text)} is not a web address", fix=fix)
    if not text.isascii() or any(c.isspace() or not c.isprintable() or c in '<>"\\' for c in text):
        raise refusal
    try:
        parts = urlsplit(text)
        host, has_login = parts.hostname or "", "@" in parts.netloc
        parts.port  # noqa: B018  reading it is what raises for a port that is no number
    except ValueError:
        raise refusal from None
    if parts.scheme not in ("https", "http"):
        raise value_error(
            "web-address",
            f"{quote(text)} is not a web address: only https and http links are made",
            fix=fix,
        )
    if has_login or not _HOST.fullmatch(host):
        raise refusal
    return text


def web_link(address: str) -> Link:
    """Return the link to a web page; raises `web-address` for anything else."""
    return Link(check_web_address(address))


def mail_link(address: str, *, subject: str = "", lines: Iterable[str] = ()) -> Link:
    """Return the link that writes to an e-mail address, with what it begins with (RFC 6068)."""
    fields = {"subject": subject, "body": "\r\n".join(lines)}
    query = "&".join(f"{name}={percent_encode(v, safe='')}" for name, v in fields.items() if v)
    link = "mailto:" + percent_encode(check_email(address), safe="@+")
    return Link(f"{link}?{query}" if query else link)


def call_link(dialled: str) -> Link:
    """Return the link that calls a number (RFC 3966): `+213…`, or digits as they are dialled."""
    return Link("tel:" + _dialling(dialled))


def message_link(dialled: str) -> Link:
    """Return the link that writes a text message to a number (RFC 5724)."""
    return Link("sms:" + _dialling(dialled))


def whatsapp_link(e164: str) -> Link:
    """Return the link that opens a WhatsApp chat with an E.164 number."""
    return Link("https://wa.me/" + _dialling(e164).removeprefix("+"))


def _dialling(number: str) -> str:
    if not re.fullmatch(r"\+?[0-9]{2,15}", number):
        raise ValueError(f"{number!r} cannot be dialled")
    return number


Email = Annotated[
    str,
    AfterValidator(check_email),
    Field(
        description="one e-mail address",
        examples=["contact@onppe.dz"],
        json_schema_extra={"pattern": "^[^@\\s]+@[^@\\s]+$"},
    ),
]
WebAddress = Annotated[
    str,
    AfterValidator(check_web_address),
    Field(
        description="the address of a web page, beginning with https:// (or http://)",
        examples=["https://www.example.org/help"],
        json_schema_extra={"pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[^\\s<>]+$"},
    ),
]
