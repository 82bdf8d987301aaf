"""The knowledge base against what the sources hold, and the promise that no sentence is copied."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import get_args

import pytest
from pydantic import BaseModel

from generator.dataset import Dataset
from generator.models.knowledge import Theme
from generator.values.text import LocalizedText
from tests.conftest import ROOT

SEEDS = ROOT.parent / "shared" / "seeds"
LONGEST_SHARED_RUN = 11
SITUATIONS = [
    "child-alone",
    "child-with-adults-not-family",
    "possible-trafficking",
    "disclosure-of-violence",
    "child-in-distress",
    "no-papers",
    "looking-for-family",
    "asking-for-asylum",
    "wanting-to-return",
    "turning-18",
    "child-with-disability",
    "detained",
]
GUIDANCE = [
    "principles",
    "actors",
    "case-management",
    "identification",
    "best-interests-assessment",
    "family-tracing",
    "case-planning",
    "best-interests-determination",
    "implementation",
    "case-closure",
    "case-transfer",
    "cross-border",
    "interviews",
    "data-protection",
    "safeguarding",
    "sustainable-solutions",
    "alternative-care",
    "best-interests",
    "identity",
    "child-trafficking",
    "cross-border-coordination",
    "recommendations",
    "trafficking-priorities",
    "whole-of-government",
]


def lacks_much(name: str, found: int, held: int) -> list[str]:
    """Return what to say where a list lost more than an editor and a reviewer take out of it."""
    if found >= held - max(1, held // 10):
        return []
    return [
        f"{name}: the sources hold {held}, the data has {found}. If so many were removed on purpose, "
        "write the new number into tests/real_data/test_knowledge.py"
    ]


def test_a_list_may_lose_one_in_ten() -> None:
    assert lacks_much("Terms", 42, 46) == lacks_much("Terms", 50, 46) == []
    assert lacks_much("Laws", 2, 3) == []
    assert lacks_much("Laws", 1, 3) == [
        "Laws: the sources hold 3, the data has 1. If so many were removed on purpose, "
        "write the new number into tests/real_data/test_knowledge.py"
    ]


def test_the_glossary_has_the_terms_in_their_themes(real_dataset: Dataset) -> None:
    themes = Counter(theme for term in real_dataset.glossary.values() for theme in term.themes)
    missing = lacks_much("terms", len(real_dataset.glossary), 46)
    for theme, held in zip(get_args(Theme), (22, 8, 11, 6), strict=True):
        missing += lacks_much(f"terms of {theme}", themes[theme], held)
    assert not missing, "\n".join(missing)
    abbreviations = {
        term.abbreviation.root["en"] for term in real_dataset.glossary.values() if term.abbreviation
    }
    assert {"BIA", "BID", "BIP", "UMC", "GBV", "MHPSS", "IDP"} <= abbreviations
    assert "UASC" in real_dataset.glossary["unaccompanied-child"].also["en"]


def test_law_has_what_each_list_of_the_source_names(real_dataset: Dataset) -> None:
    counts = Counter(law.jurisdiction for law in real_dataset.legal_frameworks.values())
    held = {
        "international": 10,
        "african": 11,
        "DZ": 4,
        "EG": 7,
        "LY": 3,
        "MA": 9,
        "MR": 9,
        "NE": 13,
        "TN": 8,
    }
    missing = [
        line
        for jurisdiction, count in held.items()
        for line in lacks_much(f"law of {jurisdiction}", counts[jurisdiction], count)
    ]
    assert not missing, "\n".join(missing)


def test_practices_of_all_five_sources_are_there(real_dataset: Dataset) -> None:
    cited = Counter(
        source
        for practice in real_dataset.good_practices.values()
        for source in {citation.source for citation in practice.sources}
    )
    missing = lacks_much("good practices", len(real_dataset.good_practices), 33)
    assert not missing, "\n".join(missing)
    assert cited["iom-unicef-2025"] >= 20
    # One of the others may go with the only practice that cites it.
    others = {"un-network-2024", "iom-dakar-2024", "idc-unicef-2022", "rdpp-2024"}
    assert len(others - set(cited)) <= 1
    terms = {key: len(taxonomy.terms) for key, taxonomy in real_dataset.taxonomies.items()}
    assert (terms["gcm-objectives"], terms["gcm-principles"], terms["sdgs"]) == (23, 10, 17)


def test_situations_and_guidance_are_complete(real_dataset: Dataset) -> None:
    assert set(SITUATIONS) <= set(real_dataset.situations)
    names = set(real_dataset.authored_in("en"))
    assert {f"guidance/{name}" for name in GUIDANCE} <= names


def test_every_authored_page_but_the_frame_says_where_it_comes_from(real_dataset: Dataset) -> None:
    for language in real_dataset.languages:
        pages = real_dataset.authored_in(language)
        assert {page.language for page in pages.values()} == {language}
        without = [name for name, page in pages.items() if not page.citations]
        assert without == ["about", "guidance"]
        for name, page in real_dataset.authored_in("en").items():
            assert [c for _, c in pages[name].citations] == [c for _, c in page.citations], name


def test_all_recommendations_of_the_note_are_checklists(real_dataset: Dataset) -> None:
    held = {
        "identity": 29,
        "best-interests": 21,
        "cross-border": 21,
        "trafficking": 15,
        "alternative-care": 21,
        "sustainable-solutions": 20,
    }
    for name, count in held.items():
        boxes = {
            real_dataset.authored_in(language)[f"guidance/recommendations-{name}"].text.count(
                "- [ ] "
            )
            for language in real_dataset.languages
        }
        assert len(boxes) == 1, f"the languages of {name} have different numbers of boxes"
        assert min(boxes) >= count, name


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.lower())


def find_texts(value: object) -> Iterator[str]:
    """Yield every text in several languages inside a record."""
    if isinstance(value, LocalizedText):
        yield from value.root.values()
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            # Names and titles are carried over exactly.
            if name not in ("name", "title", "term", "label", "abbreviation"):
                yield from find_texts(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from find_texts(item)


def find_names(dataset: Dataset) -> Iterator[str]:
    """Yield names and titles, which prose may hold as they are."""
    for law in dataset.legal_frameworks.values():
        yield from law.title.root.values()
    for source in dataset.sources.values():
        yield from source.title.root.values()
    for resource in dataset.resources.values():
        yield from resource.title.root.values()
    for organization in dataset.organizations.values():
        yield from organization.name.root.values()
    for term in dataset.glossary.values():
        yield from term.term.root.values()
    yield from NAMES


NAMES = (
    "National Coordinating Committee for Combating and Preventing Illegal Migration and Trafficking",
    "Committee on the Protection of the Rights of All Migrant Workers and Members of Their Families",
    "Ministry of National Solidarity, the Family, and the Status of Women",
    "Ministry of Foreign Affairs, African Cooperation and Moroccan Expatriates",
    "African Committee of Experts on the Rights and Welfare of the Child",
    "National Integrated Public Policy for the Prevention and Protection of Children",
    "Council of Europe Convention on Action against Trafficking in Human Beings",
    "Protocol to Prevent, Suppress and Punish Trafficking in Persons, especially Women and Children",
    "United Nations Global Plan of Action to Combat Trafficking in Persons",
    "Ministère de la Promotion de la Femme et de la Protection de l'enfant",
    "Cross-Border Care, Safety and Risk Mitigation for Child and Adolescent Survivors on the Move",
)


@pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the sources lie beside the project where it is made"
)
def test_no_sentence_is_copied_from_a_source(real_dataset: Dataset) -> None:
    size = LONGEST_SHARED_RUN + 1
    seeds: dict[tuple[str, ...], str] = {}
    for path in sorted(SEEDS.glob("*.txt")):
        words = words_of(path.read_text(encoding="utf-8"))
        for start in range(len(words) - size + 1):
            seeds[tuple(words[start : start + size])] = path.name
    names = sorted((" ".join(words_of(name)) for name in find_names(real_dataset)), key=len)
    long_names = [f" {name} " for name in reversed(names) if name.count(" ") > 2]
    texts: dict[str, list[str]] = defaultdict(list)
    for kind, key, record in real_dataset.records():
        texts[f"{kind}/{key}"] += find_texts(record)
    for page in real_dataset.authored:
        texts[page.name].append(re.sub(r"\{\{.*?\}\}|\]\(.*?\)", " ", page.text))
    copied = []
    for name, own_texts in texts.items():
        for text in own_texts:
            plain = f" {' '.join(words_of(text))} "
            for long_name in long_names:
                plain = plain.replace(long_name, " | ")
            words = plain.split()
            for start in range(len(words) - size + 1):
                run = tuple(words[start : start + size])
                if run in seeds:
                    copied.append(f"{name}: {' '.join(run)} ({seeds[run]})")
    assert not copied, "\n".join(copied)
    assert len(texts) > 200
