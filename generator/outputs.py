"""A file that is published beside the pages."""

from __future__ import annotations

import dataclasses
import hashlib

from generator.urls import Address


@dataclasses.dataclass(frozen=True)
class OutputFile:
    """One file below the site's root. `schema` is the JSON Schema that it follows, if any."""

    address: Address
    content: bytes
    media_type: str
    title: str
    schema: Address | None = None

    @property
    def sha256(self) -> str:
        """The SHA-256 of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()
