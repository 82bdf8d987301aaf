#!/usr/bin/env python3
"""Put what a change means under its pull request, in one comment that is replaced each time.

The text was written by a run of the pull request's own code, so nothing in it is believed: where
it belongs is held against what GitHub says, and the text is text. Needs RUN_ID and HEAD_SHA of
that run.
"""

from __future__ import annotations

import io
import os
import re
import sys
import zipfile

from github_api import BOT, download, get, get_all, repository, run_page, send, shorten

MARKER = re.compile(r"<!-- dalil[- ]diff -->\n")
LARGEST = {"number": 20, "comment.md": 1_000_000}


class Refused(Exception):
    """What the run left is not what it should be."""


def main() -> None:
    """Comment, or say why not."""
    run_id, head_sha = os.environ["RUN_ID"], os.environ["HEAD_SHA"]
    archive = fetch_archive(run_id)
    if archive is None:
        print("The run says nothing of the change.")
        return
    files = unpack(archive)
    number, text = parse_number(files["number"]), parse_comment(files["comment.md"])
    pull_request = get(f"pulls/{number}")
    if pull_request["base"]["repo"]["full_name"] != repository():
        raise Refused(f"{number} is no pull request of this repository")
    if pull_request["state"] != "open" or pull_request["head"]["sha"] != head_sha:
        print(f"{number} is closed, or its last commit is not what this run checked.")
        return
    put(number, sign(text, run_id, head_sha, number))


def fetch_archive(run_id: str) -> bytes | None:
    """Return the archive that the run left, or none. Raises `Refused` if it is too large."""
    if not re.fullmatch(r"[0-9]+", run_id):
        raise Refused("the run has no number")
    found = get(f"actions/runs/{run_id}/artifacts?name=change")["artifacts"]
    if not found:
        return None
    newest = max(found, key=lambda artifact: artifact["id"])
    if newest["size_in_bytes"] > sum(LARGEST.values()):
        raise Refused("the archive is too large")
    return download(f"actions/artifacts/{newest['id']}/zip")


def unpack(archive: bytes) -> dict[str, str]:
    """Return the two files in the archive. Raises `Refused` for anything else."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            if sorted(opened.namelist()) != sorted(LARGEST):
                raise Refused("the archive does not have the two files")
            files = {}
            for name, largest in LARGEST.items():
                with opened.open(name) as file:
                    # What the archive says of a file's size may be a lie.
                    content = file.read(largest + 1)
                if len(content) > largest:
                    raise Refused(f"{name} is too large")
                files[name] = content.decode("utf-8")
    except (zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise Refused(f"the archive can't be read: {error}") from error
    return files


def parse_number(text: str) -> int:
    """Return the number of a pull request. Raises `Refused` for anything but digits."""
    if not re.fullmatch(r"[1-9][0-9]{0,9}\n?", text, re.ASCII):
        raise Refused("the number is no number")
    return int(text)


def parse_comment(text: str) -> str:
    """Return the text without what calls people. Raises `Refused` without the marker."""
    if not MARKER.match(text):
        raise Refused("the text does not begin with the marker")
    # Nobody is called by a comment that others wrote; e-mail addresses stay as they are.
    return re.sub(r"(?<!\w)@(?=\w)", "@\u2060", text)


def sign(text: str, run_id: str, head_sha: str, number: int) -> str:
    """Return the text with where it comes from."""
    page = run_page(run_id)
    text = shorten(text, note=f"The rest is on [the page of the run]({page}).")
    return (
        f"{text.rstrip()}\n\n---\n"
        f"Made from commit {head_sha[:12]} by [this run]({page}), with the program as it is in the "
        f"pull request. There, under *Artifacts*, `preview-{number}` is the site with this change, "
        "if it could be built.\n"
    )


def put(number: int, body: str) -> None:
    """Replace our comment under a pull request, or make one."""
    for comment in get_all(f"issues/{number}/comments"):
        if comment["user"]["login"] == BOT and MARKER.match(comment["body"]):
            send("PATCH", f"issues/comments/{comment['id']}", {"body": body})
            return
    send("POST", f"issues/{number}/comments", {"body": body})


if __name__ == "__main__":
    try:
        main()
    except Refused as refusal:
        sys.exit(f"Nothing was written: {refusal}.")
