"""A comparison as text for a terminal, as Markdown for a pull request, and as JSON."""

from __future__ import annotations

import dataclasses
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from generator.changes.model import REASONS, Change, Comparison, Effect

MARKER = "<!-- dalil-diff -->"
"""The first line of the Markdown, by which a program finds the comment to replace."""

NOTHING = "No change of meaning."
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def render_text(comparison: Comparison) -> str:
    """Return the changes for a person at a terminal: first what needs a second pair of eyes."""
    if not comparison.changes and not comparison.not_compared:
        return f"{NOTHING}\n"
    lines: list[str] = []
    if review := list(_review(comparison.changes)):
        lines.append("Needs a second pair of eyes:")
        for sentence, reasons in review:
            lines += [f"  {sentence}", *(f"    ! {reason}" for reason in reasons)]
        lines.append("")
    for group, records in _by_group(comparison.changes):
        lines.append(group)
        for record in records:
            lines += [f"  {sentence}" for sentence, _ in _sentences(record)]
            if effect := _effect_of(record, comparison):
                lines.append(f"    {effect}")
        lines.append("")
    lines += _closing(comparison)
    return "\n".join(lines).rstrip("\n") + "\n"


def render_markdown(comparison: Comparison, *, at_most: int | None = None) -> str:
    """Return the changes for a comment on a pull request, with `MARKER` as its first line.

    Whatever comes from the data stands in code spans (CommonMark 0.31, 6.1), where nothing is read
    as markup, a link, a mention or HTML. With `at_most`, a number of characters, it is no longer
    than that, if that is enough for a few lines: what needs a second pair of eyes is kept first,
    and a line before all others says how much is left out.
    """
    if not comparison.changes and not comparison.not_compared:
        return f"{MARKER}\n{NOTHING}\n"
    whole = _markdown(comparison, _Room(None))
    if at_most is None or len(whole) <= at_most:
        return whole
    return _markdown(comparison, _Room(at_most - len(MARKER) - _NOTE))


_NOTE = 600
"""Characters that are kept for what is said of the rest."""

_LONGEST_SENTENCE = 1_000
"""Characters of a sentence where not everything can be told."""

_MOST_RECORDS = 20
"""Of more records that can't be compared only the number is told where room is short."""


class _Room:
    """How many characters there still are, and what found no room; without a limit all does."""

    def __init__(self, characters: int | None) -> None:
        self.characters = characters
        self.is_limited = characters is not None
        self.left_out: Counter[str] = Counter()

    def take(self, lines: list[str], *, what: str) -> bool:
        """Tell whether lines still find room. After the first that don't, nothing does."""
        if self.characters is None:
            return True
        needed = sum(len(line) + 1 for line in lines)
        if self.left_out or needed > self.characters:
            self.left_out[what] += 1
            return False
        self.characters -= needed
        return True

    def code(self, sentence: str) -> str:
        """Return a sentence of the data as code, cut where room is short."""
        if self.is_limited and len(sentence) > _LONGEST_SENTENCE:
            sentence = f"{sentence[:_LONGEST_SENTENCE]} […]"
        return _code(sentence)


def _markdown(comparison: Comparison, room: _Room) -> str:
    closing = list(_closing_markdown(comparison, room))
    room.take(closing, what="")
    lines: list[str] = []
    if review := list(_review(comparison.changes)):
        section = ["### Needs a second pair of eyes", ""]
        for sentence, reasons in review:
            item = [f"- {room.code(sentence)}", *(f"  - {reason}" for reason in reasons)]
            if room.take([*section, *item], what=_REVIEWED):
                lines += [*section, *item]
                section = []
        lines.append("")
    for group, records in _by_group(comparison.changes):
        section = [f"### {_code(group)}", ""]
        for record in records:
            effect = _effect_of(record, comparison)
            for sentence, _ in _sentences(record):
                item = [f"- {room.code(sentence)}"]
                if room.take([*section, *item], what=_code(group)):
                    lines += [*section, *item]
                    section = []
            if effect and room.take([f"  - {effect}"], what=""):
                lines.append(f"  - {effect}")
        lines.append("")
    lines = [MARKER, *_left_out(room), *lines, *closing]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip("\n") + "\n"


_REVIEWED = "what needs a second pair of eyes"


def _left_out(room: _Room) -> list[str]:
    """Return the lines that say how much is not told here, none where nothing is."""
    del room.left_out[""]
    if not room.left_out:
        return []
    counts = [f"{count} of {what}" for what, count in room.left_out.most_common(_MOST_RECORDS)]
    return [
        f"**Not all changes find room here.** Left out, in sentences: {', '.join(counts)}. "
        "`dalil diff` on the command line tells all of them.",
        "",
    ]


def render_json(comparison: Comparison) -> str:
    """Return the changes as one JSON object.

    `changes` are in order, each with `record` (`kind`, `key`, `country`, `title`), `subject`,
    `path`, `kind`, `sentence`, `before`, `after` and `review` (`rule` and `text`). `effects` has
    the `pages` and `guides` (addresses below the site) and `situations` (identifiers) of each
    record that could be told apart, `total` those of all together; where one could not be worked
    out, `unmeasured` is a sentence that says so. `not_compared` are the records that one state has
    and that can't be read.
    """
    document = {
        "changes": [_plain_change(change) for change in comparison.changes],
        "effects": [
            {"kind": kind, "key": key, **_plain_effect(effect)}
            for (kind, key), effect in sorted(comparison.effects.items())
        ],
        "total": _plain_effect(comparison.total) if comparison.total else None,
        "unmeasured": " ".join(filter(None, (comparison.unmeasured, comparison.failure))) or None,
        "not_compared": list(comparison.not_compared),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _plain_change(change: Change) -> dict[str, Any]:
    record = change.record
    return {
        "record": {
            "kind": record.kind,
            "key": record.key,
            "country": record.country,
            "title": record.title,
        },
        "subject": list(change.subject),
        "path": list(change.path),
        "kind": change.kind,
        "sentence": f"{change.place}: {change.clause}",
        "before": change.before,
        "after": change.after,
        "review": [{"rule": reason.rule, "text": reason.text} for reason in change.reasons],
    }


def _plain_effect(effect: Effect) -> dict[str, list[str]]:
    return {
        "pages": list(effect.pages),
        "guides": list(effect.guides),
        "situations": list(effect.situations),
    }


def _by_group(changes: Iterable[Change]) -> Iterator[tuple[str, list[list[Change]]]]:
    """Yield each country's name with the changes of its records, record by record."""
    for group, found in groupby(changes, key=lambda change: change.record.group):
        records = groupby(found, key=lambda change: change.record)
        yield _one_line(group), [list(record) for _, record in records]


def _sentences(changes: Iterable[Change]) -> Iterator[tuple[str, list[Change]]]:
    """Yield one sentence for each part of a record, with the changes that it tells."""
    for place, found in groupby(changes, key=lambda change: change.place):
        told = list(found)
        yield _one_line(f"{place}: {'; '.join(change.clause for change in told)}"), told


def _review(changes: Iterable[Change]) -> Iterator[tuple[str, list[str]]]:
    """Yield the sentences that need a second pair of eyes, the most urgent first, and why."""
    urgency = list(REASONS)
    found = []
    for _, record in groupby(changes, key=lambda change: change.record):
        for sentence, told in _sentences(record):
            rules = {reason.rule for change in told for reason in change.reasons}
            if rules:
                found.append((sentence, sorted(rules, key=urgency.index)))
    found.sort(key=lambda one: urgency.index(one[1][0]))
    yield from ((sentence, [REASONS[rule] for rule in rules]) for sentence, rules in found)


def _effect_of(record: list[Change], comparison: Comparison) -> str | None:
    name = record[0].record
    effect = comparison.effects.get((name.kind, name.key))
    return _describe(effect) if effect else None


def _describe(effect: Effect) -> str:
    """Return an effect in words: `on 12 guides, 96 pages, 2 situations`."""
    parts = [
        _count(len(effect.guides), "guide"),
        _count(len(effect.pages), "page"),
        _count(len(effect.situations), "situation"),
    ]
    shown = [part for part in parts if part]
    return f"on {', '.join(shown)}" if shown else "on no page and no guide"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""


def _closing(comparison: Comparison, *, name: Callable[[str], str] = str) -> Iterator[str]:
    """Yield the effect of all changes, and what could not be found out."""
    if comparison.total:
        yield f"All together: {_describe(comparison.total)}"
    if comparison.unmeasured:
        failure = f" {name(_one_line(comparison.failure))}" if comparison.failure else ""
        yield f"{comparison.unmeasured}{failure}"
    for record in comparison.not_compared:
        yield f"Not compared, since one of the two states can't be read: {name(record)}"


def _closing_markdown(comparison: Comparison, room: _Room) -> Iterator[str]:
    count = len(comparison.not_compared)
    if room.is_limited and count > _MOST_RECORDS:
        comparison = dataclasses.replace(comparison, not_compared=())
        yield f"Not compared, since one of the two states can't be read: {count} records"
        yield ""
    for line in _closing(comparison, name=room.code):
        yield line
        yield ""


def _one_line(text: str) -> str:
    """Return a text without line breaks and what a terminal would obey."""
    return re.sub(r" {2,}", " ", _CONTROL.sub(" ", text)).strip()


def _code(text: str) -> str:
    """Return a text as a code span, closed by more backticks than the text has in a row."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    gap = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{gap}{text}{gap}{fence}"
