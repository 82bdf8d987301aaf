"""Tells what a command is doing, and how long it took."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import click


class Steps:
    """Tells each step: in one line that changes on a terminal, in plain lines elsewhere."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.show: Callable[[str], None] = (
            self._show_in_place if sys.stderr.isatty() else self._show_line
        )

    def __call__(self, step: str) -> None:
        """Tell a step that begins."""
        self.show(step)

    def done(self, result: str) -> None:
        """Tell the end, and how long everything took."""
        if sys.stderr.isatty():
            click.echo("\r\033[K", nl=False, err=True)
        click.echo(f"{result} ({time.monotonic() - self.started:.1f} s)", err=True)

    def _show_in_place(self, step: str) -> None:
        click.echo(f"\r\033[K{step} …", nl=False, err=True)

    def _show_line(self, step: str) -> None:
        click.echo(step, err=True)
