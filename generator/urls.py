"""Every address of the site. An address never changes once it is published.

Addresses are paths below the site's root and name the file itself (`en/dz/index.html`), so that
links work the same from a web server, under any sub-path, and from a folder without a server.
"""

from __future__ import annotations

import dataclasses
import posixpath

from generator.values.text import SOURCE_LANGUAGE


@dataclasses.dataclass(frozen=True, order=True)
class Address:
    """A file below the site's root, and a place in it."""

    path: str
    anchor: str = ""

    def at(self, anchor: str) -> Address:
        """Return the address of a place in the same page."""
        return Address(self.path, anchor)

    def public(self, site_url: str) -> str:
        """Return the address of the page where the site is published, without the file's name."""
        anchor = f"#{self.anchor}" if self.anchor else ""
        return site_url + self.path.removesuffix("index.html") + anchor

    def seen_from(self, page: str) -> str:
        """Return the relative link to here from a page, given by its path below the root."""
        fragment = f"#{self.anchor}" if self.anchor else ""
        if page == self.path and fragment:
            return fragment
        return posixpath.relpath(self.path, posixpath.dirname(page) or ".") + fragment


CALL_FIRST_ANCHOR = "call-first"
"""Where a country's page says whom to call first."""

ROOT = Address("index.html")
NOT_FOUND = Address("404.html")
CONTACTS_CSV = Address("downloads/contacts.csv")
ARCHIVE = Address("downloads/dalil-offline.zip")
SERVICE_WORKER = Address("sw.js")
OFFLINE_MANIFEST = Address("offline/manifest.json")
API_INDEX = Address("api/v1/index.json")
FEED = Address("updates.atom")
"""What changed, for programs that follow it, in the source language."""


def api_file(kind: str) -> Address:
    """Return where all records of a kind are published."""
    return Address(f"api/v1/{kind}.json")


def api_schema(kind: str) -> Address:
    """Return where the JSON Schema of such a file is published."""
    return Address(f"api/v1/schema/{kind}.json")


def asset(language: str, name: str) -> Address:
    """Return a style sheet, script or icon; each language's site carries its own."""
    return Address(f"{language}/assets/{name}")


def home(language: str) -> Address:
    """Return the page where a country is chosen."""
    return Address(f"{language}/index.html")


def country(language: str, code: str) -> Address:
    """Return the page of a country (ISO 3166-1 alpha-2)."""
    return Address(f"{language}/{code.lower()}/index.html")


def organization(language: str, code: str, identifier: str) -> Address:
    """Return the page of an organization in a country."""
    return Address(f"{language}/{code.lower()}/organizations/{identifier}/index.html")


def directory(language: str) -> Address:
    """Return the page of all services."""
    return Address(f"{language}/directory/index.html")


def situations(language: str) -> Address:
    """Return the list of situations."""
    return Address(f"{language}/situations/index.html")


def situation(language: str, identifier: str) -> Address:
    """Return the page of a situation, for any country."""
    return Address(f"{language}/situations/{identifier}/index.html")


def country_situation(language: str, code: str, identifier: str) -> Address:
    """Return the page of a situation with the numbers of one country."""
    return Address(f"{language}/{code.lower()}/situations/{identifier}/index.html")


def glossary(language: str) -> Address:
    """Return the list of all terms."""
    return Address(f"{language}/glossary/index.html")


def term(language: str, identifier: str) -> Address:
    """Return the page of a term."""
    return Address(f"{language}/glossary/{identifier}/index.html")


def law(language: str) -> Address:
    """Return the list of all legal frameworks."""
    return Address(f"{language}/law/index.html")


def jurisdiction(language: str, name: str) -> Address:
    """Return the page of the law of a country, of Africa or of all countries."""
    return Address(f"{language}/law/{name.lower()}/index.html")


def practices(language: str) -> Address:
    """Return the list of all good practices."""
    return Address(f"{language}/practices/index.html")


def practice(language: str, identifier: str) -> Address:
    """Return the page of a good practice."""
    return Address(f"{language}/practices/{identifier}/index.html")


def resources(language: str) -> Address:
    """Return the list of tools, trainings and sources."""
    return Address(f"{language}/resources/index.html")


def source(language: str, identifier: str) -> Address:
    """Return the page of a source."""
    return Address(f"{language}/resources/{identifier}/index.html")


def search(language: str) -> Address:
    """Return the page of the search; `?q=` behind it asks a question."""
    return Address(f"{language}/search/index.html")


def coverage(language: str) -> Address:
    """Return the table of who offers what, country by country."""
    return Address(f"{language}/coverage/index.html")


def translations(language: str) -> Address:
    """Return the page that tells what is translated and reviewed."""
    return Address(f"{language}/translations/index.html")


def prose(language: str, name: str) -> Address:
    """Return the page of an authored text, `content/<language>/<name>.md`."""
    return Address(f"{language}/{name}/index.html")


def need_anchor(identifier: str) -> str:
    """Return where a page speaks of a need."""
    return f"need-{identifier}"


def city_anchor(identifier: str) -> str:
    """Return where a page speaks of a city."""
    return f"city-{identifier}"


def place_anchor(identifier: str) -> str:
    """Return where the list under a map tells of a city."""
    return f"place-{identifier}"


def organization_anchor(identifier: str) -> str:
    """Return where a country's page shows all of an organization."""
    return f"organization-{identifier}"


def offline(language: str) -> Address:
    """Return the page that tells how to have the site without a network."""
    return Address(f"{language}/offline/index.html")


def helplines(code: str, language: str) -> Address:
    """Return the one file with the numbers and services of a country (ISO 3166-1 alpha-2)."""
    return Address(f"downloads/{code.lower()}/helplines-{language}.html")


def web_manifest(language: str) -> Address:
    """Return what a browser reads before it puts the site among the phone's apps."""
    return Address(f"{language}/manifest.webmanifest")


def cross_border(language: str) -> Address:
    """Return the page where the two sides of a border are chosen."""
    return Address(f"{language}/cross-border/index.html")


def cross_border_pair(language: str, here: str, there: str) -> Address:
    """Return whom to call on both sides for a child who is in one of two countries."""
    return Address(f"{language}/cross-border/{here.lower()}-{there.lower()}/index.html")


def guide(code: str, kind: str, language: str) -> Address:
    """Return a pocket guide of a country: `pocket`, `booklet`, `wallet` or `wallet-sheet`."""
    return Address(f"downloads/{code.lower()}/{kind}-{language}.pdf")


def contact_cards(code: str, language: str) -> Address:
    """Return the cards for address books of a country (ISO 3166-1 alpha-2)."""
    suffix = "" if language == SOURCE_LANGUAGE else f"-{language}"
    return Address(f"downloads/{code.lower()}/contacts{suffix}.vcf")


def regional_guide(kind: str, language: str) -> Address:
    """Return a pocket guide of the whole region: `glossary` or `situations`."""
    return Address(f"downloads/{kind}-{language}.pdf")


def picture(guide: Address) -> Address:
    """Return the picture of a guide's first page."""
    return Address(guide.path.removesuffix(".pdf") + ".png")


def downloads(language: str) -> Address:
    """Return the page of everything that can be taken along."""
    return Address(f"{language}/downloads/index.html")


def country_anchor(code: str) -> str:
    """Return where a page of several countries speaks of one (ISO 3166-1 alpha-2)."""
    return f"country-{code.lower()}"


def updates(language: str) -> Address:
    """Return the page of what changed, day by day."""
    return Address(f"{language}/updates/index.html")


def updates_feed(language: str) -> Address:
    """Return the Atom feed of what changed, in one language."""
    return Address(f"{language}/updates/updates.atom")


def country_feed(language: str, code: str) -> Address:
    """Return the Atom feed of what changed in a country (ISO 3166-1 alpha-2)."""
    return Address(f"{language}/{code.lower()}/updates.atom")
