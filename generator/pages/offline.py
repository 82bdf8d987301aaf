"""The page that tells how to have the site without a network, and a country in one file."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
from collections.abc import Iterator, Mapping

from markupsafe import Markup

from generator import urls
from generator.offline import EVERYTHING, country_group
from generator.outputs import OutputFile
from generator.pages.rendering import Page, Renderer
from generator.urls import Address
from generator.values.dates import months_later
from generator.views.channels import HELPLINE_MONTHS
from generator.views.countries import CountryView, view_country
from generator.views.maps import view_country_map
from generator.views.situations import order_situations, view_situation


@dataclasses.dataclass(frozen=True)
class OfflineCountry:
    """A country on the page: what keeps it, and the file that has all of it."""

    name: str
    group: str
    file: Address


@dataclasses.dataclass(frozen=True)
class Look:
    """What a file needs that needs no other: the style sheet, the script and the icons by name."""

    style: str
    script: str
    icons: Mapping[str, str]


def render_offline_page(renderer: Renderer, countries: list[CountryView]) -> Page:
    """Return the page that tells how to have the site without a network."""
    words, language = renderer.words, renderer.language
    return renderer.page(
        "offline.html.j2",
        urls.offline(language),
        title=words("offline.title"),
        description=words("offline.lead"),
        everything=EVERYTHING,
        archive=urls.ARCHIVE,
        downloads=urls.downloads(language),
        countries=[
            OfflineCountry(
                country.name.text,
                country_group(country.code),
                urls.helplines(country.code, language),
            )
            for country in countries
        ],
    )


def render_helplines(renderer: Renderer, look: Look) -> Iterator[OutputFile]:
    """Yield the file of each country in the language of the renderer.

    Raises `ValueError` for data without an edition.
    """
    dataset, words, language = renderer.dataset, renderer.words, renderer.language
    if dataset.edition is None:
        raise ValueError("a file needs an edition; check the data before building")
    script = look.script
    for code, record in dataset.countries.items():
        country = view_country(record, dataset, words)
        address = urls.helplines(code, language)
        style = look.style + _filter_rules(country)
        content = renderer.render(
            "helplines.html.j2",
            address,
            country=country,
            map=view_country_map(country, dataset, words),
            situations=[
                view_situation(situation, country, dataset, words)
                for situation in order_situations(dataset)
            ],
            edition=dataset.edition,
            date=dataset.date,
            edition_date=words.date(dataset.date),
            discard=words.date(months_later(dataset.date, HELPLINE_MONTHS)),
        )
        html = renderer.document(
            "single_file.html.j2",
            address,
            title=country.name.text,
            content=Markup(content),  # noqa: S704  made by our own template
            style=Markup(style),  # noqa: S704  our own style sheet
            style_hash=_policy_hash(style),
            script=Markup(script),  # noqa: S704  our own script
            script_hash=_policy_hash(script),
            icons={name: Markup(icon) for name, icon in look.icons.items()},  # noqa: S704
        )
        title = words("helplines.title", country=country.name.text)
        yield OutputFile(address, html.encode(), "text/html", title)


def _filter_rules(country: CountryView) -> str:
    """Return the styles that show only who answers the need that is chosen: it takes no script."""
    rules = [
        f"body:has(#{group.anchor}:checked) .card[id]:not(.answers-{group.id}){{display:none}}"
        for group in country.needs
    ]
    return "\n".join(rules)


def _policy_hash(content: str) -> str:
    """Return how a Content-Security-Policy names a style or script that stands in the page."""
    digest = hashlib.sha256(content.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
