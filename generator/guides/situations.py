"""What guides say of a situation: what to do first, what never to do, and whom to call."""

from __future__ import annotations

from generator.guides.plain import (
    Plain,
    plain_action,
    plain_places,
    plain_sources,
    say,
    see_places,
    short_name,
)
from generator.views.organizations import Row
from generator.views.situations import SituationView
from generator.words import Words


def plain_situation(situation: SituationView, words: Words) -> Plain:
    """Return a situation, with whom to call where it is that of a country."""
    return {
        "id": situation.id,
        "title": say(situation.title, words),
        "summary": say(situation.summary, words),
        "signs": [
            {
                "title": say(title, words),
                "statements": [say(statement.text, words) for statement in statements],
            }
            for title, statements in situation.signs
        ],
        "limits": [
            {"within": say(limit.within, words), "what": say(limit.what, words)}
            for limit in situation.time_limits
        ],
        "first_steps": [say(statement.text, words) for statement in situation.first_steps],
        "never_do": [say(statement.text, words) for statement in situation.never_do],
        "calls": [
            {
                "types": [say(name, words) for name in step.types],
                "ask": say(step.ask, words),
                "rows": [_plain_row(row, words) for row in step.rows],
                "more": [words("situation.all_for", need=link.text) for link in step.more],
                "nobody": (
                    words("situation.nobody", country=situation.country.name.text)
                    if situation.country and not step.rows
                    else None
                ),
            }
            for step in situation.steps
        ],
        "sources": plain_sources(situation.sources, words),
    }


def _plain_row(row: Row, words: Words) -> Plain:
    """Return an organization that a step names, with the numbers that it may be called by."""
    return {
        "id": row.organization.anchor,
        "name": short_name(row.organization, words),
        "reach": row.organization.reach,
        "actions": [
            plain_action(channel.main_action) for channel in row.main if channel.main_action
        ],
        "facts": [fact for channel in row.main for fact in channel.facts],
        "places": plain_places(row, words),
        "see": see_places(row, words),
        "none": (
            words("channel.none_works")
            if row.organization.channels and not row.organization.is_reachable
            else None
        ),
    }
