"""The page of what changed, day by day."""

from __future__ import annotations

import itertools

from generator import urls
from generator.pages.rendering import Page, Renderer
from generator.views.frame import list_feeds
from generator.views.updates import view_updates


def render_updates_page(renderer: Renderer) -> Page:
    """Return the page of all updates, newest first, and of the feeds that tell them."""
    dataset, words = renderer.dataset, renderer.words
    updates = view_updates(renderer.days, dataset, words)
    days = [
        (day, words.date(day), list(group))
        for day, group in itertools.groupby(updates, key=lambda update: update.day)
    ]
    return renderer.page(
        "updates.html.j2",
        urls.updates(renderer.language),
        title=words("update.title"),
        description=words("update.lead"),
        days=days,
        feeds=[feed for _, feed in list_feeds(dataset, words)],
    )
