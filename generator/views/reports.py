"""Where a reader can change a record, or say that it is wrong: at the host of the repository."""

from __future__ import annotations

import dataclasses
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import quote, urlencode

from generator.dataset import Dataset, Kind
from generator.values.links import Link, mail_link, web_link
from generator.words import Words

FORM = "wrong-number.yml"
"""The issue form in `.github/ISSUE_TEMPLATE/` of which the link fills in the field `record`."""


@dataclasses.dataclass(frozen=True)
class Editors:
    """Where those who look after the data are reached; what is empty is absent.

    `repository` is the page of the repository, `edit` what stands between it and a file to edit.
    `email` is for readers without an account there: the host's forms ask for one.
    """

    repository: str = ""
    edit: str = "edit/main/"
    email: str = ""


NOBODY = Editors()
"""Nobody can be told: pages then have no such links."""


class ReportLink(NamedTuple):
    """One way to tell the editors, and what the reader is shown of it."""

    link: Link
    text: str


def view_report(
    kind: Kind, key: str, dataset: Dataset, editors: Editors, words: Words
) -> tuple[ReportLink, ...]:
    """Return the links of a record, as for its file."""
    return view_file_report(dataset.files[kind, key].path, editors, words)


def view_file_report(path: str, editors: Editors, words: Words) -> tuple[ReportLink, ...]:
    """Return a form and a letter that name a file already, and the host's editor at it.

    `path` is from the top of the repository; for a file outside of it there are no links. Raises
    `ValueError` for editors whose address is none.
    """
    if PurePosixPath(path).is_absolute() or path.startswith(".."):
        return ()
    links = []
    url = editors.repository.rstrip("/")
    if url:
        form = f"{url}/issues/new?{urlencode({'template': FORM, 'record': path})}"
        links.append(ReportLink(web_link(form), words("report.wrong")))
    if editors.email:
        links.append(ReportLink(_letter(path, editors.email, words), words("report.letter")))
    if url:
        editor = f"{url}/{editors.edit.strip('/')}/{quote(path)}"
        links.append(ReportLink(web_link(editor), words("report.edit")))
    return tuple(links)


def _letter(path: str, email: str, words: Words) -> Link:
    lines = [words("letter.help"), words("letter.privacy")]
    for name in ("letter.wrong", "letter.happened", "letter.right", "letter.known"):
        lines += ["", words(name), ""]
    return mail_link(email, subject=words("letter.subject", record=path), lines=lines)
