"""The forms of words that search compares: the same in Python and in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page

from generator.dataset import Dataset
from generator.translations import find_fields
from generator.word_forms import split_words, stem, without_prefixes

ROOT = Path(__file__).parent.parent
CASES: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "tests" / "search" / "word_forms.yaml").read_text(encoding="utf-8")
)


def test_words_and_stems_are_those_of_the_table() -> None:
    found = [
        {"text": case["text"], "words": words, "stems": [stem(word) for word in words]}
        for case in CASES
        if (words := split_words(case["text"])) is not None
    ]
    assert found == CASES


def test_prefixes_go_only_where_a_word_is_left() -> None:
    assert [without_prefixes(word) for word in ("والقانون", "الي", "ولد", "باب")] == [
        "قانون",
        "الي",
        "ولد",
        "باب",
    ]


@pytest.fixture
def real_texts(real_dataset: Dataset) -> list[str]:
    """Every text of the real data in all its languages."""
    return [text for field in find_fields(real_dataset) for text in field.texts.values()
            if isinstance(text, str)]  # fmt: skip


@pytest.mark.browser
def test_the_browser_makes_the_same_words_and_stems(
    blank_page: Page, real_texts: list[str]
) -> None:
    blank_page.add_script_tag(path=str(ROOT / "theme_overrides" / "assets" / "word-forms.js"))
    texts = [case["text"] for case in CASES] + real_texts
    script = """texts => texts.map(text => {
      const words = dalil.wordForms.splitWords(text);
      return [words, words.map(dalil.wordForms.stem), words.map(dalil.wordForms.withoutPrefixes)];
    })"""
    theirs = blank_page.evaluate(script, texts)
    ours = [
        [words, [stem(word) for word in words], [without_prefixes(word) for word in words]]
        for text in texts
        if (words := split_words(text)) is not None
    ]
    assert theirs == ours
