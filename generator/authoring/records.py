"""New records as text with comments that say what else can be filled in, and services put in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.authoring.answers import RefusedError
from generator.authoring.schemas import FILE_KINDS
from generator.authoring.yaml_text import commented, field, item, items
from generator.dataset import Kind
from generator.yaml_source import SourceFile, parse_yaml

Draft = Mapping[str, Any]
"""A record as plain data: the fields that are known so far, lists as tuples."""

_HEAD = """\
# What each field means: docs/data-dictionary.md. Lines that begin with # are not read: take away
# the "# " before what you need, and write what the source says. Leave out what it does not say.
# Texts in other languages stand beside the first: {en: …, fr: …, ar: …}
"""

# What stands in these examples is refused until somebody replaces it, where a rule can tell: no
# made-up number or confirmation gets into the data.
_SERVICE_HINTS = {
    "description": 'description: {en: "…"}\n',
    "eligibility_description": 'eligibility_description: {en: "who can get it"}\n',
    "locations": "locations: [identifier-of-a-location]  # absent: wherever it works\n",
}
_CHANNEL_HINTS = {
    "label": 'label: {en: "what it is for"}\n',
    "schedule": "schedule:\n"
    '  - {days: [MO, TU, WE, TH, FR], opens_at: "HH:MM", closes_at: "HH:MM"}\n',
    "languages": "languages: [ar, fr]\n",
    "note": 'note: {en: "what else to know before using it"}\n',
    "confirmed": 'confirmed: {assured_date: "YYYY-MM-DD", method: phone, assurer: "who, '
    'no private person"}  # phone, email or visit\n',
    "doubtful": 'doubtful: {reason: {en: "why it can\'t be right: it is shown, never called"}}\n',
}
_NEW_CHANNELS = """\
- id: hotline
  kind: short_code  # two to six digits, dialled as they stand
  number: "…"
  country: {country}
  nationwide: true
  published: {{source: {source}}}
- id: office
  kind: phone
  number: "…"
  country: {country}
  location: city  # the id of a location above; or nationwide: true
  published: {{source: {source}}}
- id: email
  kind: email
  address: "…"
  nationwide: true
  published: {{source: {source}}}
- id: form
  kind: web
  url: "https://…"
  nationwide: true
  published: {{source: {source}}}
"""
_NEW_LOCATIONS = """\
- id: city
  place: "…"  # a line of data/places.csv
- id: refuge
  name: {en: "…"}
  precision: hidden  # city (if absent), exact, region or hidden: then no output shows it
"""
_HINTS: Mapping[Kind, Mapping[str, str]] = {
    "organizations": {
        "official_language": "official_language: fr  # if `name` is the official one in it\n",
        "abbreviation": 'abbreviation: {en: "…"}\n',
        "description": 'description: {en: "what it does, in a sentence"}\n',
        "partners": 'partners: {en: "with whose support"}\n',
        "website": 'website: "https://…"\n',
    },
    "glossary": {
        "abbreviation": 'abbreviation: {en: "…"}\n',
        "also": 'also:  # other forms in prose: plurals, synonyms\n  en: ["…"]\n',
        "see_also": "see_also: [identifier-of-a-term]\n",
    },
    "good_practices": {
        "objectives": "objectives: [identifier]  # of data/taxonomies/gcm-objectives.yaml\n",
        "principles": "principles: [identifier]  # of data/taxonomies/gcm-principles.yaml\n",
        "sdgs": "sdgs: [identifier]  # of data/taxonomies/sdgs.yaml\n",
        "types": "types: [identifier]  # of data/taxonomies/practice-types.yaml\n",
        "starts": 'starts: "YYYY"  # or "YYYY-MM", "YYYY-MM-DD"\n',
        "ends": 'ends: "YYYY"\n',
        "countries": "countries: [XX]\n",
        "regions": 'regions: {en: "North Africa"}\n',
        "implementing_organizations": 'implementing_organizations:\n  - "…"\n',
        "partner_organizations": 'partner_organizations:\n  - "…"\n',
        "benefit_and_impact": 'benefit_and_impact: {en: "…"}\n',
        "key_lessons": 'key_lessons:\n  - {en: "…"}\n',
        "recommendations": 'recommendations:\n  - {en: "…"}\n',
        "innovation": 'innovation: {en: "…"}\n',
        "url": 'url: "https://…"\n',
    },
    "countries": {
        "call_first": "call_first:  # nationwide phone numbers or short codes, in order\n"
        "  - {organization: identifier, channel: identifier}\n",
        "gaps": "gaps: [identifier]  # service types that nobody is known to offer here\n",
        "profile": "profile:  # each statement with its source\n"
        + "".join(
            f'  {section}:\n    - text: {{en: "…"}}\n'
            '      sources: [{source: identifier, pages: "…"}]\n'
            for section in (
                "context",
                "child_protection_system",
                "best_interests_procedure",
                "guardianship",
                "alternative_care",
                "sustainable_solutions",
            )
        ),
    },
}


def render_record(kind: Kind, draft: Draft, *, schema: str | None) -> str:
    """Return the text of a new file; `schema` is the path to its schema as seen from it."""
    head = f"# yaml-language-server: $schema={schema}\n" if schema else ""
    lines = [head, _HEAD]
    for name in FILE_KINDS[kind].model.model_fields:
        if name in ("services", "locations", "channels"):
            lines.append(_render_list(name, draft))
        elif name == "sources":
            lines.append("sources:\n" + "".join(item_line(one) for one in draft["sources"]))
        elif name in draft:
            lines.append(field(name, draft[name]))
        elif name in _HINTS[kind]:
            lines.append(commented(_HINTS[kind][name]))
    text = "".join(lines)
    _check_read_back(text, draft)
    return text


def render_service(service: Draft) -> str:
    """Return the lines of a service, without indentation and with what else can be filled in."""
    return _with_hints(service, _SERVICE_HINTS)


def item_line(value: Draft) -> str:
    """Return an item of a list in one line, such as a source."""
    return "  - " + field("x", value).removeprefix("x: ") if value else ""


def insert_service(text: str, service: Draft, *, shown_path: str) -> str:
    """Return the text of an organization's file with one more service after the last.

    All other lines stay as they are. Raises `RefusedError` where the list can't be added to.
    """
    file, problems = parse_yaml(text.removeprefix("\ufeff"), shown_path)
    if problems or not isinstance(file.data, dict) or not file.data.get("services"):
        raise RefusedError(f"{shown_path} can't be read", "run `dalil check` and mend it first")
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text)
    first_line, first_column = file.values["services", 0]
    before = lines[first_line - 1][: first_column - 1]
    if before.strip() != "-":
        raise RefusedError(
            f"the services in {shown_path} stand in one line",
            "write each on a line of its own that begins with `- `, and try again",
        )
    last = _last_line_of_services(file, lines)
    line_end = "\r\n" if "\r\n" in text else "\n"
    added = item(render_service(service), indent=before.index("-")).replace("\n", line_end)
    if not lines[last].endswith(("\r", "\n")):
        added = line_end + added.removesuffix(line_end)
    result = "".join([*lines[: last + 1], added, *lines[last + 1 :]])
    data = {**file.data, "services": (*file.data["services"], dict(service))}
    _check_read_back(result.removeprefix("\ufeff"), data)
    return result


def _last_line_of_services(file: SourceFile, lines: list[str]) -> int:
    """Return the index of the last line that belongs to the services.

    Comments at the margin that follow them belong to the next field.
    """
    begins = file.keys["services",][0]
    others = [line for path, (line, _) in file.keys.items() if len(path) == 1 and line > begins]
    end = min(others, default=len(lines) + 1) - 1
    outside = ("#", "...")
    return max(
        index
        for index in range(begins, end)
        if lines[index].strip() and not lines[index].startswith(outside)
    )


def _render_list(name: str, draft: Draft) -> str:
    given = draft.get(name, ())
    if name == "services":
        return items("services", [render_service(service) for service in given])
    if name == "channels" and given:
        return items("channels", [_with_hints(channel, _CHANNEL_HINTS) for channel in given])
    if given:
        return items("locations", ["".join(field(*pair) for pair in one.items()) for one in given])
    template = _NEW_LOCATIONS
    if name == "channels":
        source = draft["sources"][0]["source"]
        template = _NEW_CHANNELS.format(country=draft["country"], source=source)
    indented = "".join(f"  {line}\n" for line in template.splitlines())
    return commented(f"{name}:\n{indented}")


def _with_hints(fields: Draft, hints: Mapping[str, str]) -> str:
    known = "".join(field(name, value) for name, value in fields.items())
    return known + "".join(commented(hint) for name, hint in hints.items() if name not in fields)


def _check_read_back(text: str, data: Draft) -> None:
    file, problems = parse_yaml(text, "")
    if problems or file.data != data:
        raise AssertionError(f"what was written reads otherwise: {problems or file.data}")
