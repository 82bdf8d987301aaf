"""What helps editors: schemas for their text editors, new records, checks while they write."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, cast, get_args
from unittest import mock

import click
import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from generator.authoring.answers import RefusedError
from generator.authoring.records import insert_service
from generator.authoring.schemas import FILE_KINDS, FOLDER, render_schemas, workspace_globs
from generator.authoring.yaml_text import field
from generator.cli import main
from generator.cli.watching import (
    Snapshot,
    check_again_and_again,
    take_snapshot,
    tell_difference,
)
from generator.dataset import Kind
from generator.loading import load_dataset
from generator.models.channels import PhoneChannel
from generator.problems import Position, Problem, has_errors
from generator.validation import validate_record
from generator.yaml_source import load_yaml, parse_yaml
from tests.conftest import ROOT, copy_good_data, load_good

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
        for name_of_field, told in definition.get("properties", {}).items():
            assert told.get("description"), (name, name_of_field)
            if name != "LocalizedText":
                assert told.get("title") or "$ref" in told or "anyOf" in told, (name, name_of_field)


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_every_text_and_number_has_an_example_or_a_closed_list(kind: str) -> None:
    for name, definition in objects(schema_of(kind)):
        for name_of_field, told in definition.get("properties", {}).items():
            forms = told.get("anyOf", [told])
            is_free = any(
                form.get("type") in ("string", "integer", "number")
                and "enum" not in form
                and "const" not in form
                for form in forms
            )
            if is_free and name != "LocalizedText" and name_of_field != "language":
                # Editors show what stands above alternatives, and not what stands in them.
                assert "\n\nExample: " in told["description"], (name, name_of_field)


def test_examples_stand_in_the_order_in_which_they_are_written() -> None:
    fields = schema_of("organizations")["$defs"]["PhoneChannel"]["properties"]
    assert fields["confirmed"]["description"] == (
        "the last time somebody tried it\n\n"
        'Example: {assured_date: "2026-10-02", method: phone, assurer: UNHCR Libya}'
    )
    name = schema_of("countries")["properties"]["name"]["description"]
    assert name.endswith("Example: {en: Algeria, fr: Algérie, ar: الجزائر}")


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
        "organizations/TN/Upper.yaml": [""],
        "organizations/TN/bomb.yaml": [""],
        "organizations/TN/deep.yaml": [""],
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
    assert "'fax' is not one of ['phone', 'short_code', 'email', 'web']" in channel_mistakes(
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


def test_data_files_name_the_schema_of_their_kind_for_other_editors() -> None:
    named = 0
    for kind, path in data_files(ROOT / "data"):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        # Whoever writes a file in a browser may leave the line out.
        if first.startswith("# yaml-language-server: $schema="):
            schema = path.parent / first.partition("=")[2]
            assert schema.resolve() == ROOT / FOLDER / f"{kind}.json"
            named += 1
    assert named > 300


# dalil new


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own with the good data and the committed schemas."""
    copy_good_data(tmp_path / "data")
    shutil.copytree(ROOT / FOLDER, tmp_path / FOLDER)
    (tmp_path / "mkdocs.yml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, answers: Sequence[str] | None = None) -> Result:
    """Run `dalil new`; with answers, as if somebody sat at a terminal."""
    with mock.patch("generator.cli.dialogue.is_terminal", lambda: answers is not None):
        typed = "".join(f"{answer}\n" for answer in answers or ())
        return CliRunner().invoke(main, ["new", *arguments], input=typed)


ORGANIZATION = {
    "--country": "tunisia",
    "--name": "Red: Crescent #1",
    "--kind": "red_cross_red_crescent",
    "--source": "report-2025",
    "--pages": "7",
    "--service-name": "Care",
    "--service-type": "case-management",
}


def options(given: dict[str, str], **more: str) -> list[str]:
    named = given | {f"--{key.replace('_', '-')}": value for key, value in more.items()}
    return [part for pair in named.items() for part in pair]


def new_organization(**more: str) -> Result:
    return run("organization", *options(ORGANIZATION, **more))


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_organization_is_a_correct_file_with_comments(project: Path) -> None:
    result = new_organization(short_code="1899", reach="nationwide")
    assert result.exit_code == 0, result.output
    path = project / "data/organizations/TN/red-crescent-1.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == ("# yaml-language-server: $schema=../../../docs/schema/organizations.json")
    assert [line for line in lines if not line.lstrip().startswith("#")] == [
        "id: red-crescent-1",
        "country: TN",
        'name: {en: "Red: Crescent #1"}',
        "kind: red_cross_red_crescent",
        "sources:",
        '  - {source: report-2025, pages: "7"}',
        "services:",
        "  - id: care",
        "    name: {en: Care}",
        "    types: [case-management]",
        "channels:",
        "  - id: short-code",
        "    kind: short_code",
        '    number: "1899"',
        "    country: TN",
        "    nationwide: true",
        '    published: {source: report-2025, pages: "7"}',
    ]
    for hint in ("# official_language:", "    # confirmed:", "    # doubtful:", "# locations:"):
        assert any(line.startswith(hint) for line in lines), hint
    assert (lines[0].partition("=")[2]) and (path.parent / lines[0].partition("=")[2]).is_file()
    assert "wrote data/organizations/TN/red-crescent-1.yaml" in result.output
    assert load_good(project / "data").organizations["TN/red-crescent-1"]


def test_a_contact_of_a_city_gets_its_location(project: Path) -> None:
    assert new_organization(phone="+216 54 006 965", reach="Tunis").exit_code == 0
    made = load_good(project / "data").organizations["TN/red-crescent-1"]
    assert [(one.id, one.place) for one in made.locations] == [("tunis", "tunis")]
    assert made.channels[0].location == "tunis"


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("+216 54 006 965", {"number": "+216 54 006 965"}),
        ("+216-54-006-965", {"number": "+216-54-006-965"}),
        ("54 006 965", {"number": "+216 54 006 965", "as_printed": "54 006 965"}),
        ("00216 54006965", {"number": "+216 54 006 965", "as_printed": "00216 54006965"}),
        ("21654006965", {"number": "+216 54 006 965"}),
    ],
)
def test_a_number_is_written_with_its_prefix_and_as_it_was_printed(
    project: Path, given: str, written: dict[str, str]
) -> None:
    assert new_organization(phone=given, reach="nationwide").exit_code == 0
    assert load_good(project / "data")
    path = project / "data/organizations/TN/red-crescent-1.yaml"
    channel = load_yaml(path, "")[0].data["channels"][0]
    assert {key: channel[key] for key in channel if key in ("number", "as_printed")} == written


def test_a_contact_of_a_city_that_is_not_in_the_table_is_not_made_nationwide(project: Path) -> None:
    refused = new_organization(phone="+216 54 006 965", reach="Gabes")
    assert refused.exit_code == 2
    assert "--reach: there is no city `Gabes`" in refused.output
    assert "or add the city to data/places.csv first" in refused.output
    answers = [
        *("TN", "Red Crescent", "", "3", "report-2025", "", "Care", "case-management"),
        *("phone", "Gabes", "elsewhere", "Gabès", "+216 54 006 965", ""),
    ]
    result = run("organization", answers=answers)
    assert result.exit_code == 0, result.output
    assert "The phone number, e.g. +216 20 123 456: " in result.output
    assert "- add the city to data/places.csv, then write `place:`" in result.output
    made = load_good(project / "data").organizations["TN/red-crescent"]
    assert [(one.id, one.place) for one in made.locations] == [("gabes", None)]
    assert (made.channels[0].location, made.channels[0].nationwide) == ("gabes", False)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"reach": "tunis"}, "--reach goes with a contact, such as --phone"),
        (
            {"doubtful": "Too short.", "email": "a@example.org", "reach": "nationwide"},
            "--doubtful goes with --phone",
        ),
    ],
)
def test_an_option_that_would_say_nothing_is_refused(
    project: Path, more: dict[str, str], message: str
) -> None:
    result = new_organization(**more)
    assert (result.exit_code, message in result.output) == (2, True)


@pytest.mark.parametrize("country", ["TN", "tunisia", "Tunisie", "تونس"])
def test_countries_and_cities_are_known_by_their_names_in_every_language(
    project: Path, country: str
) -> None:
    path = project / "data/countries/TN.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("{en: Tunisia}", "{en: Tunisia, fr: Tunisie, ar: تونس}"), encoding="utf-8"
    )
    result = new_organization(country=country, phone="+216 54 006 965", reach="تونس")
    assert result.exit_code == 0, result.output
    made = load_dataset(project / "data").dataset.organizations["TN/red-crescent-1"]
    assert made.channels[0].location == "tunis"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["organization", *options(ORGANIZATION | {"--name": "the CLINIC"})],
            '--name: "the CLINIC" is already there: data/organizations/TN/clinic.yaml',
        ),
        (
            [
                *("term", "--term", "Children", "--definition", "Many."),
                *("--theme", "1", "--source", "report-2025"),
            ],
            '--term: "Children" is already there: data/glossary/child.yaml',
        ),
    ],
)
def test_what_is_already_there_is_told_before_all_other_questions(
    project: Path, arguments: list[str], message: str
) -> None:
    result = run(*arguments)
    assert (result.exit_code, message in result.output) == (2, True), result.output


def test_nobody_is_asked_to_choose_from_nothing(project: Path) -> None:
    for path in (project / "data/countries").iterdir():
        path.unlink()
    result = run("organization", answers=["TN"])
    assert result.exit_code == 2
    assert "the data has no country yet: write one first" in result.output


def test_of_two_texts_in_one_language_none_is_dropped(project: Path) -> None:
    result = run("organization", *options(ORGANIZATION), "--name", "Croissant Rouge")
    assert result.exit_code == 2
    assert "--name: there are two texts in English\nfix: write the language" in result.output


def test_what_is_missing_is_said_after_writing(project: Path) -> None:
    shutil.copy(ROOT / "data/interface/fr.yaml", project / "data/interface")
    output = new_organization().output
    assert "data/organizations/TN/red-crescent-1.yaml:7:7: warning: 2 texts of this file" in output
    assert "missing in fr" in output
    assert "[unreachable]" in output
    assert "- add a contact under `channels`: nobody can reach it yet" in output


def test_a_wrong_number_is_told_as_in_check_and_nothing_is_written(project: Path) -> None:
    before = files_in(project)
    result = new_organization(phone="+216 71 720 20", reach="nationwide")
    assert result.exit_code == 2
    assert (
        '--phone: "+216 71 720 20" is not a possible phone number of Tunisia: it has too few digits'
        in result.output
    )
    assert "--doubtful" in result.output
    assert files_in(project) == before


def test_an_empty_number_is_refused(project: Path) -> None:
    result = new_organization(phone="", reach="nationwide")
    assert (result.exit_code, "--phone: the text is empty" in result.output) == (2, True)


def test_a_file_that_can_not_be_written_whole_is_not_left(project: Path) -> None:
    before = files_in(project)
    # A lone surrogate is what no file can hold: writing ends in the middle.
    with mock.patch("generator.cli.session.render_record", return_value="id: \ud800"):
        result = run("country", "--code", "SN", "--name", "Senegal")
    assert isinstance(result.exception, UnicodeEncodeError)
    assert files_in(project) == before


def test_what_stands_in_the_way_of_writing_is_told_in_plain_words(project: Path) -> None:
    shutil.rmtree(project / "data/good_practices")
    (project / "data/good_practices").write_text("no folder", encoding="utf-8")
    (project / "data/organizations/DZ/.child-line.yaml.new").mkdir()
    before = files_in(project)
    practice = ["--title", "A practice", "--summary", "Done.", "--source", "report-2025"]
    result = run("practice", *practice)
    assert result.exit_code == 1
    told = "Error: data/good_practices/a-practice.yaml can't be written: File exists\n"
    assert result.output == told
    added = {"--country": "DZ", "--organization": "child-line", "--service-name": "Legal aid"}
    result = run("service", *options(added, service_type="health-care"))
    assert result.exit_code == 1
    told = "Error: data/organizations/DZ/child-line.yaml can't be written: Is a directory\n"
    assert result.output == told
    assert files_in(project) == before


def test_the_first_record_of_a_kind_gets_its_folder(project: Path) -> None:
    shutil.rmtree(project / "data/organizations")
    assert "wrote data/organizations/TN/red-crescent-1.yaml" in new_organization().output
    assert (project / "data/organizations/TN/red-crescent-1.yaml").is_file()


def test_bytes_of_another_encoding_are_no_text(project: Path) -> None:
    result = run("country", "--code", "SN", "--name", os.fsdecode(b"S\xe9n\xe9gal"))
    assert result.exit_code == 2
    assert "--name: the text holds the invisible character U+DCE9" in result.output


def test_a_wrong_number_can_be_kept_as_printed_with_the_reason(project: Path) -> None:
    result = new_organization(
        phone="+216 71 720 20", reach="nationwide", doubtful="One digit too few."
    )
    assert result.exit_code == 0, result.output
    channel = load_good(project / "data").organizations["TN/red-crescent-1"].channels[0]
    assert isinstance(channel, PhoneChannel)
    assert (channel.number, channel.phone) == ("+216 71 720 20", None)
    assert channel.doubtful is not None


ANSWERS = [
    *("Tunesia", "2"),
    *("<b>x</b>", "Croissant Rouge"),
    *("", "gov", "1"),
    *("report-2026", "report-2025", "7"),
    *("Care", "case-managment", "case-management"),
    *("phone", "tunis", "+216 71 720 20", "y", "One digit too few."),
    *("Croissant", "clinic", ""),
]


def test_a_person_is_asked_again_until_the_answer_is_good(project: Path) -> None:
    result = run("organization", answers=ANSWERS)
    assert result.exit_code == 0, result.output
    for told in (
        "there is no country `Tunesia`; did you mean `TN (Tunisia)`?",
        'the text holds HTML: "<b>"',
        "there is no kind `gov`",
        "there is no source `report-2026`; did you mean `report-2025",
        "there is no service type `case-managment`; did you mean `case-management",
        '"+216 71 720 20" is not a possible phone number of Tunisia: it has too few digits',
        '"Croissant" cannot be an identifier',
        "there is already a file data/organizations/TN/clinic.yaml",
        "wrote data/organizations/TN/croissant-rouge.yaml",
    ):
        assert told in result.output, told
    channel = load_good(project / "data").organizations["TN/croissant-rouge"].channels[0]
    assert channel.doubtful is not None


def test_questions_name_the_language_and_leave_brackets_to_what_enter_means(project: Path) -> None:
    shutil.copy(ROOT / "data/interface/fr.yaml", project / "data/interface")
    asked = run("term", answers=["Shelter"]).output
    assert "The term, e.g. Unaccompanied child (in English): " in asked
    assert "The term, e.g. Unaccompanied child (in French, or Enter for later): " in asked
    assert "[" not in asked


@pytest.mark.parametrize("answered", range(0, len(ANSWERS), 4))
def test_leaving_in_the_middle_leaves_nothing_behind(project: Path, answered: int) -> None:
    before = files_in(project)
    # The end of the input is what Ctrl-C and Ctrl-D are to click.
    assert run("organization", answers=ANSWERS[:answered]).exit_code == 1
    assert files_in(project) == before


def test_without_a_terminal_the_missing_options_are_named(project: Path) -> None:
    result = run("organization", "--country", "DZ", "--email", "a@example.org")
    assert result.exit_code == 2
    missing = "--name, --kind, --source, --service-name, --service-type, --reach\n"
    assert result.output.endswith(f"these options are needed: {missing}")


def test_an_existing_file_is_never_written_over(project: Path) -> None:
    before = files_in(project)
    result = new_organization(id="clinic")
    assert result.exit_code == 2
    assert "there is already a file data/organizations/TN/clinic.yaml" in result.output
    assert files_in(project) == before


def test_the_same_organization_in_another_country_gets_the_same_identifier(project: Path) -> None:
    (project / "data/organizations/TN/child-line.yaml").unlink()
    assert "TN/child-line.yaml" in new_organization(abbreviation="CL").output


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (
            [
                "term",
                "--term",
                "Kafala: care",
                "--term",
                "ar=الكفالة",
                "--definition",
                "Care. " * 40,
                *("--theme", "child-protection", "--source", "report-2025"),
            ],
            "glossary/kafala-care.yaml",
        ),
        (
            [
                *("practice", "--title", "L'école d'été", "--summary", "- it: #works"),
                *("--type", "training", "--source", "report-2025", "--pages", "3"),
            ],
            "good_practices/ecole-ete.yaml",
        ),
        (["country", "--code", "SN", "--name", "Senegal"], "countries/SN.yaml"),
    ],
)
def test_other_records_are_correct_files_too(
    project: Path, arguments: list[str], file: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    assert f"wrote data/{file}" in result.output
    kind = file.partition("/")[0]
    path = project / "data" / file
    assert schema_mistakes(schema_of(kind), path) == []
    assert not has_errors(load_dataset(project / "data").problems)


def uncomment(text: str) -> str:
    lines = text.splitlines(keepends=True)[4:]  # below what the head explains
    return "".join(re.sub(r"^( *)# ", r"\1", line, count=1) for line in lines)


@pytest.mark.parametrize(
    ("arguments", "file", "expected"),
    [
        (
            ["organization", *options(ORGANIZATION)],
            "organizations/TN/red-crescent-1.yaml",
            {
                "official-language",
                "web-address",
                "identifier",
                "phone-number",
                "short-code",
                "email",
            },
        ),
        (
            ["organization", *options(ORGANIZATION, short_code="1899", reach="nationwide")],
            "organizations/TN/red-crescent-1.yaml",
            {"official-language", "web-address", "identifier", "date", "time"},
        ),
        (
            ["term", "--term", "X", "--definition", "Y", "--theme", "1", "--source", "report-2025"],
            "glossary/x.yaml",
            set(),
        ),
        (
            ["practice", "--title", "X", "--summary", "Y", "--source", "report-2025"],
            "good_practices/x.yaml",
            {"date", "country-code", "web-address"},
        ),
        (["country", "--code", "SN", "--name", "Senegal"], "countries/SN.yaml", set()),
    ],
)
def test_examples_in_comments_are_fields_and_refused_until_they_are_filled_in(
    project: Path, arguments: list[str], file: str, expected: set[str]
) -> None:
    assert run(*arguments).exit_code == 0
    path = project / "data" / file
    path.write_text(uncomment(path.read_text(encoding="utf-8")), encoding="utf-8")
    kind = cast(Kind, file.partition("/")[0])
    read, problems = load_yaml(path, file)
    problems += validate_record(FILE_KINDS[kind].model, read)[1]
    assert {problem.rule for problem in problems} == expected, problems


PLAIN_TRAPS = """NO|12:30|1111|a: b|# x|a #b|{x}|a, b|- a|'q|say "x"|*a|&a|!x|%x|@x|`x|>|null|~|true
0x1F|2025-03-14|الكفالة|a\\b|x\u2028y|? a|a]|=|<<|yes|1e3|.5|-"""


@pytest.mark.parametrize("text", re.split(r"[|\n]", PLAIN_TRAPS))
def test_every_text_is_read_back_as_it_was_given(text: str) -> None:
    for one in (text, f"{text} and more words " * 9):
        written = field("x", {"en": one.strip(), "fr": one.strip()})
        read, problems = parse_yaml(written, "")
        assert (read.data, problems) == ({"x": {"en": one.strip(), "fr": one.strip()}}, [])


def test_a_service_is_added_and_nothing_else_changes(project: Path) -> None:
    path = project / "data/organizations/DZ/child-line.yaml"
    before = path.read_text(encoding="utf-8").splitlines()
    given = {"--country": "DZ", "--organization": "Child line", "--service-name": "Legal aid"}
    result = run("service", *options(given, service_type="health-care"))
    assert result.exit_code == 0, result.output
    after = path.read_text(encoding="utf-8").splitlines()
    start = before.index("locations:")
    added = after[start : start + len(after) - len(before)]
    assert [line for line in after if line not in added] == [
        line for line in before if line not in added
    ]
    assert after == [*before[:start], *added, *before[start:]]
    assert added[:3] == [
        "  - id: legal-aid",
        "    name: {en: Legal aid}",
        "    types: [health-care]",
    ]
    assert "added the service legal-aid to data/organizations/DZ/child-line.yaml" in result.output


def test_an_organization_with_mistakes_is_not_said_to_be_missing(project: Path) -> None:
    path = project / "data/organizations/DZ/child-line.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('"1111"', '"1"'), encoding="utf-8")
    (project / "data/organizations/DZ/other.yaml").write_bytes(
        (project / "data/organizations/TN/clinic.yaml")
        .read_bytes()
        .replace(b"country: TN", b"country: DZ", 1)
        .replace(b"id: clinic", b"id: other", 1)
        .split(b"locations:")[0]
    )
    given = {"--country": "DZ", "--organization": "child-line", "--service-name": "Legal aid"}
    result = run("service", *options(given, service_type="health-care"))
    assert result.exit_code == 2
    assert "or mend what can't be read: child-line (see `dalil check`)" in result.output


SERVICE = {"id": "new", "name": {"en": "New"}, "types": ("a",)}


@pytest.mark.parametrize(
    ("before", "place"),
    [
        ("services:\n  - id: a\n    # hint\nchannels: []\n", "    # hint\n"),
        ("services:\n  - id: a\n\n# of the channels\nchannels: []\n", "  - id: a\n"),
        ("services:\n- id: a\nchannels: []\n", "- id: a\n"),
        ("services:\n  - id: >-\n      # no comment\n\n\n", "# no comment\n"),
        ("services:\r\n  - {id: a}\r\nchannels: []\r\n", "{id: a}\r\n"),
        ("x: 1\nservices:\n  - {id: a}", "{id: a}"),
        ("\ufeffservices:\n  - {id: a,\n     b: c}\n...\n", "b: c}\n"),
    ],
)
def test_a_service_goes_below_the_last_one(before: str, place: str) -> None:
    after = insert_service(before, SERVICE, shown_path="x.yaml")
    start = before.index(place) + len(place)
    assert after.startswith(before[:start])
    assert after.endswith(before[start:])
    assert after.count("\r\n") in (0, after.count("\n"))
    data = parse_yaml(after.removeprefix("\ufeff"), "")[0].data
    assert data["services"][1] == SERVICE


def test_a_list_of_services_in_one_line_is_left_alone() -> None:
    with pytest.raises(RefusedError, match="stand in one line"):
        insert_service("services: [{id: a}]\n", SERVICE, shown_path="x.yaml")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"--organization": "child-lin"}, "did you mean `child-line (Child line)`?"),
        ({"--country": "Algerie"}, "there is no country `Algerie`; did you mean `DZ (Algeria)`?"),
        ({"--service-name": "Clinic"}, "there is already a service `clinic` in this file"),
        ({"--service-type": "shelter"}, "there is no service type `shelter`"),
    ],
)
def test_a_service_of_nobody_or_nothing_is_refused(
    project: Path, changed: dict[str, str], message: str
) -> None:
    given = {"--country": "DZ", "--organization": "child-line", "--service-name": "Legal aid"}
    before = files_in(project)
    result = run("service", *options(given | {"--service-type": "health-care"} | changed))
    assert result.exit_code == 2
    assert message in result.output
    assert files_in(project) == before


# dalil check --watch


def watch(states: Sequence[Snapshot], *, fails: bool = False) -> tuple[list[str], str]:
    """Return how often was checked, and what was said, while the files were in these states."""
    waiting = list(states)
    checks: list[str] = []

    def check() -> None:
        checks.append("checked")
        if fails:
            raise FileNotFoundError("there is no data folder")

    def snapshot() -> Snapshot:
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    @click.command()
    def command() -> None:
        check_again_and_again(
            check, snapshot, sleep=lambda seconds: None, should_stop=lambda: len(waiting) == 1
        )

    return checks, CliRunner().invoke(command).output


OLD, HALF, WHOLE = {"data/a.yaml": (1, 1)}, {"data/a.yaml": (2, 3)}, {"data/a.yaml": (3, 9)}


def test_watching_checks_at_first_and_after_each_change() -> None:
    checks, output = watch([OLD, OLD, WHOLE, WHOLE, WHOLE | {"data/b.yaml": (1, 1)}] + [{}] * 3)
    assert output == (
        "checking everything; Ctrl-C ends it\nchanged: data/a.yaml\nchanged: data/a.yaml\n"
    )
    assert len(checks) == 3


def test_a_file_is_not_checked_while_it_is_being_written() -> None:
    checks, output = watch([OLD, HALF, WHOLE, WHOLE, WHOLE])
    assert output.count("changed: data/a.yaml") == 1
    assert len(checks) == 2


def test_a_change_that_was_taken_back_is_none() -> None:
    assert len(watch([OLD, HALF, OLD, OLD, OLD])[0]) == 1


def test_watching_goes_on_when_the_data_can_not_be_read() -> None:
    checks, output = watch([OLD, WHOLE, WHOLE, WHOLE], fails=True)
    assert len(checks) == 2
    assert "the data can't be read now: there is no data folder" in output


def test_a_snapshot_knows_changed_new_and_deleted_files(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "a.yaml").write_text("1", encoding="utf-8")
    (folder / ".a.yaml.swp").write_text("1", encoding="utf-8")
    (folder / "gone.yaml").symlink_to("nowhere")
    assert list(take_snapshot([folder, tmp_path / "content"])) == ["data/a.yaml"]


def problem_at(line: int, message: str) -> Problem:
    return Problem(Position("data/a.yaml", line, 1), "error", message, "text", "mend it")


def test_what_is_new_and_what_is_gone_is_told() -> None:
    one, two, three = (problem_at(line, f"wrong {line}") for line in (1, 2, 3))
    assert list(tell_difference([one, two], [two, three])) == [
        "new: data/a.yaml:3: wrong 3",
        "gone: data/a.yaml: wrong 1",
    ]
    assert list(tell_difference([one, one], [one])) == ["gone: data/a.yaml: wrong 1"]
    # A line more above it makes no other mistake of it.
    assert list(tell_difference([one], [problem_at(2, "wrong 1")])) == []
    many = [problem_at(line, f"wrong {line}") for line in range(7)]
    assert [line.rpartition(": ")[2] for line in tell_difference([], many)] == [
        *(f"wrong {line}" for line in range(5)),
        "2 more",
    ]


def test_watching_ends_with_ctrl_c_and_status_0(project: Path) -> None:
    """As a person does it: a mistake is made, told, and Ctrl-C ends the command."""
    command = [sys.executable, "-u", "-m", "generator.cli", "check", "--watch"]
    # A shell that runs the tests in the background lets them, and what they start, ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    try:
        assert running.stdout is not None
        assert running.stdout.readline() == "checking everything; Ctrl-C ends it\n"
        assert running.stdout.readline() == "0 errors, 0 warnings in 24 files\n"
        (project / "data/organizations/TN/clinic.yaml").write_text("id: {", encoding="utf-8")
        assert running.stdout.readline() == "changed: data/organizations/TN/clinic.yaml\n"
        assert "clinic.yaml:1:1: error: this can't be read" in running.stdout.readline()
        lines = iter(running.stdout.readline, "")
        told = "new: data/organizations/TN/clinic.yaml:1: this can't be read: "
        assert next(line for line in lines if line.startswith("new: ")).startswith(told)
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=20) == 0
    finally:
        running.kill()
        running.stdout.close()
