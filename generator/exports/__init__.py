"""Everything that is published beside the pages. A new output is a function in `EXPORTS`.

Each takes the dataset and returns its files; `api/v1/index.json` then lists them all by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.dataset import Dataset
from generator.exports.api import render_api
from generator.exports.contacts import render_contacts
from generator.exports.index import render_index
from generator.exports.vcards import render_contact_cards
from generator.outputs import OutputFile

EXPORTS: tuple[Callable[[Dataset], Sequence[OutputFile]], ...] = (
    render_api,
    render_contacts,
    render_contact_cards,
)


def render_files(dataset: Dataset) -> list[OutputFile]:
    """Return all files that are made from the dataset alone, without the index."""
    files = [file for export in EXPORTS for file in export(dataset)]
    return sorted(files, key=lambda file: file.address)


def render_exports(dataset: Dataset) -> list[OutputFile]:
    """Return all files that are made from the dataset alone, and the index that lists them."""
    files = render_files(dataset)
    return [*files, *render_index(files, dataset)]
