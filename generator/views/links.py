"""A link to a page, with the words that it bears."""

from __future__ import annotations

import dataclasses

from generator.urls import Address


@dataclasses.dataclass(frozen=True)
class PageLink:
    """One link; `is_current` when it leads to the very page that it stands on."""

    text: str
    address: Address
    is_current: bool = False
