from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator.dataset import Dataset
from generator.exports import render_exports
from generator.exports.contacts import COLUMNS
from generator.outputs import OutputFile


@pytest.fixture(scope="module", params=["good_dataset", "real_dataset"])
def files(request: pytest.FixtureRequest) -> dict[str, OutputFile]:
    dataset: Dataset = request.getfixturevalue(request.param)
    return {file.address.path: file for file in render_exports(dataset)}


def parse(file: OutputFile) -> Any:
    return json.loads(file.content)


def test_every_json_file_follows_its_own_published_schema(files: dict[str, OutputFile]) -> None:
    checked = 0
    for file in files.values():
        if file.schema:
            schema = parse(files[file.schema.path])
            assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
            Draft202012Validator.check_schema(schema)
            errors = [
                error.message for error in Draft202012Validator(schema).iter_errors(parse(file))
            ]
            assert errors == [], file.address.path
            checked += 1
    assert checked == 12


def test_the_index_lists_every_other_file_with_its_hash(files: dict[str, OutputFile]) -> None:
    index = parse(files["api/v1/index.json"])
    listed = {entry["path"]: entry for entry in index["files"]}
    assert set(listed) == set(files) - {"api/v1/index.json"}
    for path, entry in listed.items():
        content = files[path].content
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
        assert entry["size"] == len(content)
        assert entry["licence"] == "CC BY 4.0"
    assert listed["api/v1/services.json"]["schema"] == "api/v1/schema/services.json"
    assert index["edition"]["version"]


def test_files_are_the_edition_and_the_items(files: dict[str, OutputFile]) -> None:
    for kind in (
        "countries",
        "organizations",
        "services",
        "glossary",
        "situations",
        "sources",
        "places",
    ):
        content = parse(files[f"api/v1/{kind}.json"])
        assert list(content) == ["version", "items"]
        assert content["items"]


def test_the_model_is_published_as_it_is(good_dataset: Dataset) -> None:
    files = {file.address.path: file for file in render_exports(good_dataset)}
    organizations = {
        (item["country"], item["id"]): item
        for item in parse(files["api/v1/organizations.json"])["items"]
    }
    child_line = organizations["DZ", "child-line"]
    assert child_line["name"] == {"fr": 'Ligne verte & "enfance"', "en": "Child line"}
    assert child_line["channels"][0] == {
        "id": "line",
        "label": {"en": "Hotline"},
        "nationwide": True,
        "schedule": [],
        "languages": [],
        "published": {"source": "report-2025", "pages": "7"},
        "kind": "short_code",
        "number": "1111",
        "country": "DZ",
    }
    services = parse(files["api/v1/services.json"])["items"]
    assert [(s["country"], s["organization"], s["id"]) for s in services] == [
        ("DZ", "child-line", "case-management"),
        ("DZ", "child-line", "clinic"),
        ("TN", "child-line", "case-management"),
        ("TN", "clinic", "health-care"),
    ]


def test_a_hidden_location_is_in_no_export(good_dataset: Dataset) -> None:
    for file in render_exports(good_dataset):
        assert b"Secret refuge" not in file.content
        assert b'"refuge"' not in file.content.replace(b'"id": "refuge"', b"")


def rows(dataset: Dataset) -> dict[str, dict[str, str]]:
    files = {file.address.path: file for file in render_exports(dataset)}
    text = files["downloads/contacts.csv"].content.decode()
    reader = csv.DictReader(io.StringIO(text, newline=""))
    assert tuple(reader.fieldnames or ())[: len(COLUMNS)] == COLUMNS
    return {f"{row['organization_id']}/{row['channel_id']}": row for row in reader}


def test_contacts_are_told_in_each_language(real_dataset: Dataset) -> None:
    table = rows(real_dataset)
    entraide = next(row for row in table.values() if row["organization_id"] == "entraide-nationale")
    assert entraide["organization"] == "National Mutual Aid"
    assert entraide["organization_fr"] == "Entraide nationale"
    assert entraide["organization_ar"] == "التعاون الوطني"
    assert entraide["location_ar"] == "الرباط"
    empty = {
        f"{key}: {name}_{code}"
        for key, row in table.items()
        for name in ("label", "doubtful_reason", "services")
        for code in ("fr", "ar")
        if row[name] and not row[f"{name}_{code}"]
    }
    assert empty == set()


def test_contacts_have_one_row_for_each_channel(good_dataset: Dataset) -> None:
    table = rows(good_dataset)
    assert len(table) == 10
    office = {name: cell for name, cell in table["child-line/office"].items() if cell}
    assert office == {
        "country": "DZ",
        "organization_id": "child-line",
        "organization": "Child line",
        "abbreviation": "CL",
        "organization_kind": "government",
        "channel_id": "office",
        "channel_kind": "phone",
        "number": "+213661464622",
        "accepts": "calls whatsapp sms",
        "doubtful": "no",
        "nationwide": "no",
        "location": "Oran",
        "place_id": "oran",
        "needs": "protection health",
        "services": "Case management; Clinic",
        "source_id": "report-2025",
        "source": "A report",
        "published": "2025",
        "confirmed_date": "2026-02-10",
        "confirmed_method": "phone",
        "confirmed_by": "Editors",
    }
    assert table["child-line/free"]["hours"] == "SU MO 08:30-16:00; Overnight"
    assert table["child-line/refuge"]["location"] == ""


def test_spreadsheets_find_no_formula_in_the_contacts(good_dataset: Dataset) -> None:
    table = rows(good_dataset)
    doubtful = table["child-line/doubtful"]
    assert (doubtful["number"], doubtful["doubtful"]) == ("'+213 66169684", "yes")
    for row in table.values():
        for column, cell in row.items():
            if column != "number":
                assert not cell.startswith(("=", "+", "-", "@"))


def test_the_same_data_gives_the_same_bytes(real_dataset: Dataset) -> None:
    first, second = render_exports(real_dataset), render_exports(real_dataset)
    assert [file.content for file in first] == [file.content for file in second]
