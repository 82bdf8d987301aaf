"""Atom feeds (RFC 4287) of what changed: all, for each language, for each country in each."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from generator import urls
from generator.dataset import Dataset
from generator.outputs import OutputFile
from generator.urls import Address
from generator.values.text import SOURCE_LANGUAGE
from generator.views.updates import DayOfChanges, Update, view_updates
from generator.words import Words, words_for

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://www.rfc-editor.org/rfc/rfc4287#dalil")
"""Under which identifiers are made; it never changes, or programs would tell everything again."""


def render_feeds(
    dataset: Dataset, days: Sequence[DayOfChanges], *, site_url: str | None
) -> list[OutputFile]:
    """Return all feeds. Their links are absolute where the site's public address is known."""
    files = []
    for language in dataset.languages:
        words = words_for(dataset, language)
        everything = view_updates(days, dataset, words)
        addresses = [urls.updates_feed(language)]
        if language == SOURCE_LANGUAGE:
            addresses.append(urls.FEED)
        title = words.labelled(words("site.name"), words("update.title"))
        for address in addresses:
            feed = _Feed(address, urls.updates(language), title, dataset, words, site_url)
            files.append(feed.render(everything))
        for code, country in dataset.countries.items():
            address = urls.country_feed(language, code)
            here = country.name.in_language(language).text
            name = words("name.in_country", name=title, country=here)
            feed = _Feed(address, urls.country(language, code), name, dataset, words, site_url)
            files.append(feed.render(view_updates(days, dataset, words, country=code)))
    return files


class _Feed:
    """One feed: where it stands, and the page that it belongs to."""

    def __init__(
        self,
        address: Address,
        page: Address,
        title: str,
        dataset: Dataset,
        words: Words,
        site_url: str | None,
    ) -> None:
        assert dataset.edition is not None
        self.address = address
        self.page = page
        self.title = title
        self.edition = dataset.edition
        self.date = dataset.date
        self.words = words
        self.site_url = site_url

    def render(self, updates: Sequence[Update]) -> OutputFile:
        """Return the feed with its entries, newest first."""
        root = ET.Element(
            "feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": self.words.language}
        )
        _add(root, "id", _identify("feed", self.address.path))
        _add(root, "title", self.title)
        _add(root, "updated", updates[0].moment if updates else f"{self.date}T00:00:00Z")
        _add(_add(root, "author"), "name", self.edition.publisher)
        _add(root, "rights", self.words("footer.licence", licence=self.edition.licence))
        self._add_link(root, "self", self.address, media_type="application/atom+xml")
        self._add_link(root, "alternate", self.page, media_type="text/html")
        for update in updates:
            self._add_entry(root, update)
        ET.indent(root, " ")
        content = ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
        return OutputFile(
            self.address, content, "application/atom+xml", f"What changed, as a feed: {self.title}"
        )

    def _add_entry(self, root: ET.Element, update: Update) -> None:
        language = self.words.language
        entry = _add(root, "entry")
        # The same update has the same identifier in each feed of a language.
        scope = "" if update.key else update.country or ""
        name = f"{update.kind}/{update.key}"
        _add(entry, "id", _identify("entry", language, update.day, name, scope))
        title = update.name
        if update.place:
            title = self.words("name.in_country", name=title, country=update.place)
        _add(entry, "title", title)
        _add(entry, "updated", update.moment)
        target = update.address or urls.updates(language).at(f"day-{update.day}")
        self._add_link(entry, "alternate", target, media_type="text/html")
        if update.country:
            _add(entry, "category").set("term", update.country)
        content = _add(entry, "content")
        content.set("type", "xhtml")
        division = _add(content, "div")
        division.set("xmlns", "http://www.w3.org/1999/xhtml")
        division.set("dir", self.words.direction)
        lines = _add(division, "ul")
        for line in update.lines:
            _add(lines, "li", line)

    def _add_link(
        self, parent: ET.Element, relation: str, target: Address, *, media_type: str
    ) -> None:
        link = _add(parent, "link")
        link.set("rel", relation)
        link.set("type", media_type)
        link.set("href", self._href(target))

    def _href(self, target: Address) -> str:
        if self.site_url is None:
            return target.seen_from(self.address.path)
        return target.public(self.site_url)


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = text
    return element


def _identify(*parts: str) -> str:
    return uuid.uuid5(_NAMESPACE, "\n".join(parts)).urn
