"""Rules of the knowledge base: what it cites, names and calls exists."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.references import unknown
from generator.dataset import PRACTICE_TAXONOMIES, Dataset
from generator.models.base import find_citations
from generator.models.knowledge import Step, Term
from generator.problems import Problem
from generator.validation import nearest
from generator.values.country import country_name
from generator.yaml_source import DataPath, SourceFile

_SINGULAR = {
    "objectives": "objective",
    "principles": "principle",
    "sdgs": "goal",
    "types": "type of practice",
}


def check_sources_exist(dataset: Dataset) -> Iterator[Problem]:
    """Every citation names a file in data/sources/; a missing one is told where it comes first."""
    missing: dict[str, list[tuple[SourceFile, DataPath]]] = {}
    for kind, key, record in dataset.records():
        for path, citation in find_citations(record):
            if not dataset.knows("sources", citation.source):
                place = (dataset.files[kind, key], (*path, "source"))
                missing.setdefault(citation.source, []).append(place)
    for source, places in missing.items():
        file, at = places[0]
        meant = nearest(source, dataset.sources)
        message = f"there is no source `{source}`"
        if len(places) > 1:
            message += f", cited here and {len(places) - 1} times more"
        hint = f", or, if it is meant, write {meant}" if meant else ""
        # Never an order to cite another publication: that a name is near proves nothing.
        fix = f"create data/sources/{source}.yaml, as a copy of a file beside it{hint}"
        yield file.problem("unknown-source", message, fix=fix, at=at)


def check_authored_pages(dataset: Dataset) -> Iterator[Problem]:
    """Every citation in an authored page names a file in data/sources/."""
    for page in dataset.authored:
        for line, citation in page.citations:
            if not dataset.knows("sources", citation.source):
                yield page.file.problem_at(
                    (line, 1),
                    "unknown-source",
                    f"there is no source `{citation.source}`",
                    fix=f"create data/sources/{citation.source}.yaml, or correct the identifier",
                )


def check_terms(dataset: Dataset) -> Iterator[Problem]:
    """Every term that another one or a situation names is in the glossary."""
    for key, term in dataset.glossary.items():
        for index, name in enumerate(term.see_also):
            at = ("see_also", index)
            if not dataset.knows("glossary", name):
                yield unknown(dataset, "glossary", key, at, "term", name, dataset.glossary)
            elif name == key or name in term.see_also[:index]:
                yield dataset.files["glossary", key].problem(
                    "duplicate-identifier",
                    f"{name} is the term itself, or stands here a second time",
                    fix="remove it",
                    at=at,
                )
    for key, situation in dataset.situations.items():
        for index, name in enumerate(situation.terms):
            if not dataset.knows("glossary", name):
                at = ("terms", index)
                yield unknown(dataset, "situations", key, at, "term", name, dataset.glossary)


def check_abbreviations(dataset: Dataset) -> Iterator[Problem]:
    """An abbreviation, and any other form in prose, leads to one term only."""
    seen: dict[tuple[str, str], str] = {}
    for key, term in dataset.glossary.items():
        for language, text, path in find_forms(term):
            other = seen.setdefault((language, text.casefold()), key)
            if other != key:
                yield dataset.files["glossary", key].problem(
                    "ambiguous-abbreviation" if path[0] == "abbreviation" else "ambiguous-form",
                    f"{text} already stands for the term {other}",
                    fix="remove it from one of the two terms",
                    at=path,
                )


def check_practices(dataset: Dataset) -> Iterator[Problem]:
    """Objectives, principles, goals and types of a practice are terms of their taxonomies."""
    for field, taxonomy_id in PRACTICE_TAXONOMIES.items():
        taxonomy = dataset.taxonomies.get(taxonomy_id)
        known = [term.id for term in taxonomy.terms] if taxonomy else []
        what = _SINGULAR[field]
        for key, practice in dataset.good_practices.items():
            for index, name in enumerate(getattr(practice, field)):
                if name not in known and ("taxonomies", taxonomy_id) not in dataset.broken:
                    yield unknown(dataset, "good_practices", key, (field, index), what, name, known)


def check_situations(dataset: Dataset) -> Iterator[Problem]:
    """What a situation calls is a service type, and somebody offers it or it is a known gap."""
    children = [term.id for term in dataset.service_types.values() if term.parent]
    orders: dict[int, str] = {}
    for key, situation in dataset.situations.items():
        other = orders.setdefault(situation.order, key)
        if other != key:
            yield dataset.files["situations", key].problem(
                "duplicate-order",
                f"{other} has the same place in the list",
                fix="give each situation a number of its own",
                at=("order",),
            )
        for index, step in enumerate(situation.call):
            for position, name in enumerate(step.service_types):
                if children and name not in children:
                    at = ("call", index, "service_types", position)
                    yield unknown(dataset, "situations", key, at, "service type", name, children)
            without = [
                country_name(code) for code in dataset.countries if _is_gap(dataset, code, step)
            ]
            if without:
                yield dataset.files["situations", key].problem(
                    "nobody-offers",
                    f"nobody offers {' or '.join(step.service_types)} in {', '.join(without)}",
                    fix="add who does, or list it under `gaps` in the country's file",
                    at=("call", index, "service_types"),
                    severity="warning",
                )


def check_gaps(dataset: Dataset) -> Iterator[Problem]:
    """A known gap is a service type that indeed nobody offers in the country."""
    children = [term.id for term in dataset.service_types.values() if term.parent]
    for code, country in dataset.countries.items() if children else ():
        offered = dataset.types_offered_in(code)
        for index, name in enumerate(country.gaps):
            at = ("gaps", index)
            if name not in children:
                yield unknown(dataset, "countries", code, at, "service type", name, children)
            elif name in offered:
                yield dataset.files["countries", code].problem(
                    "closed-gap",
                    f"{name} is no gap any more: somebody in {country_name(code)} offers it",
                    fix="remove it from `gaps`",
                    at=at,
                    severity="warning",
                )


def check_resources(dataset: Dataset) -> Iterator[Problem]:
    """A resource that is also a source names a file in data/sources/."""
    for key, resource in dataset.resources.items():
        if resource.work is not None and not dataset.knows("sources", resource.work):
            yield unknown(
                dataset, "resources", key, ("work",), "source", resource.work, dataset.sources
            )


def _is_gap(dataset: Dataset, code: str, step: Step) -> bool:
    if any(kind == "organizations" and key.startswith(f"{code}/") for kind, key in dataset.broken):
        return False
    types = dataset.service_types
    wanted = {name for name in step.service_types if name in types and types[name].parent}
    if not wanted:
        return False
    known_gaps = set(dataset.countries[code].gaps)
    return not wanted & dataset.types_offered_in(code) and not wanted <= known_gaps


def find_forms(term: Term) -> Iterator[tuple[str, str, DataPath]]:
    """Yield every form by which prose may name a term: language, text, and where it stands."""
    for language, text in term.term.root.items():
        yield language, text, ("term", language)
    for language, text in term.abbreviation.root.items() if term.abbreviation else ():
        yield language, text, ("abbreviation", language)
    for language, texts in term.also.items():
        for index, text in enumerate(texts):
            yield language, text, ("also", language, index)
