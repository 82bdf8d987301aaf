"""Finds the glossary's terms in prose, and marks the first mention of each on a page.

A marked term is a link to its definition at the end of the page, which the style sheet shows at the
foot of the screen while it is the target: no script, and "back" closes it. (Buttons with popovers
would do the same, but browsers don't break a button's text across lines.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from markupsafe import Markup, escape

from generator.urls import Address
from generator.views.glossary import TermView

_LONGEST_SMALL_WORD = 3
_PREFIXES = {"ar": "(?:[وف]?[بكل]?)"}
"""Small words that a language writes together with the next one: and, so, in, as, for."""

_TAG = re.compile(r"(<[^>]*>)")
_TAG_NAME = re.compile(r"</?([a-zA-Z0-9]+)")
_NO_MARKS = {
    "a",
    "abbr",
    "button",
    "cite",
    "code",
    "h1",
    "h2",
    "h3",
    "h4",
    "pre",
    "summary",
}


def _is_name(text: str) -> bool:
    """Tell whether words are part of a name: all their longer words begin with a capital."""
    words = [word for word in re.findall(r"\w+", text) if len(word) > _LONGEST_SMALL_WORD]
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _is_abbreviation(form: str) -> bool:
    """Tell whether a form, such as BIA or BIAs, is only meant with its capitals."""
    return " " not in form and sum(character.isupper() for character in form) > 1


class TermIndex:
    """All forms by which prose of one language names the terms of the glossary."""

    def __init__(self, terms: Mapping[str, TermView], *, language: str) -> None:
        self.terms = terms
        self._by_form: dict[str, str] = {}
        for term in terms.values():
            if not term.term.is_fallback:
                self._add(term.term.text, term.id)
            for form in (term.abbreviation, *term.forms):
                if form:
                    self._add(form, term.id)
        # The longest form that fits is the one that is meant.
        forms = sorted(self._by_form, key=lambda form: (-len(form), form))
        alternatives = "|".join(re.escape(str(escape(form))) for form in forms)
        prefix = _PREFIXES.get(language, "")
        self._pattern = re.compile(rf"(?<![\w-]){prefix}({alternatives})(?![\w-])", re.IGNORECASE)

    def find(self, html: str) -> Iterator[tuple[re.Match[str], TermView]]:
        """Yield the mentions of terms in a piece of escaped text, in order."""
        if not self._by_form:
            return
        for match in self._pattern.finditer(html):
            # Abbreviations are only meant as they are written: TIP is no tip.
            form = unescape(match[1])
            key = form if form in self._by_form else form.casefold()
            if key in self._by_form:
                yield match, self.terms[self._by_form[key]]

    def find_in_text(self, text: str) -> set[str]:
        """Return the identifiers of the terms that a plain text mentions."""
        return {term.id for _, term in self.find(str(escape(text)))}

    def _add(self, form: str, identifier: str) -> None:
        key = form if _is_abbreviation(form) else form.casefold()
        self._by_form[key] = identifier


class TermMarker:
    """Marks the terms of one page, each where it is first mentioned; `marked` are those so far."""

    def __init__(self, index: TermIndex, page: Address) -> None:
        self._index = index
        self._page = page
        self.marked: dict[str, TermView] = {}

    def mark(self, html: str) -> Markup:
        """Return HTML with first mentions marked, but not in headings, links and the like."""
        parts = []
        inside = 0
        for piece in _TAG.split(html):
            if name := _TAG_NAME.match(piece):
                if name[1].lower() in _NO_MARKS:
                    inside += -1 if piece.startswith("</") else 1
                parts.append(piece)
            else:
                parts.append(piece if inside else self._mark_text(piece))
        return Markup("".join(parts))  # noqa: S704  pieces of what was HTML before

    def _mark_text(self, text: str) -> str:
        parts, end = [], 0
        for match, term in self._index.find(text):
            if term.id in self.marked or term.address == self._page or _is_name(match[1]):
                continue
            self.marked[term.id] = term
            link = Markup('<a class="term" href="#term-{}" title="{}">{}</a>').format(
                term.id, term.definition.text, unescape(match[0])
            )
            parts += [text[end : match.start()], link]
            end = match.end()
        return "".join([*parts, text[end:]])
