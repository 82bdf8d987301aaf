"""A comparison as text for a terminal, as Markdown for a pull request, and as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
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


def render_markdown(comparison: Comparison) -> str:
    """Return the changes for a comment on a pull request, with `MARKER` as its first line.

    Whatever comes from the data stands in code spans (CommonMark 0.31, 6.1), where nothing is read
    as markup, a link, a mention or HTML.
    """
    lines = [MARKER]
    if not comparison.changes and not comparison.not_compared:
        return "\n".join([*lines, NOTHING]) + "\n"
    if review := list(_review(comparison.changes)):
        lines += ["### Needs a second pair of eyes", ""]
        for sentence, reasons in review:
            lines.append(f"- {_code(sentence)}")
            lines += [f"  - {reason}" for reason in reasons]
        lines.append("")
    for group, records in _by_group(comparison.changes):
        lines += [f"### {_code(group)}", ""]
        for record in records:
            lines += [f"- {_code(sentence)}" for sentence, _ in _sentences(record)]
            if effect := _effect_of(record, comparison):
                lines.append(f"  - {effect}")
        lines.append("")
    for line in _closing(comparison, name=_code):
        lines += [line, ""]
    return "\n".join(lines).rstrip("\n") + "\n"


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
        "unmeasured": comparison.unmeasured,
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


def _closing(comparison: Comparison, *, name: Any = str) -> Iterator[str]:
    """Yield the effect of all changes, and what could not be found out."""
    if comparison.total:
        yield f"All together: {_describe(comparison.total)}"
    if comparison.unmeasured:
        yield comparison.unmeasured
    for record in comparison.not_compared:
        yield f"Not compared, since one of the two states can't be read: {name(record)}"


def _one_line(text: str) -> str:
    """Return a text without line breaks and what a terminal would obey."""
    return re.sub(r" {2,}", " ", _CONTROL.sub(" ", text)).strip()


def _code(text: str) -> str:
    """Return a text as a code span, closed by more backticks than the text has in a row."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    gap = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{gap}{text}{gap}{fence}"
