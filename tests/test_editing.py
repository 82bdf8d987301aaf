"""What helps editors: schemas for their text editors, new records, checks while they write."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from generator.authoring.schemas import FILE_KINDS, FOLDER, render_schemas, workspace_globs
from generator.dataset import Kind
from generator.yaml_source import load_yaml
from tests.conftest import ROOT

LANGUAGES = ("en", "fr", "ar")


def schema_of(kind: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(render_schemas(LANGUAGES)[f"{kind}.json"])
    return schema


def data_files(data_dir: Path) -> Iterator[tuple[str, Path]]:
    for kind, file_kind in FILE_KINDS.items():
        for path in sorted(data_dir.glob(file_kind.files)):
            yield kind, path


def schema_mistakes(schema: dict[str, Any], path: Path) -> list[str]:
    # As JSON, since schemas know lists and not tuples.
    data = json.loads(json.dumps(load_yaml(path, path.name)[0].data))
    errors = Draft202012Validator(schema).iter_errors(data)
    return sorted({place for error in errors for place in places_of(error)})


def places_of(error: ValidationError) -> Iterator[str]:
    """Yield where a mistake stands; in one of several kinds, by the kind that the data names."""
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.schema_path[0], []).append(inner)
    meant = [
        inners
        for inners in branches.values()
        if not any(
            list(inner.path) == ["kind"] or "null" in str(inner.validator_value) for inner in inners
        )
    ]
    if len(meant) == 1:
        for inner in meant[0]:
            yield from places_of(inner)
    else:
        yield "/".join(map(str, error.absolute_path))


def test_golden_committed_schemas_are_those_of_the_models(request: pytest.FixtureRequest) -> None:
    folder = ROOT / FOLDER
    assert {path.stem for path in (ROOT / "data/interface").iterdir()} == set(LANGUAGES)
    rendered = render_schemas(LANGUAGES)
    if request.config.getoption("--renew-golden"):
        for name, text in rendered.items():
            (folder / name).write_text(text, encoding="utf-8")
    committed = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert rendered == committed


def test_every_kind_of_yaml_file_has_a_schema() -> None:
    assert set(FILE_KINDS) == set(get_args(Kind)) - {"places"}
    assert {path for _, path in data_files(ROOT / "data")} == set((ROOT / "data").rglob("*.yaml"))


def test_schemas_are_json_schema_2020_12() -> None:
    for kind in FILE_KINDS:
        schema = schema_of(kind)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        Draft202012Validator.check_schema(schema)


def test_every_good_file_is_valid_by_its_schema() -> None:
    schemas = {kind: schema_of(kind) for kind in FILE_KINDS}
    found = [
        (path.name, mistakes)
        for folder in ("data", "tests/good")
        for kind, path in data_files(ROOT / folder)
        if (mistakes := schema_mistakes(schemas[kind], path))
    ]
    assert found == []


def objects(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from {"": schema, **schema.get("$defs", {})}.items()


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_every_field_says_in_words_what_it_is(kind: str) -> None:
    for name, definition in objects(schema_of(kind)):
        for field, told in definition.get("properties", {}).items():
            assert told.get("description"), (name, field)
            if name != "LocalizedText":
                assert told.get("title") or "$ref" in told or "anyOf" in told, (name, field)


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_every_text_and_number_has_an_example_or_a_closed_list(kind: str) -> None:
    for name, definition in objects(schema_of(kind)):
        for field, told in definition.get("properties", {}).items():
            forms = told.get("anyOf", [told])
            is_free = any(
                form.get("type") in ("string", "integer", "number")
                and "enum" not in form
                and "const" not in form
                for form in forms
            )
            if is_free and name != "LocalizedText" and field != "language":
                assert "\n\nExample: " in told["description"] or "Example: " in str(forms), (
                    name,
                    field,
                )


def test_editors_are_given_no_example_that_they_would_write_out() -> None:
    for name, text in render_schemas(LANGUAGES).items():
        assert '"examples"' not in text, name
        assert '"default": null' not in text, name


def test_fields_that_nobody_knows_are_refused_everywhere() -> None:
    for kind in FILE_KINDS:
        for name, definition in objects(schema_of(kind)):
            if definition.get("type") == "object":
                assert definition["additionalProperties"] is False, (kind, name)


def test_the_schema_flags_the_mistakes_that_a_schema_can_tell() -> None:
    schemas = {kind: schema_of(kind) for kind in FILE_KINDS}
    broken = ROOT / "tests/broken"
    found = {
        path.relative_to(broken).as_posix(): mistakes
        for kind, path in data_files(broken)
        if (mistakes := schema_mistakes(schemas[kind], path))
    }
    assert found == {
        "countries/ALG.yaml": [
            "id",
            "name/xx",
            "profile/context",
            "profile/guardianship/0/sources",
            "profile/guardianship/0/text",
        ],
        "organizations/DZ/numbers.yaml": [
            "channels/10/address",
            "channels/11/url",
            "channels/14",
            "channels/14/kind",
            "channels/15",
            "channels/18",
            "channels/18/nationwide",
            "channels/19",
            "channels/20",
            "channels/21",
            "channels/6/number",
            "channels/8/number",
            "channels/9/country",
            "kind",
        ],
        "organizations/DZ/parts.yaml": [
            "",
            "locations/1/latitude",
            "services/0",
            "services/1/types",
            "services/2",
            "sources",
            "website",
        ],
        "organizations/TN/bomb.yaml": [""],
        "organizations/TN/broken-yaml.yaml": [""],
        "organizations/TN/empty.yaml": [""],
        "organizations/TN/latin.yaml": [""],
        "glossary/a-term.yaml": ["themes/0"],
        "legal_frameworks/TN/law.yaml": ["kind", "year"],
        "interface/fr.yaml": ["direction"],
        "search/fr.yaml": ["keywords"],
    }


def channel_mistakes(**fields: Any) -> list[str]:
    schema = schema_of("organizations")
    schema = {"$defs": schema["$defs"], **schema["properties"]["channels"]["items"]}
    return [error.message for error in Draft202012Validator(schema).iter_errors(fields)]


def test_a_channel_of_no_known_kind_is_told_which_kinds_there_are() -> None:
    assert "'fax' is not one of ['email', 'phone', 'short_code', 'web']" in channel_mistakes(
        id="x", kind="fax", number="1"
    )
    assert channel_mistakes(id="x", kind="short_code", number="1111", country="DZ") == []


def test_workspace_settings_give_each_data_file_the_schema_of_its_kind() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"] == workspace_globs()
    assert settings["yaml.format.enable"] is False
    for schema in settings["yaml.schemas"]:
        assert (ROOT / schema).is_file()
    for kind, path in data_files(ROOT / "data"):
        relative = path.relative_to(ROOT).as_posix()
        fitting = [s for s, glob in settings["yaml.schemas"].items() if fnmatch(relative, glob)]
        assert fitting == [f"./{FOLDER}/{kind}.json"]
    recommended = json.loads((ROOT / ".vscode/extensions.json").read_text(encoding="utf-8"))
    assert recommended == {"recommendations": ["redhat.vscode-yaml"]}
