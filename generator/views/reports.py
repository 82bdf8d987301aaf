"""Where a reader can change a record, or say that it is wrong: at the host of the repository."""

from __future__ import annotations

import dataclasses
from pathlib import PurePosixPath
from urllib.parse import quote, urlencode

from generator.dataset import Dataset, Kind
from generator.values.links import Link, web_link

FORM = "wrong-number.yml"
"""The issue form in `.github/ISSUE_TEMPLATE/` of which the link fills in the field `record`."""


@dataclasses.dataclass(frozen=True)
class Repository:
    """Where the data is kept: `url` is its page, `edit` what stands before a file to edit it."""

    url: str
    edit: str


@dataclasses.dataclass(frozen=True)
class ReportLinks:
    """For one record: the host's editor at its file, and a form that names it already."""

    edit: Link
    report: Link


def view_report(
    kind: Kind, key: str, dataset: Dataset, repository: Repository | None
) -> ReportLinks | None:
    """Return the links of a record; none without a repository, or for a file outside of it."""
    return view_file_report(dataset.files[kind, key].path, repository)


def view_file_report(path: str, repository: Repository | None) -> ReportLinks | None:
    """Return the links of a file, which is named from the top of the repository."""
    if repository is None or PurePosixPath(path).is_absolute() or path.startswith(".."):
        return None
    url = repository.url.rstrip("/")
    question = urlencode({"template": FORM, "record": path})
    return ReportLinks(
        edit=web_link(f"{url}/{repository.edit.strip('/')}/{quote(path)}"),
        report=web_link(f"{url}/issues/new?{question}"),
    )
