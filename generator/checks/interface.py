"""Rules of the site's own words."""

from __future__ import annotations

from collections.abc import Iterator

from generator.dataset import Dataset
from generator.problems import Problem
from generator.values.text import SOURCE_LANGUAGE
from generator.yaml_source import SourceFile


def check_interfaces(dataset: Dataset) -> Iterator[Problem]:
    """The site's words exist, and every language has the same ones with the same placeholders."""
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
        for name in source.texts:
            if name not in interface.texts:
                yield file.problem(
                    "missing-text",
                    f"the text `{name}` is missing",
                    fix=f"translate it from {SOURCE_LANGUAGE}.yaml",
                    at=("texts",),
                    severity="warning",
                )
        for name in interface.texts:
            if name not in source.texts:
                yield file.problem(
                    "unknown-text",
                    f"the site has no text `{name}`",
                    fix=f"remove it, or write it in {SOURCE_LANGUAGE}.yaml first",
                    at=("texts", name),
                    on_key=True,
                )
