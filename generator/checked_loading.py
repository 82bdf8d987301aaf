"""Data and everything that is wrong with it, in one step: what every command begins with."""

from __future__ import annotations

from pathlib import Path

from generator.checks import check_dataset
from generator.loading import Loaded, load_dataset
from generator.problems import Problem, sort_problems


def load_and_check(
    data_dir: Path, *, shown_as: str, content_dir: Path
) -> tuple[Loaded, list[Problem]]:
    """Return the data and everything that is wrong with it, sorted; see `load_dataset`."""
    loaded = load_dataset(data_dir, shown_as=shown_as, content_dir=content_dir)
    return loaded, sort_problems([*loaded.problems, *check_dataset(loaded.dataset)])
