#!/usr/bin/env python3
"""Keep one issue that lists overdue contacts and dead links; close it when there are none.

Usage: tell_what_is_due.py FOLDER, with what look-for-what-is-due wrote.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from github_api import BOT, get_all, send, shorten

MARKER = "<!-- dalil weekly -->"
TITLE = "Contacts to confirm and links to mend"


def main(folder: Path) -> None:
    """Open, change or close the issue."""
    body = render_issue(folder)
    number = find_issue()
    if body is None and number is None:
        print("Nothing is due.")
    elif body is None:
        send("PATCH", f"issues/{number}", {"state": "closed", "state_reason": "completed"})
    elif number is None:
        send("POST", "issues", {"title": TITLE, "body": body})
    else:
        send("PATCH", f"issues/{number}", {"body": body})


def render_issue(folder: Path) -> str | None:
    """Return the text of the issue, or none when there is nothing to do."""
    with (folder / "overdue.csv").open(encoding="utf-8-sig", newline="") as file:
        # Doubtful numbers are listed too, but nobody can call them.
        overdue = sum(row["state"] == "overdue" for row in csv.DictReader(file))
    dead = (folder / "dead.txt").read_text(encoding="utf-8")
    if not overdue and not dead.strip():
        return None
    parts = [MARKER, "This list is made anew each week; what is done leaves it by itself."]
    if dead.strip():
        parts += [
            f"## Dead links: {len(dead.splitlines())}",
            "Open the address yourself first. If it is gone, find the new one, or take it out.",
            block(dead),
        ]
    if overdue:
        table = (folder / "overdue.txt").read_text(encoding="utf-8")
        parts += [
            f"## Contacts that nobody has confirmed for too long: {overdue}",
            "Call or write, then change `confirmed:` in the file, also where nothing is wrong.",
            block(table),
        ]
    return shorten(
        "\n\n".join(parts) + "\n",
        note="There are more: `dalil overdue` and `dalil links` list all.",
    )


def block(text: str) -> str:
    """Return a text as it stands, indented so that nothing in it can end the block."""
    return "\n".join(f"    {line}" for line in text.splitlines())


def find_issue() -> int | None:
    """Return the number of our open issue."""
    for issue in get_all(
        f"issues?state=open&creator={BOT.replace('[', '%5B').replace(']', '%5D')}"
    ):
        if issue["user"]["login"] == BOT and (issue["body"] or "").startswith(MARKER):
            return int(issue["number"])
    return None


if __name__ == "__main__":
    main(Path(sys.argv[1]))
