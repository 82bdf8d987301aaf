"""Authored pages: the Markdown texts in `content/<language>/`, and the sources that they cite.

A text cites a source with `{{ cite("iom-unicef-2025", "25-26") }}` on a line of its own; the second
value is the pages or the article.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator

from generator.models.base import Citation
from generator.problems import Problem
from generator.yaml_source import SourceFile, parse_yaml

_CITE = re.compile(r'\{\{ *cite\( *"([a-z0-9-]+)"(?:, *"([^"]+)")? *\) *\}\}')
_CITE_LINES = re.compile(rf"^(?:{_CITE.pattern}[ \t]*(?:\n|\Z))+", re.MULTILINE)
_HEADING = re.compile(r"#+ +(.*?)(?: *\{#([^}]+)\})? *")
_STEP = re.compile(r"[0-9]+\. +(.*)")
_BRACES = re.compile(r"\{\{|\}\}")


@dataclasses.dataclass(frozen=True)
class AuthoredPage:
    """One authored page. `name` is its path below the language's folder, without `.md`."""

    language: str
    name: str
    title: str
    description: str
    text: str
    citations: tuple[tuple[int, Citation], ...]
    file: SourceFile


def parse_authored(
    file: SourceFile, *, language: str, name: str
) -> tuple[AuthoredPage | None, list[Problem]]:
    """Return an authored page, or none and what is wrong with its head or its citations."""
    lines = file.lines
    end = next((i for i, line in enumerate(lines) if i > 0 and line == "---"), None)
    if not lines or lines[0] != "---" or end is None:
        fix = "begin with ---, a title and a description, and ---"
        return None, [file.problem("page-head", "the page has no head", fix=fix)]
    # An empty line in the place of the first ---, so that lines count as in the file.
    head, problems = parse_yaml("\n".join(["", *lines[1:end]]) + "\n", file.path)
    if not problems:
        problems = list(_check_head(head))
    citations = []
    for number, line in enumerate(lines[end + 1 :], start=end + 2):
        if match := _CITE.fullmatch(line.rstrip()):
            citations.append((number, make_citation(match[1], match[2])))
        elif braces := _BRACES.search(line):
            message = "this is not a citation on a line of its own"
            fix = 'write {{ cite("identifier", "pages") }} and nothing else on the line'
            place = (number, braces.start() + 1)
            problems.append(file.problem_at(place, "page-macro", message, fix=fix))
    if problems:
        return None, problems
    page = AuthoredPage(
        language=language,
        name=name,
        title=head.data["title"],
        description=head.data["description"],
        text="\n".join(lines[end + 1 :]),
        citations=tuple(citations),
        file=file,
    )
    return page, []


def _check_head(head: SourceFile) -> Iterator[Problem]:
    fields = head.data if isinstance(head.data, dict) else {}
    for field in ("title", "description"):
        value = fields.get(field)
        if value is None:
            message, fix = f"the head has no `{field}`", f"add `{field}:` between the two ---"
        elif not isinstance(value, str) or not value.strip():
            message, fix = f"the `{field}` is no text", "write the text in quotation marks"
        else:
            continue
        yield head.problem("page-head", message, fix=fix, at=(field,))


def make_citation(source: str, place: str | None) -> Citation:
    """Return a citation; a place that begins with a digit or a Roman numeral is pages."""
    if place and re.match(r"[0-9]|[ivxl]+(-|$)", place):
        return Citation(source=source, pages=place)
    return Citation(source=source, article=place or None)


def replace_citations(text: str, render: Callable[[tuple[Citation, ...]], str]) -> str:
    """Return Markdown with each run of citations replaced by what `render` makes of it."""

    def replace(run: re.Match[str]) -> str:
        found = tuple(make_citation(match[1], match[2]) for match in _CITE.finditer(run[0]))
        return f"{render(found)}\n"

    return _CITE_LINES.sub(replace, text)


def find_cited_sources(page: AuthoredPage) -> Iterator[str]:
    """Yield the identifiers of the sources that a page cites, each once."""
    yield from dict.fromkeys(citation.source for _, citation in page.citations)


@dataclasses.dataclass(frozen=True)
class Steps:
    """The numbered steps of a section, as Markdown, and what the section cites."""

    items: tuple[str, ...]
    citations: tuple[Citation, ...]


def find_steps(page: AuthoredPage, anchor: str) -> Steps:
    """Return the numbered steps under the heading that a link leads to; none if it isn't there."""
    items: list[str] = []
    citations: list[Citation] = []
    is_inside = False
    for line in page.text.split("\n"):
        if heading := _HEADING.fullmatch(line):
            is_inside = (heading[2] or _slug(heading[1])) == anchor
        elif is_inside and (item := _STEP.fullmatch(line)):
            items.append(item[1])
        elif is_inside and (cited := _CITE.fullmatch(line.rstrip())):
            citations.append(make_citation(cited[1], cited[2]))
    return Steps(tuple(items), tuple(citations))


def _slug(heading: str) -> str:
    """Return the anchor that MkDocs gives a heading that names none (Python-Markdown's toc)."""
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower())
