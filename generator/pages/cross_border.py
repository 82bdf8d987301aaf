"""The pages of whom to call on the other side of a border."""

from __future__ import annotations

from collections.abc import Iterator

from generator import urls
from generator.pages.rendering import Page, Renderer
from generator.views.countries import CountryView
from generator.views.cross_border import view_pair
from generator.views.links import PageLink

_GUIDANCE = ("guidance/cross-border", "guidance/cross-border-coordination")


def render_cross_border_pages(renderer: Renderer, countries: list[CountryView]) -> Iterator[Page]:
    """Yield the page where both sides are chosen, and that of every two countries."""
    words, language = renderer.words, renderer.language
    every = PageLink(words("cross_border.title"), urls.cross_border(language))
    authored = renderer.dataset.authored_in(language)
    yield renderer.page(
        "cross_border.html.j2",
        every.address,
        title=every.text,
        description=words("cross_border.lead"),
        choices=[
            (
                here,
                [
                    PageLink(
                        there.name.text, urls.cross_border_pair(language, here.code, there.code)
                    )
                    for there in countries
                    if there is not here
                ],
            )
            for here in countries
        ],
        guidance=[
            PageLink(authored[name].title, urls.prose(language, name))
            for name in _GUIDANCE
            if name in authored
        ],
    )
    for here in countries:
        for there in countries:
            if here is not there:
                view = view_pair(here, there, renderer.dataset, words)
                names = {"here": here.name.text, "there": there.name.text}
                yield renderer.page(
                    "cross_border_pair.html.j2",
                    view.address,
                    title=words("cross_border.pair", **names),
                    description=words("cross_border.pair_lead", **names),
                    crumbs=(every,),
                    pair=view,
                )
