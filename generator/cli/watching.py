"""`dalil check --watch`: looks at the times of files, since 450 of them cost a few milliseconds."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from generator.problems import Problem

SECONDS_BETWEEN_LOOKS = 0.5
_LISTED = 5

Snapshot = Mapping[str, tuple[int, int]]
"""When each file was last changed, in nanoseconds, and its size in bytes."""


def take_snapshot(folders: Sequence[Path]) -> Snapshot:
    """Return the state of all files in the folders; what goes away meanwhile is left out."""
    found = {}
    for folder in folders:
        for parent, names, files in os.walk(folder):
            names[:] = sorted(name for name in names if not name.startswith("."))
            for file in files:
                path = Path(parent, file)
                try:
                    state = path.stat()
                except OSError:
                    continue
                # Editors keep their unsaved copies beside a file.
                if not file.startswith((".", "#")) and not file.endswith("~"):
                    shown = path.relative_to(folder.parent).as_posix()
                    found[shown] = (state.st_mtime_ns, state.st_size)
    return found


def check_again_and_again(
    check: Callable[[], object],
    snapshot: Callable[[], Snapshot],
    *,
    sleep: Callable[[float], None],
    should_stop: Callable[[], bool] = lambda: False,
) -> None:
    """Check now and after each change, until told to stop or interrupted.

    A change is checked when nothing has changed for one more look, so that a file is not read
    half-written and a branch that is checked out counts once.
    """
    try:
        seen = snapshot()
        _check_below("checking everything; Ctrl-C ends it", check)
        while not should_stop():
            sleep(SECONDS_BETWEEN_LOOKS)
            now = snapshot()
            if now == seen:
                continue
            while now != (later := _look_later(snapshot, sleep)):
                now = later
            if names := _changed(seen, now):
                _check_below(f"changed: {names}", check)
            seen = now
    except KeyboardInterrupt:
        click.echo()


def tell_difference(before: Sequence[Problem], after: Sequence[Problem]) -> Iterator[str]:
    """Yield a line for each problem that is new, and for each that is gone.

    What is gone need not be mended: a file that can't be read hides its other mistakes. A problem
    that only moved to another line is neither.
    """
    for word, ours, others in (("new", after, before), ("gone", before, after)):
        known = Counter(map(_identity, others))
        found = []
        for problem in ours:
            if known[_identity(problem)]:
                known[_identity(problem)] -= 1
            else:
                found.append(problem)
        for problem in found[:_LISTED]:
            place = problem.position
            # Of what is gone the line may be another one by now.
            at = f"{place.path}:{place.line}" if word == "new" else place.path
            yield f"{word}: {at}: {problem.message}"
        if len(found) > _LISTED:
            yield f"{word}: {len(found) - _LISTED} more"


def _identity(problem: Problem) -> tuple[str, str, str]:
    return problem.position.path, problem.rule, problem.message


def _look_later(snapshot: Callable[[], Snapshot], sleep: Callable[[float], None]) -> Snapshot:
    sleep(SECONDS_BETWEEN_LOOKS)
    return snapshot()


def _changed(before: Snapshot, after: Snapshot) -> str:
    names = sorted(n for n in before.keys() | after.keys() if before.get(n) != after.get(n))
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more


def _check_below(header: str, check: Callable[[], object]) -> None:
    click.clear()  # which does nothing when it is no terminal
    click.echo(header)
    try:
        check()
    except OSError as error:
        # Such as the whole folder being replaced at this moment.
        click.echo(f"the data can't be read now: {error}")
