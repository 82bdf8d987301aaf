"""The fixture of broken data, as an editor sees it; and each bad input leaves the last site alone."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.checks import knowledge, search
from generator.cli import main
from tests.conftest import ROOT, copy_good_data, load_good

CHILD_LINE = "organizations/DZ/child-line.yaml"
CLINIC = "organizations/TN/clinic.yaml"
SEARCH = "search/en.yaml"


@pytest.fixture(autouse=True)
def _in_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("form", ["text", "github", "json"])
def test_golden_all_mistakes_of_the_broken_data(
    golden: Callable[[str, str], None], form: str
) -> None:
    result = CliRunner().invoke(main, ["check", "--data", "tests/broken", "--format", form])
    assert result.exit_code == 1
    golden(f"broken.{form}", result.output)


RULE_ARGUMENTS = {
    "problem": 0, "problem_at": 1, "_problem": 0, "_report": 1, "value_error": 0, "unknown": 4,
}  # fmt: skip
"""What tells a mistake, and which of its arguments is the rule; of `unknown` it is the noun."""

PASSED_ON = {"rule", "kind"}
COMPOSED = {
    "f\"unknown-{what.replace(' ', '-')}\"": set(),
    "what": {f"unknown-{noun}" for noun in knowledge._SINGULAR.values()},
    "_SINGULAR[kind]": {f"unknown-{noun}" for noun in search._SINGULAR.values()},
    "f'{folder_field}-folder'": {"country-folder", "jurisdiction-folder"},
    "f'{state}-translation'": {
        "missing-translation", "outdated-translation", "unrecorded-translation",
    },
}  # fmt: skip


def find_rules() -> Iterator[str]:
    """Yield every rule that the program names where it tells a mistake."""
    for path in (ROOT / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name not in RULE_ARGUMENTS:
                continue
            rule = node.args[RULE_ARGUMENTS[name]]
            names = [rule.body, rule.orelse] if isinstance(rule, ast.IfExp) else [rule]
            for one in names:
                if isinstance(one, ast.Constant):
                    yield f"unknown-{one.value}" if name == "unknown" else str(one.value)
                elif ast.unparse(one) not in PASSED_ON:
                    yield from COMPOSED[ast.unparse(one)]


def edit(data_dir: Path, file: str, old: str, new: str) -> None:
    path = data_dir / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def write(data_dir: Path, file: str, content: bytes) -> None:
    path = data_dir / file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


HIDES_OTHERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "file-size": (
        lambda d: write(d, CLINIC, b"# " + b"x" * 1_000_000),
        f"file=data/{CLINIC},line=1,col=1",
    ),
    "file-access": (
        lambda d: (d / "organizations/TN/folder.yaml").mkdir(),
        "file=data/organizations/TN/folder.yaml,line=1,col=1",
    ),
    "missing-file": (
        lambda d: (d / "places.csv").unlink(),
        "file=data/places.csv,line=1,col=1",
    ),
    "table-syntax": (
        lambda d: edit(d, "places.csv", "tunis,", 'tunis,"24"64'),
        "file=data/places.csv,line=3,col=1",
    ),
    "translation-lock": (
        lambda d: write(d, "translations.lock.json", b'{"ar": 1}'),
        "file=data/translations.lock.json,line=1,col=1",
    ),
    "page-head": (
        lambda d: write(d, "../content/en/new.md", b"---\ntitle: A page\n---\n"),
        "file=content/en/new.md,line=2,col=1",
    ),
    "page-macro": (
        lambda d: edit(d, "../content/en/about.md", "{{ cite", "See {{ cite"),
        "file=content/en/about.md,line=9,col=5",
    ),
    "unknown-page": (
        lambda d: edit(d, SEARCH, "{about:", "{abuot:"),
        f"file=data/{SEARCH},line=9,col=18",
    ),
}  # fmt: skip
"""Mistakes that have no place in the broken data, since they would hide what else is wrong."""


@pytest.mark.parametrize("rule", HIDES_OTHERS)
def test_what_hides_other_mistakes_is_told_at_its_line_too(
    rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mkdocs.yml").touch()
    data_dir = copy_good_data(tmp_path / "data")
    shutil.copytree(ROOT / "tests/good_content", tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    break_it, place = HIDES_OTHERS[rule]
    break_it(data_dir)
    output = CliRunner().invoke(main, ["check", "--format", "github"]).output
    assert f"::error {place},title={rule}::" in output, output


def test_every_rule_is_told_at_its_line_on_github() -> None:
    golden = (ROOT / "tests/golden/broken.github").read_text(encoding="utf-8")
    told = re.findall(
        r"^::[a-z]+ file=[^,]+,line=\d+,col=\d+,title=([a-z-]+)::", golden, re.MULTILINE
    )
    rules = {rule.replace(" ", "-") for rule in find_rules()}
    assert {*told, *HIDES_OTHERS} == rules
    assert not set(told) & set(HIDES_OTHERS)


BAD_INPUT: dict[str, tuple[Callable[[Path], None], str]] = {
    "a digit missing": (
        lambda d: edit(d, CLINIC, "+216 71 720 200", "+216 71 720 20"),
        '13:62: error: "+216 71 720 20" is not a possible phone number of Tunisia: '
        "it has too few digits [phone-number]",
    ),
    "a letter in a number": (
        lambda d: edit(d, CLINIC, "+216 71 720 200", "+216 71 72O 200"),
        '13:62: error: "+216 71 72O 200" contains "O", which is no digit [phone-number]',
    ),
    "an unknown country code": (
        lambda d: edit(d, CLINIC, "country: TN, location: tunis", "country: XX, location: tunis"),
        '13:90: error: "XX" is not a country code [country-code]',
    ),
    "NO for Norway": (
        lambda d: edit(d, CLINIC, "country: TN", "country: NO"),
        "3:10: error: NO without quotation marks is read as false by many programs "
        "[yaml-ambiguous]",
    ),
    "12:30 unquoted": (
        lambda d: edit(
            d, CLINIC, "location: tunis", "schedule: [{opens_at: 12:30, closes_at: '13:30'}], location: tunis"
        ),
        "13:116: error: 12:30 without quotation marks is read as the number 750 by many programs "
        "[yaml-ambiguous]",
    ),
    "a duplicate key": (
        lambda d: edit(d, CLINIC, "country: TN", "country: TN\nid: clinic"),
        "4:1: error: `id` stands here a second time; the first is on line 2 [duplicate-key]",
    ),
    "an empty file": (
        lambda d: write(d, CLINIC, b""),
        "1:1: error: the file is empty [empty-file]",
    ),
    "a file in Latin-1": (
        lambda d: write(d, CLINIC, "id: clinic\nname: {fr: Santé}\n".encode("latin-1")),
        "2:16: error: the file is not UTF-8: byte 0xE9 can't be read [encoding]",
    ),
    "a file of 5 MB": (
        lambda d: write(d, CLINIC, b"# " + b"x" * 5_000_000),
        "1:1: error: the file has 5.0 MB; the limit is 1 MB [file-size]",
    ),
    "a bomb of aliases": (
        lambda d: write(d, CLINIC, b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"),
        "2:8: error: `*a` stands for a value in another place [yaml-alias]",
    ),
    "a javascript link": (
        lambda d: edit(d, CLINIC, "kind: international_ngo", 'kind: international_ngo\nwebsite: "javascript:alert(1)"'),
        '6:10: error: "javascript:alert(1)" is not a web address: only https and http links are '
        "made [web-address]",
    ),
    "a script in a name": (
        lambda d: edit(d, CLINIC, "The clinic", "The <script>alert(1)</script> clinic"),
        '4:12: error: the text holds HTML: "<script>" [text]',
    ),
    "a service without a name": (
        lambda d: edit(d, CLINIC, "name: {en: Health care}, ", ""),
        "8:5: error: `name` is missing [missing-field]",
    ),
    "an organization in the folder of another country": (
        lambda d: (d / CLINIC).rename(d / "organizations/DZ/clinic.yaml") and None,
        "organizations/DZ/clinic.yaml:3:10: error: `country` is TN, but the file lies in the "
        "folder of DZ [country-folder]",
    ),
    "YAML that is none": (
        lambda d: edit(d, CLINIC, "{en: The clinic}", "{en: The clinic"),
        "4:7: error: this can't be read: a `{` is opened but not closed "
        "[yaml-syntax]",
    ),
    "latitude and longitude swapped": (
        lambda d: edit(d, "places.csv", "36.81897,10.16579", "10.16579,36.81897"),
        "places.csv:3:1: error: tunis: latitude and longitude are swapped: 10.16579, 36.81897 is "
        "not in Tunisia, but the other way round it is [coordinates]",
    ),
    "a city in another country": (
        lambda d: edit(d, "places.csv", "36.81897,10.16579", "33.57,-7.58"),
        "places.csv:3:1: error: tunis: 33.57, -7.58 lies 1,396 km outside Tunisia [coordinates]",
    ),
    "two cities that are one": (
        lambda d: edit(d, "places.csv", "sfax,2467454", "sfax,2464470"),
        "places.csv:3:1: error: tunis has the GeoNames identifier of sfax: 2464470 "
        "[duplicate-geonames]",
    ),
    "a city that is not in the table": (
        lambda d: edit(d, CLINIC, "place: sfax", "place: sfaks"),
        "11:48: error: there is no place `sfaks`; did you mean `sfax`? [unknown-place]",
    ),
    "a number among the keywords": (
        lambda d: edit(d, SEARCH, "[dispensary]", '["+216 71 720 200"]'),
        f"{SEARCH}:8:31: error: 21671720200 is a number of TN/clinic, which it finds anyway "
        "[search-number]",
    ),
    "keywords for a situation that is not there": (
        lambda d: edit(d, SEARCH, "child-alone", "child-alon"),
        f"{SEARCH}:7:28: error: there is no situation `child-alon`; did you mean `child-alone`? "
        "[unknown-situation]",
    ),
    "a synonym of two words": (
        lambda d: edit(d, SEARCH, "kid]", "little one]"),
        f"{SEARCH}:4:23: error: “little one” is not one word [search-synonym]",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD_INPUT)
def test_bad_input_gets_its_message_and_leaves_the_last_site(
    what: str, good_data: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    (site / "api/v1").mkdir(parents=True)
    (site / "api/v1/index.json").write_text("{}", encoding="utf-8")
    (site / "index.html").write_text("the last good site", encoding="utf-8")
    break_it, expected = BAD_INPUT[what]
    break_it(good_data)
    result = CliRunner().invoke(main, ["build", "--data", str(good_data), "--site-dir", str(site)])
    assert result.exit_code == 1
    line = expected if re.match(r"[a-z]+[/.]", expected) else f"{CLINIC}:{expected}"
    assert f"{good_data.as_posix()}/{line}\n" in result.output
    assert "The site was not built; the last good one stays as it was." in result.output
    assert sorted(path.name for path in site.iterdir()) == ["api", "index.html"]
    assert (site / "index.html").read_text(encoding="utf-8") == "the last good site"


def test_a_mistake_in_one_record_does_not_hide_or_add_others(good_data: Path) -> None:
    edit(good_data, CLINIC, "+216 71 720 200", "+216 71")
    edit(good_data, CHILD_LINE, "Help@example.org", "Help")
    write(good_data, "sources/report-2025.yaml", b"")
    result = CliRunner().invoke(main, ["check", "--data", str(good_data)])
    assert "3 errors, 0 warnings in " in result.output


def test_strict_makes_warnings_fail(good_data: Path) -> None:
    edit(good_data, CLINIC, "+216 54 006 964", "+216 71 720 200")
    arguments = ["check", "--data", str(good_data)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    result = CliRunner().invoke(main, [*arguments, "--strict"])
    assert result.exit_code == 1
    assert "+21671720200 is also the number of TN/clinic (tunis) [repeated-number]" in result.output


def test_what_stands_in_the_way_of_reading_is_told(good_data: Path) -> None:
    folder = good_data / "organizations/TN"
    (folder / "folder.yaml").mkdir()
    (folder / "gone.yaml").symlink_to("nowhere.yaml")
    (folder / "loop.yaml").symlink_to("loop.yaml")
    (folder / "UNHCR.yaml").write_text("id: unhcr\n", encoding="utf-8")
    (good_data / "countries/sn.yaml").write_text("id: SN\n", encoding="utf-8")
    (good_data / "places.csv").write_text("id\n" + "x" * 200_000, encoding="utf-8")
    output = CliRunner().invoke(main, ["check", "--data", str(good_data)]).output
    for expected in (
        "TN/folder.yaml:1:1: error: the file can't be read: Is a directory [file-access]",
        "TN/gone.yaml:1:1: error: the file can't be read: No such file or directory [file-access]",
        "TN/loop.yaml:1:1: error: the file can't be read: Too many levels of symbolic links",
        "TN/UNHCR.yaml:1:1: error: \"UNHCR\" can't be an identifier, and so no file's name",
        "fix: rename it to unhcr.yaml",
        "countries/sn.yaml:1:1: error: the file of a country bears its code in capitals, not sn",
        "places.csv:1:1: error: the first line does not name the columns [table-columns]",
    ):
        assert expected in output
    assert output.endswith("6 errors, 0 warnings in 29 files\n"), output


@pytest.mark.parametrize(
    ("file", "count"),
    [
        ("taxonomies/service-types.yaml", 1),
        ("places.csv", 1),
        ("sources/report-2025.yaml", 2),
    ],
)
def test_a_missing_file_is_told_once(good_data: Path, file: str, count: int) -> None:
    (good_data / file).unlink()
    output = CliRunner().invoke(main, ["check", "--data", str(good_data)]).output
    lines = [line for line in output.splitlines() if ": error: " in line]
    assert len(lines) <= count, output
    assert file.rpartition("/")[2].removesuffix(".yaml") in output


def test_a_mistake_in_one_field_does_not_hide_that_of_another(good_data: Path) -> None:
    edit(
        good_data,
        CLINIC,
        'number: "+216 71 720 200", country: TN, location: tunis',
        'number: "+216 71", country: TN, locaton: tunis, only: 3',
    )
    output = CliRunner().invoke(main, ["check", "--data", str(good_data)]).output
    rules = [line.rpartition("[")[2] for line in output.splitlines() if ": error: " in line]
    assert sorted(rules) == ["channel-reach]", "phone-number]", "unknown-field]", "wrong-type]"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("kind: phone", "knd: phone", "unknown field `knd`; did you mean `kind`? [unknown-field]"),
        (
            '"+216 71 720 200"',
            '"1111"',
            "fix: if it is dialled as it stands, write `kind: short_code`",
        ),
        (
            '"+216 71 720 200"',
            '"+216 71 720 ٢٠٠"',
            'contains "٢", which is not one of the digits 0-9',
        ),
        ("{en: The clinic}", "The clinic", 'fix: write {en: "The clinic"}'),
        (
            '"+216 71 720 200"',
            '"+216 71 720 200", as_printed: 71 720 201',
            'error: "71 720 201" is not +216 71 720 200 [as-printed]',
        ),
        (
            "kind: international_ngo",
            "kind: international_ngo\nwebsite: https://example.org/ #12",
            "error: the text ends here: what follows a # is a comment [yaml-comment]",
        ),
        (
            "{en: The clinic}",
            "!!str {en: The clinic}",
            '"!!str" is a YAML tag, which the data doesn\'t use',
        ),
        ("kind: international_ngo", "kind: [ngo]", "a list is not a known `kind` [unknown-word]"),
        ("kind: international_ngo", "kind:", "nothing is not a known `kind` [unknown-word]"),
        ("clinic@example.org", "clinіc@example.org", "is not an e-mail address [email]"),
        (
            "name: {en: The clinic}",
            "name: {en: The clinic}\nofficial_language: fr",
            "[official-language]",
        ),
    ],
)
def test_advice_fits_the_mistake(good_data: Path, old: str, new: str, expected: str) -> None:
    edit(good_data, CLINIC, old, new)
    output = CliRunner().invoke(main, ["check", "--data", str(good_data)]).output
    assert expected in output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "--data", "nowhere"], "there is no data folder at nowhere"),
        (["check", "--format", "xml"], "Invalid value for '--format'"),
        (["chekc"], "No such command 'chekc'"),
    ],
)
def test_wrong_usage_is_status_2(arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert message in result.output


def test_outside_a_project_it_says_where_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 2
    assert "there is no mkdocs.yml here: run dalil inside its project folder" in result.output


def test_the_data_folder_can_be_named_before_the_command(good_data: Path) -> None:
    result = CliRunner().invoke(main, ["--data", str(good_data), "check"])
    assert result.output == "0 errors, 0 warnings in 24 files\n"


def test_a_number_confirmed_today_makes_the_data_of_today(
    good_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1775044800")  # 2026-04-01, noon
    path = good_data / CHILD_LINE
    text = path.read_text(encoding="utf-8")
    assert load_good(good_data).date == "2026-03-01"
    for day, date in (("2026-02-27", "2026-03-01"), ("2026-04-01", "2026-04-01")):
        path.write_text(text.replace("2026-02-10", day), encoding="utf-8")
        assert CliRunner().invoke(main, ["check", "--data", str(good_data)]).exit_code == 0
        assert load_good(good_data).date == date
    # It may already be tomorrow where the editor is.
    path.write_text(text.replace("2026-02-10", "2026-04-02"), encoding="utf-8")
    assert CliRunner().invoke(main, ["check", "--data", str(good_data)]).exit_code == 0
    path.write_text(text.replace("2026-02-10", "2026-04-03"), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "--data", str(good_data)])
    assert result.exit_code == 1
    assert "error: confirmed on 2026-04-03, a day to come [future-date]" in result.output


def test_nothing_was_published_in_the_future(
    good_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1711972800")  # 2024-04-01, noon
    output = CliRunner().invoke(main, ["check", "--data", str(good_data)]).output
    for expected in (
        "edition.yaml:3:7: error: the edition is of 2026-03-01, a day to come [future-date]",
        "sources/report-2025.yaml:4:12: error: published 2025, a day to come [future-date]",
        "sources/site-nd.yaml:4:11: error: read on 2024-05, a day to come [future-date]",
    ):
        assert expected in output


def test_what_is_piped_is_utf_8_whatever_the_system_prefers() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "generator.cli", "check", "--data", "tests/broken"],
        env={**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (1, b"")
    assert "وهران" in result.stdout.decode()
