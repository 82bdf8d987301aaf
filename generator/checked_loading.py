"""Data and everything that is wrong with it, in one step: what every command begins with."""

from __future__ import annotations

import datetime
from pathlib import Path

from generator.checks import check_dataset, check_dates
from generator.loading import Loaded, load_dataset
from generator.problems import Problem, sort_problems


def load_and_check(
    data_dir: Path, *, shown_as: str, content_dir: Path, today: datetime.date
) -> tuple[Loaded, list[Problem]]:
    """Return the data and everything that is wrong with it, sorted; see `load_dataset`.

    Nothing in it can be of a day after `today`, see `latest_today`.
    """
    loaded = load_dataset(data_dir, shown_as=shown_as, content_dir=content_dir)
    found = [*check_dataset(loaded.dataset), *check_dates(loaded.dataset, today)]
    return loaded, sort_problems([*loaded.problems, *found])
