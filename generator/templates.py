"""The Jinja environment of the generated pages: autoescape, StrictUndefined, no own logic."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from generator.term_marking import TermMarker
from generator.urls import Address
from generator.values.text import Wording
from generator.words import Words

_DIGIT_GROUPS = re.compile(r"\+?[0-9]+(?:[ \u00a0–-]+[0-9]+)+|\+[0-9]+")


def make_environment(words: Words) -> Environment:
    """Return the environment for the pages of one language.

    Templates call `t` for the site's own words (`t_html` where HTML is filled in), and pipe
    addresses through `link`, texts from the data through `wording` (`prose` where they are the
    site's own and terms may be marked), numbers through `ltr`. Rendering needs `page`, the page's
    address, and `marker` where there is prose.
    """
    environment = Environment(
        loader=PackageLoader("generator"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["t"] = words
    environment.globals["t_html"] = lambda name, /, **values: escape(words.pattern(name)).format(
        **values
    )
    environment.filters["link"] = _link
    environment.filters["wording"] = mark_language
    environment.filters["ltr"] = isolate_ltr
    environment.filters["isolated"] = isolate
    environment.filters["breakable"] = allow_breaks
    environment.filters["prose"] = _explain_terms
    environment.filters["paragraphs"] = split_paragraphs
    return environment


def render(environment: Environment, template: str, *, page: Address, **values: Any) -> str:
    """Return a template filled in. Raises `jinja2.UndefinedError` for a value that is not there."""
    return environment.get_template(template).render(page=page, **values)


def mark_language(wording: Wording) -> Markup:
    """Return a text as HTML, marked with its language where that is not the page's."""
    if not wording.is_fallback:
        return escape(wording.text)
    return Markup('<span lang="{}" dir="auto">{}</span>').format(wording.language, wording.text)


def isolate_ltr(text: str) -> Markup:
    """Return a number or address as HTML that keeps its order inside right-to-left text."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(text)


def isolate(text: str) -> Markup:
    """Return a name as HTML that keeps to itself, whatever script it is written in."""
    return Markup("<bdi>{}</bdi>").format(text)


def isolate_numbers(html: str) -> str:
    """Return HTML in which groups of digits (`20 72 54`, `2023–2025`) stand in order.

    Between digits, spaces and dashes take the direction of the text, and would turn the groups
    around (Unicode Bidirectional Algorithm, rules N1 and N2).
    """
    pieces, inside = [], 0
    for piece in re.split(r"(<[^>]*>)", html):
        if piece.startswith("<"):
            inside += piece.startswith("<bdi") - piece.startswith("</bdi")
        elif not inside:
            piece = _DIGIT_GROUPS.sub(r'<bdi dir="ltr">\g<0></bdi>', piece)  # noqa: PLW2901
        pieces.append(piece)
    return "".join(pieces)


def allow_breaks(text: str) -> Markup:
    """Return an e-mail or web address as HTML that may break after its @ and slashes."""
    return Markup("<wbr>").join(re.split(r"(?<=[@/])", text))


def split_paragraphs(wording: Wording) -> list[Wording]:
    """Return the paragraphs of a text, which empty lines divide."""
    parts = [" ".join(part.split()) for part in wording.text.split("\n\n")]
    return [dataclasses.replace(wording, text=part) for part in parts if part]


@pass_context
def _explain_terms(context: Context, wording: Wording) -> Markup:
    """Return a text of the site's own as HTML, with the terms that the glossary explains marked."""
    html = mark_language(wording)
    if wording.is_fallback:
        return html
    marker: TermMarker = context["marker"]
    return marker.mark(html)


@pass_context
def _link(context: Context, address: Address) -> str:
    page: Address = context["page"]
    return address.seen_from(page.path)
