"""JSON Schemas of the files below `data/`, which text editors use to complete, explain and check.

They come from the models alone and lie in `docs/schema/`; a test holds the two equal.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from generator.authoring.yaml_text import flow
from generator.dataset import Kind
from generator.models.base import Source
from generator.models.countries import Country
from generator.models.knowledge import GoodPractice, LegalFramework, Resource, Situation, Term
from generator.models.organizations import Organization
from generator.models.reference import Edition, Interface, SearchWords, Taxonomy

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "docs/schema"
"""Where the schemas lie, relative to the project."""

_LANGUAGE_NAMES = {"en": "English", "fr": "French", "ar": "Arabic"}


class FileKind(NamedTuple):
    """What is in the files of one kind, and which files those are, relative to `data/`."""

    model: type[BaseModel]
    title: str
    files: str


FILE_KINDS: Mapping[Kind, FileKind] = {
    "countries": FileKind(Country, "A country", "countries/*.yaml"),
    "organizations": FileKind(Organization, "An organization", "organizations/*/*.yaml"),
    "glossary": FileKind(Term, "A term of the glossary", "glossary/*.yaml"),
    "legal_frameworks": FileKind(
        LegalFramework, "A law, treaty or strategy", "legal_frameworks/*/*.yaml"
    ),
    "good_practices": FileKind(GoodPractice, "A good practice", "good_practices/*.yaml"),
    "situations": FileKind(Situation, "A situation: what do I do now?", "situations/*.yaml"),
    "resources": FileKind(Resource, "A tool or training", "resources/*.yaml"),
    "sources": FileKind(Source, "A publication that records cite", "sources/*.yaml"),
    "taxonomies": FileKind(Taxonomy, "A list of terms", "taxonomies/*.yaml"),
    "interface": FileKind(Interface, "The site's words in one language", "interface/*.yaml"),
    "search": FileKind(SearchWords, "The words by which readers look", "search/*.yaml"),
    "edition": FileKind(Edition, "The edition of the data", "edition.yaml"),
}


def render_schemas(languages: Sequence[str]) -> dict[str, str]:
    """Return the schema files by name; texts are completed in these languages of the site."""
    return {
        f"{kind}.json": json.dumps(
            build_schema(kind, languages=languages), ensure_ascii=False, indent=1
        )
        + "\n"
        for kind in FILE_KINDS
    }


def build_schema(kind: Kind, *, languages: Sequence[str]) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the files of one kind."""
    file_kind = FILE_KINDS[kind]
    schema = _for_editors(
        file_kind.model.model_json_schema(mode="validation", schema_generator=_InOrder)
    )
    texts = schema.get("$defs", {}).get("LocalizedText")
    if texts:
        texts["title"] = "Text in several languages"
        (text,) = texts["patternProperties"].values()
        texts["properties"] = {
            code: {**text, "description": f"the text in {_LANGUAGE_NAMES.get(code, code)}"}
            for code in languages
        }
    return {
        "$schema": SCHEMA_DIALECT,
        "$comment": "Made from generator/models/ by `make golden`: change it there.",
        **schema,
        "title": file_kind.title,
    }


class _InOrder(GenerateJsonSchema):
    """Leaves examples as they are written: `{en: …, fr: …, ar: …}`, and not by the alphabet."""

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:
        """Return the schema as it is; `_for_editors` sorts what has no order of its own."""
        return value


def workspace_globs() -> dict[str, str]:
    """Return which files of the project each schema is for, as `yaml.schemas` of VS Code wants."""
    return {f"./{FOLDER}/{kind}.json": f"data/{FILE_KINDS[kind].files}" for kind in FILE_KINDS}


def _for_editors(node: Any, parent: str = "") -> Any:
    """Return a schema as editors need it: examples to read, choices to complete.

    Fields keep the order of their model; all else is sorted, so that the same bytes come out.
    """
    if isinstance(node, list):
        return [_for_editors(item) for item in node]
    if not isinstance(node, dict):
        return node
    cleaned = {
        key: _for_editors(value, key)
        for key, value in (node.items() if parent == "properties" else sorted(node.items()))
        # Editors write defaults out, and examples too: nobody's number or confirmation must get
        # into the data by completion, so examples are only told.
        if key not in ("discriminator", "examples")
        and not (key == "default" and _is_nothing(value))
    }
    if isinstance(examples := node.get("examples"), list):
        told = "\n\nExample: " + " or ".join(map(flow, examples))
        cleaned["description"] = cleaned.get("description", "") + told
    if "patternProperties" in cleaned:
        cleaned.setdefault("additionalProperties", False)
    if choices := node.get("discriminator"):
        # Of a wrong or missing `kind` all that are possible are told.
        cleaned |= {
            "type": "object",
            "required": [choices["propertyName"]],
            "properties": {choices["propertyName"]: {"enum": list(choices["mapping"])}},
        }
    return cleaned


def _is_nothing(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_is_nothing(inner) for inner in value.values())
    return value in (None, [], False)
