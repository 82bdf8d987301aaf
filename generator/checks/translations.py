"""Rules of translations: nothing is missing, and nothing is older than what it translates."""

from __future__ import annotations

from collections.abc import Iterator

from generator.dataset import Dataset
from generator.problems import Problem
from generator.translations import Translation, find_translations


def check_translations(dataset: Dataset) -> Iterator[Problem]:
    """Every text is there in every language of the site, and made from the source as it is now.

    One warning for a file and a language; `dalil translations --missing` lists every text.
    """
    groups: dict[tuple[str, str, str], list[Translation]] = {}
    for one in find_translations(dataset):
        is_known = one.is_recorded or one.state == "missing"
        state: str = one.state if is_known else "unrecorded"
        if state in _MEANINGS:
            groups.setdefault((one.field.file.path, one.language, state), []).append(one)
    for (_, language, state), found in groups.items():
        said, fix = _MEANINGS[state]
        count = "one text" if len(found) == 1 else f"{len(found)} texts"
        first = found[0].field
        yield first.file.problem(
            f"{state}-translation",
            f"{count} {said.format(language=language)}",
            fix=fix,
            at=first.path,
            severity="warning",
        )


_MEANINGS = {
    "missing": (
        "of this file missing in {language}, the first is here",
        "translate them; until then the site shows them as they are",
    ),
    "outdated": (
        "of this file changed since the translation into {language}, the first is here",
        "correct the translation, then run `dalil translations --accept`",
    ),
    "unrecorded": (
        "of this file translated into {language} without a record, the first is here",
        "record it as the comment on the change says, or run `dalil translations --accept`",
    ),
}
