"""What the scripts beside this one ask of GitHub, through its own program `gh`."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

BOT = "github-actions[bot]"
"""Who writes what a workflow writes."""

PER_PAGE = 100

LONGEST = 60_000
"""Characters of a comment or an issue; GitHub takes 65,536."""


def repository() -> str:
    """Return the repository that the workflow runs in, as owner/name."""
    return os.environ["GITHUB_REPOSITORY"]


def run_page(run_id: str) -> str:
    """Return the address of the page of a workflow's run."""
    server = os.environ.get("GITHUB_SERVER_URL", "https://github.com")
    return f"{server}/{repository()}/actions/runs/{run_id}"


def download(path: str) -> bytes:
    """Return what is at a path below the repository's part of the API."""
    command = ["gh", "api", f"repos/{repository()}/{path}"]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def get(path: str) -> Any:
    """Return the JSON at a path below the repository's part of the API."""
    return json.loads(download(path))


def get_all(path: str) -> list[Any]:
    """Return all items of a list that comes in pages."""
    items: list[Any] = []
    for page in range(1, 51):
        found = get(f"{path}{'&' if '?' in path else '?'}per_page={PER_PAGE}&page={page}")
        items += found
        if len(found) < PER_PAGE:
            break
    return items


def send(method: str, path: str, body: dict[str, str]) -> None:
    """Send JSON to a path below the repository's part of the API."""
    command = ["gh", "api", "--silent", "--method", method, f"repos/{repository()}/{path}"]
    text = json.dumps(body)
    subprocess.run([*command, "--input", "-"], check=True, input=text, encoding="utf-8")


def shorten(text: str, *, note: str) -> str:
    """Return a text that GitHub takes: the lines that fit, and a note when others were left out."""
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rpartition("\n")[0] + f"\n\n{note}\n"
