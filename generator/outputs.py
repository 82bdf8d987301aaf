"""A file that is published beside the pages."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping

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


def fingerprint(files: Mapping[str, bytes]) -> str:
    """Return eight digits that change whenever the name or the content of any file does.

    They stand behind the addresses of scripts and styles (`?v=`), so that a page only ever gets
    those that it was made with, whatever lies in a cache.
    """
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:8]
