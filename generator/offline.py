"""What makes the site work without a network: the service worker, its manifest, and the folder.

The manifest lists every file that can be kept with its hash, and groups of them: the core of each
language, which is kept after one visit, each country, and everything.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping

from jinja2 import Environment

from generator import urls
from generator.dataset import Dataset
from generator.models.reference import Edition
from generator.outputs import OutputFile
from generator.values.text import SOURCE_LANGUAGE
from generator.words import Words

EVERYTHING = "all"
"""The group of all files that readers use."""

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def core_group(language: str) -> str:
    """Return the name of what is kept of a language by itself."""
    return f"core-{language}"


def country_group(code: str) -> str:
    """Return the name of what can be kept of a country (ISO 3166-1 alpha-2)."""
    return f"country-{code.lower()}"


def render_web_manifest(words: Words, *, version: str) -> str:
    """Return what a browser reads before it puts the site among the phone's apps (W3C, JSON).

    `version` is that of the scripts and styles of the language.
    """
    icon = {"src": f"assets/icon.svg?v={version}", "sizes": "any", "type": "image/svg+xml"}
    manifest = {
        "name": words.labelled(words("site.name"), words("site.tagline")),
        "short_name": words("site.name"),
        "lang": words.language,
        "dir": words.direction,
        "start_url": "index.html",
        "scope": "../",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#0b5563",
        "icons": [icon],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def render_manifest(
    files: Mapping[str, bytes], dataset: Dataset, *, versions: Mapping[str, str]
) -> bytes:
    """Return the list of all files below the site's root that can be kept, as JSON.

    `files` are the site's files by path; `versions` are those of the scripts and styles of each
    language, which stand behind their addresses. `files` in the result tells hash (SHA-256) and
    size (bytes) of each; `groups` number the files in that order.
    """
    assert dataset.edition is not None
    addresses = {
        _versioned(path, versions): path for path in sorted(files) if _is_for_readers(path)
    }
    paths = list(addresses)
    languages, codes = dataset.languages, list(dataset.countries)
    groups = {
        **{core_group(one): _numbers(paths, _core_pattern(one, codes)) for one in languages},
        **{country_group(code): _numbers(paths, _country_pattern(code)) for code in codes},
        EVERYTHING: list(range(len(paths))),
    }
    manifest = {
        "edition": dataset.edition.version,
        "date": dataset.date,
        "files": {
            address: [hashlib.sha256(files[path]).hexdigest(), len(files[path])]
            for address, path in addresses.items()
        },
        "groups": groups,
    }
    return json.dumps(manifest, ensure_ascii=False, separators=(",", ":")).encode()


def measure_core(manifest: bytes, files: Mapping[str, bytes], language: str) -> int:
    """Return how many bytes the core of a language takes to load, compressed as servers do."""
    listed = json.loads(manifest)
    paths = list(listed["files"])
    core = [paths[number].partition("?")[0] for number in listed["groups"][core_group(language)]]
    return sum(len(gzip.compress(files[path])) for path in core)


def render_service_worker(manifest: bytes, environment: Environment) -> bytes:
    """Return the service worker of the site that the manifest describes."""
    version = hashlib.sha256(manifest).hexdigest()
    return environment.get_template("service-worker.js.j2").render(version=version).encode()


def render_archive(files: Mapping[str, bytes], edition: Edition) -> OutputFile:
    """Return the site as a folder to unpack. The same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"dalil-{edition.version}/{path}", _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    title = "The whole site as a folder, to open without a server"
    return OutputFile(urls.ARCHIVE, buffer.getvalue(), "application/zip", title)


def _is_for_readers(path: str) -> bool:
    """Tell whether a reader may come to a file; the rest is for programs."""
    is_for_programs = path.startswith("api/") or path.endswith(".atom")
    return not is_for_programs and path not in (urls.ARCHIVE.path, urls.NOT_FOUND.path)


def _versioned(path: str, versions: Mapping[str, str]) -> str:
    language, _, rest = path.partition("/")
    return f"{path}?v={versions[language]}" if rest.startswith("assets/") else path


def _numbers(paths: Iterable[str], pattern: re.Pattern[str]) -> list[int]:
    return [number for number, path in enumerate(paths) if pattern.match(path)]


def _core_pattern(language: str, codes: Iterable[str]) -> re.Pattern[str]:
    """Match home, countries, situations, glossary, search, and what they look like.

    The page above all languages looks like those of the source language.
    """
    countries = "|".join(code.lower() for code in codes)
    return re.compile(
        rf"index\.html$|{SOURCE_LANGUAGE}/assets/(dalil\.css|root\.js|icon\.svg)\?"
        rf"|{language}/(index\.html$|manifest\.webmanifest$|assets/|situations/|glossary/|search/|offline/"
        rf"|({countries})/(index\.html$|situations/))"
    )


def _country_pattern(code: str) -> re.Pattern[str]:
    """Match the pages of a country in all languages, its law and borders, its files, the look."""
    country = code.lower()
    return re.compile(
        rf"[a-z-]+/({country}/|law/{country}/|cross-border/(index|{country}-)|assets/)|downloads/{country}/"
    )
