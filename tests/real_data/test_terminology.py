"""The same term everywhere: where the English text names it, the translations use the accepted one."""

from __future__ import annotations

import re

import pytest

from generator.dataset import Dataset
from generator.translations import find_fields

TERMS = [
    # English, French, Arabic
    (
        r"best interests? of (the|a) child|child's best interests?",
        r"intérêt supérieur",
        r"فضلى|الفضلى",
    ),
    (r"best interests determination", r"détermination de l['’]intérêt supérieur|DIS", r"تحديد"),
    (r"best interests assessment", r"évaluation de l['’]intérêt supérieur|ÉIS", r"تقييم"),
    (r"unaccompanied", r"non[ -]accompagné|pas accompagné|accompagnés? ou non|seuls?", r"مصحوب"),
    (r"non-refoulement", r"non-refoulement", r"الإعادة القسرية"),
    (r"\bkafala", r"kafala", r"كفالة"),
    (r"gender-based violence", r"basées? sur le genre|VBG", r"النوع الاجتماعي"),
    (r"trafficking", r"traite|trafiquant", r"اتجار|الاتجار|متاجر|المتجر|تجار"),
    (r"smuggling of migrants", r"trafic illicite", r"تهريب"),
    (r"\brefugees?\b", r"réfugié|HCR", r"لاجئ|اللجوء"),
    (r"case management", r"gestion d(e|es|u) cas", r"إدارة (ال)?حال|بإدارة|لإدارة"),
    (r"alternative care", r"protection de remplacement", r"رعاية (ال)?بديلة|الرعاية البديلة"),
    (r"foster famil", r"familles? d['’]accueil", r"حاضنة"),
    (r"birth registration", r"enregistrement (des|de la|de sa|d['’]une|de) naissance|naissances", r"تسجيل"),
    (r"UNHCR", r"HCR", r"مفوضية|UNHCR"),
    (r"voluntary return", r"retours? volontaires?", r"عودة (ال)?طوعية|العودة الطوعية|عودت\w* (ال)?طوعي"),
]  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_translations_use_the_accepted_terms(real_dataset: Dataset, language: str) -> None:
    wrong = []
    for field in find_fields(real_dataset):
        source, text = field.texts.get("en", ""), field.texts.get(language, "")
        for english, french, arabic in TERMS:
            accepted = french if language == "fr" else arabic
            if re.search(english, source, re.IGNORECASE) and not re.search(
                accepted, text, re.IGNORECASE
            ):
                wrong.append(f"{field.name}: {english}\n  {source[:150]}\n  {text[:150]}")
    assert not wrong, "\n".join(wrong)


def test_digits_are_european_everywhere(real_dataset: Dataset) -> None:
    for field in find_fields(real_dataset):
        for text in field.texts.values():
            assert not re.search(r"[٠-٩۰-۹]", text), field.name


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_translations_keep_every_number_of_their_source(
    real_dataset: Dataset, language: str
) -> None:
    wrong = []
    for field in find_fields(real_dataset):
        source, own = (numbers(field.texts.get(code, "")) for code in ("en", language))
        if source != own:
            wrong.append(f"{field.name}: {source ^ own}")
    assert not wrong, "\n".join(wrong)


def numbers(text: str) -> set[str]:
    """Return the numbers of two digits or more: smaller ones may be words in another language."""
    text = re.sub(r"\b(\d{4})s\b|années \d{4}", " ", text)
    return set(re.findall(r"\d{2,}", text))
