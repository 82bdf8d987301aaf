"""Rules of the site's own words."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from generator.dataset import Dataset
from generator.models.reference import SiteText
from generator.problems import Problem
from generator.values.text import SOURCE_LANGUAGE
from generator.yaml_source import SourceFile


def check_interfaces(dataset: Dataset) -> Iterator[Problem]:
    """The site's words exist, and no language has others, or other placeholders.

    What a language lacks is a translation that is missing: see `check_translations`.
    """
    source = dataset.interfaces.get(SOURCE_LANGUAGE)
    if source is None:
        if not dataset.knows("interface", SOURCE_LANGUAGE):
            missing = SourceFile(f"data/interface/{SOURCE_LANGUAGE}.yaml", ())
            yield missing.problem(
                "missing-file",
                "the file with the site's own words is missing",
                fix="take it back from an earlier version",
            )
        return
    for language, interface in dataset.interfaces.items():
        file = dataset.files["interface", language]
        for name, text in source.texts.items():
            if name in interface.texts:
                yield from _compare(file, name, text, interface.texts[name])
        for name in interface.texts:
            if name not in source.texts:
                yield file.problem(
                    "unknown-text",
                    f"the site has no text `{name}`",
                    fix=f"remove it, or write it in {SOURCE_LANGUAGE}.yaml first",
                    at=("texts", name),
                    on_key=True,
                )


def _compare(file: SourceFile, name: str, source: SiteText, text: SiteText) -> Iterator[Problem]:
    """Yield what makes a text unusable in the place of that of the source language."""
    if isinstance(source, dict) != isinstance(text, dict):
        yield file.problem(
            "site-text",
            f"`{name}` depends on a number in one language and not in the other",
            fix=f"write it as in {SOURCE_LANGUAGE}.yaml",
            at=("texts", name),
        )
    extra = _placeholders(text) - _placeholders(source)
    if extra:
        yield file.problem(
            "site-text",
            f"the site fills in no {{{min(extra)}}} in `{name}`",
            fix=f"use the placeholders of {SOURCE_LANGUAGE}.yaml",
            at=("texts", name),
        )


def _placeholders(text: SiteText) -> set[str]:
    forms = text.values() if isinstance(text, dict) else [text]
    return {field for form in forms for _, field, _, _ in Formatter().parse(form) if field}
