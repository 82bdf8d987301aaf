"""The workflows in .github, checked as files; and their steps, run as scripts against a stand-in of GitHub."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import main
from generator.models.channels import PhoneChannel
from generator.views.reports import FORM
from tests.conftest import ROOT
from tests.repositories import commit, edit, make_repository

GITHUB = ROOT / ".github"
SCRIPTS = GITHUB / "scripts"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(p for p in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if p.name != "config.yml")

WRITES = {
    ("comment.yml", "comment"): {"pull-requests"},
    ("deploy.yml", "deploy"): {"pages", "id-token"},
    ("weekly.yml", "tell"): {"issues"},
}
"""The jobs that may write, and what."""


def load(path: Path) -> dict[Any, Any]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def jobs() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path.name, name, job) for path in WORKFLOWS for name, job in load(path)["jobs"].items()
    ]


def steps() -> list[tuple[str, dict[str, Any]]]:
    return [(name, step) for name, _, job in jobs() for step in job.get("steps", [])]


def runs() -> list[tuple[str, str]]:
    return [(name, step["run"]) for name, step in steps() if "run" in step]


every_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def test_a_linter_of_workflows_finds_nothing() -> None:
    command = [sys.executable, "-m", "jactionlint", "--strict-exit", "--no-color", "--no-hints"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, ""), result.stderr


def test_there_are_the_five_workflows() -> None:
    names = [path.stem for path in WORKFLOWS]
    assert names == ["check", "comment", "deploy", "test", "weekly"]


@every_workflow
def test_every_action_is_pinned_by_commit_with_its_version(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.search(r"\buses: (.*)", line):
            assert re.fullmatch(
                r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\./\.github/workflows/[a-z]+\.yml",
                match[1],
            ), line


def test_an_action_has_the_same_commit_everywhere() -> None:
    found: dict[str, set[str]] = {}
    for _, step in steps():
        if "uses" in step:
            action, commit = step["uses"].split("@")
            found.setdefault(action, set()).add(commit)
    assert {action: len(commits) for action, commits in found.items()} == dict.fromkeys(found, 1)


@every_workflow
def test_nothing_is_allowed_but_what_a_job_asks_for(path: Path) -> None:
    workflow = load(path)
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        levels = job["permissions"]
        writes = {scope for scope, level in levels.items() if level == "write"}
        assert writes == WRITES.get((path.name, name), set())
        assert set(levels.values()) <= {"read", "write"}


@every_workflow
def test_no_workflow_runs_with_rights_on_what_strangers_wrote(path: Path) -> None:
    workflow = load(path)
    triggers = workflow[True]  # YAML 1.1 takes `on` for true
    assert "pull_request_target" not in path.read_text(encoding="utf-8")
    assert "secrets." not in path.read_text(encoding="utf-8")
    for job in workflow["jobs"].values():
        for step in job.get("steps", []):
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False
                assert not {"ref", "repository"} & set(step["with"])
    if "pull_request" in triggers:
        assert all(
            set(job["permissions"].values()) == {"read"} for job in workflow["jobs"].values()
        )


@every_workflow
def test_every_job_ends_by_itself(path: Path) -> None:
    for job in load(path)["jobs"].values():
        assert "uses" in job or 0 < job["timeout-minutes"] <= 45


@pytest.mark.parametrize("name", ["check", "test"])
def test_a_new_commit_ends_the_runs_of_older_ones(name: str) -> None:
    concurrency = load(GITHUB / "workflows" / f"{name}.yml")["concurrency"]
    assert "github.ref" in concurrency["group"]
    assert concurrency["cancel-in-progress"] == "${{ github.event_name == 'pull_request' }}"


def test_no_text_of_others_gets_into_a_shell() -> None:
    assert [(name, run) for name, run in runs() if "${{" in run] == []


def test_every_step_is_one_command_that_exists() -> None:
    targets = set(
        re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    for name, run in runs():
        assert "\n" not in run, f"{name}: more than one line belongs into .github/scripts"
        first, *rest = run.removeprefix("sudo ").split()
        if first == "make":
            assert set(rest) <= targets, f"{name}: {run}"
        else:
            assert os.access(ROOT / first, os.X_OK), f"{name}: {run}"


def test_scripts_call_commands_that_exist() -> None:
    called: set[str] = set()
    for script in SCRIPTS.iterdir():
        if script.is_file():
            called |= set(re.findall(r'"\$dalil" ([a-z]+)', script.read_text(encoding="utf-8")))
    assert called == {"check", "diff", "links", "overdue", "translations"}
    assert called <= set(main.commands)


def test_the_comment_follows_the_check_by_its_name() -> None:
    trigger = load(GITHUB / "workflows" / "comment.yml")[True]["workflow_run"]
    assert trigger["workflows"] == [load(GITHUB / "workflows" / "check.yml")["name"]]


def test_nothing_is_published_before_all_checks_have_passed() -> None:
    deploy = load(GITHUB / "workflows" / "deploy.yml")
    needed = deploy["jobs"]["build"]["needs"]
    called = {deploy["jobs"][name]["uses"] for name in needed}
    assert called == {"./.github/workflows/check.yml", "./.github/workflows/test.yml"}
    assert deploy["jobs"]["deploy"]["needs"] == "build"
    assert deploy[True]["push"] == {"branches": ["main"]}


def test_what_fails_is_told_under_the_pull_request(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "import pytest\n\n"
        "def test_a_number():\n    pytest.fail('it is 100% gone:\\nadd this line')\n\n"
        "def test_good():\n    pass\n",
        encoding="utf-8",
    )
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.conftest",
        "-p",
        "no:cacheprovider",
    ]
    command += ["-c", os.devnull, f"--rootdir={tmp_path}", str(tmp_path)]
    for actions, expected in [
        ("true", ["::error title=test_a_number::it is 100%25 gone:%0Aadd this line"]),
        ("", []),
    ]:
        environment = {**os.environ, "GITHUB_ACTIONS": actions}
        result = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert [line for line in result.stdout.splitlines() if "::error" in line] == expected


def test_who_has_a_mistake_in_the_data_is_not_sent_to_the_log(tmp_path: Path) -> None:
    for program in ("ruff", "mypy", "lint-imports", "dalil", "pytest"):
        (tmp_path / program).write_text(f"#!/bin/sh\n[ {program} != dalil ]\n", encoding="utf-8")
        (tmp_path / program).chmod(0o755)
    command = ["make", "test", f"BIN={tmp_path}", "--assume-old=.venv/test.stamp"]
    for actions in ("true", ""):
        environment = {**os.environ, "GITHUB_ACTIONS": actions}
        result = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert result.returncode == 2
        said = [line for line in result.stdout.splitlines() if line.startswith("::error")]
        words = "::error title=data::The data is not ready: the comment says why. No test has run."
        assert said == [words] * bool(actions)


# What stands beside the workflows


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_forms_can_be_prefilled_and_warn_not_to_write_of_a_child(path: Path) -> None:
    form = load(path)
    assert {"name", "description", "title", "body"} <= set(form)
    fields = {part["id"]: part for part in form["body"] if "id" in part}
    assert len(fields) == len([part for part in form["body"] if part["type"] != "markdown"])
    for name in ("country", "organization", "record"):
        assert fields[name]["type"] == "input"
    assert fields["details"]["type"] == "textarea"
    assert "nothing about a child or a case" in form["body"][0]["attributes"]["value"]
    (promise,) = fields["privacy"]["attributes"]["options"]
    assert promise["required"] is True


def test_there_are_three_forms_and_no_blank_issue() -> None:
    assert [path.stem for path in FORMS] == ["missing", "translation", "wrong-number"]
    config = load(GITHUB / "ISSUE_TEMPLATE" / "config.yml")
    assert config["blank_issues_enabled"] is False


def test_the_links_of_the_site_find_their_form() -> None:
    form = load(GITHUB / "ISSUE_TEMPLATE" / FORM)
    assert "record" in [part.get("id") for part in form["body"]]


def test_every_country_has_owners() -> None:
    lines = (GITHUB / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    rules = dict(line.split() for line in lines if line and not line.startswith("#"))
    for kind in ("organizations", "legal_frameworks"):
        for folder in (ROOT / "data" / kind).iterdir():
            if re.fullmatch("[A-Z]{2}", folder.name):
                assert f"/data/{kind}/{folder.name}/" in rules
    for file in (ROOT / "data" / "countries").glob("*.yaml"):
        assert f"/data/countries/{file.name}" in rules
    for pattern, owner in rules.items():
        assert re.fullmatch(r"@[\w-]+/[\w-]+", owner)
        assert pattern == "*" or (ROOT / pattern.strip("/")).exists(), f"{pattern} is not there"


def test_the_locks_hold_the_versions_of_the_project() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    extras = project["optional-dependencies"]
    for lock, wanted in {
        "requirements.lock": [*project["dependencies"], *extras["build"]],
        "requirements-dev.lock": [*project["dependencies"], *extras["build"], *extras["dev"]],
    }.items():
        text = (ROOT / lock).read_text(encoding="utf-8")
        locked = set(re.findall(r"^([^ ;]+==[^ ;]+)", text, re.MULTILINE))
        assert set(wanted) - locked == set(), f"{lock} is older than pyproject.toml: run make lock"


def test_what_newcomers_are_told_to_write_is_right() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    blocks = [
        yaml.safe_load(dedent(block))
        for block in re.findall(r"^ *```yaml\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    ]
    (before,), (after,), (superseded,) = blocks[:3]
    old, new = (PhoneChannel.model_validate(channel) for channel in (before, after))
    assert old.published and not old.confirmed
    assert new.confirmed and not new.published and not new.as_printed
    assert (old.id, old.label) == (new.id, new.label)
    assert superseded["printed"] == old.as_printed
    assert set(superseded) == {"printed", "reason"}


# The scripts

RUN = "77"
SHA = "0123456789abcdef0123456789abcdef01234567"
MARKER = "<!-- dalil-diff -->"
BOT = {"login": "github-actions[bot]"}

FAKE_GH = '''#!{python}
"""Stands in for `gh api`: answers from files, and writes down what is sent."""
import json, pathlib, sys
here = pathlib.Path(__file__).parent
args = sys.argv[1:]
assert args.pop(0) == "api", args
if "--method" in args:
    method = args[args.index("--method") + 1]
    path = next(a for a in args if a.startswith("repos/"))
    with (here / "sent.jsonl").open("a") as log:
        log.write(json.dumps([method, path, json.load(sys.stdin)]) + "\\n")
    sys.exit()
(path,) = args
answers = json.loads((here / "answers.json").read_text())
if path.endswith("/zip"):
    sys.stdout.buffer.write((here / "archive.zip").read_bytes())
elif path in answers:
    print(json.dumps(answers[path]))
else:
    sys.exit(f"gh: Not Found (HTTP 404) {{path}}")
'''


class FakeGitHub:
    """A folder with a `gh` that answers what a test tells it to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answers: dict[str, Any] = {}
        gh = folder / "gh"
        gh.write_text(FAKE_GH.format(python=sys.executable), encoding="utf-8")
        gh.chmod(0o755)

    def run(self, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        (self.folder / "answers.json").write_text(
            json.dumps({f"repos/org/dalil/{path}": a for path, a in self.answers.items()})
        )
        environment = {
            "PATH": f"{self.folder}:{os.environ['PATH']}",
            "GITHUB_REPOSITORY": "org/dalil",
            "RUN_ID": RUN,
            "HEAD_SHA": SHA,
        }
        command = [sys.executable, str(SCRIPTS / script), *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    @property
    def sent(self) -> list[tuple[str, str, dict[str, str]]]:
        log = self.folder / "sent.jsonl"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        return [tuple(json.loads(line)) for line in lines]


def archive(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, text in files.items():
            opened.writestr(name, text)
    return buffer.getvalue()


@pytest.fixture
def github(tmp_path: Path) -> FakeGitHub:
    """GitHub with a run that describes pull request 12, which nobody has commented on."""
    fake = FakeGitHub(tmp_path)
    leave(fake, {"number": "12\n", "comment.md": f"{MARKER}\n## Libya\n\nA number.\n"})
    fake.answers |= {
        "pulls/12": {
            "state": "open",
            "head": {"sha": SHA},
            "base": {"repo": {"full_name": "org/dalil"}},
        },
        "issues/12/comments?per_page=100&page=1": [],
    }
    return fake


def leave(fake: FakeGitHub, files: dict[str, str], *, size: int | None = None) -> None:
    content = archive(files)
    (fake.folder / "archive.zip").write_bytes(content)
    artifact = {"id": 5, "name": "change", "size_in_bytes": size or len(content)}
    fake.answers[f"actions/runs/{RUN}/artifacts?name=change"] = {"artifacts": [artifact]}


def test_a_change_gets_its_comment(github: FakeGitHub) -> None:
    result = github.run("comment_on_change.py")
    assert (result.returncode, result.stderr) == (0, "")
    ((method, path, sent),) = github.sent
    assert (method, path) == ("POST", "repos/org/dalil/issues/12/comments")
    assert sent["body"].startswith(f"{MARKER}\n## Libya\n\nA number.\n\n---\n")
    assert "/org/dalil/actions/runs/77" in sent["body"]
    assert "`preview-12`" in sent["body"]


def test_a_second_run_replaces_our_comment_and_no_one_elses(github: FakeGitHub) -> None:
    github.answers["issues/12/comments?per_page=100&page=1"] = [
        {"id": n, "user": {"login": "somebody"}, "body": f"{MARKER}\nmine"} for n in range(100)
    ]
    github.answers["issues/12/comments?per_page=100&page=2"] = [
        {"id": 800, "user": BOT, "body": "something else"},
        {"id": 801, "user": BOT, "body": f"{MARKER}\nolder"},
    ]
    assert github.run("comment_on_change.py").returncode == 0
    ((method, path, _),) = github.sent
    assert (method, path) == ("PATCH", "repos/org/dalil/issues/comments/801")


GOOD = f"{MARKER}\ntext\n"


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"number": "12; rm -rf /", "comment.md": GOOD}, "the number is no number"),
        ({"number": "../12", "comment.md": GOOD}, "the number is no number"),
        ({"number": "١٢", "comment.md": GOOD}, "the number is no number"),
        ({"number": "", "comment.md": GOOD}, "the number is no number"),
        ({"number": "1" * 30, "comment.md": GOOD}, "number is too large"),
        ({"number": "12", "comment.md": "text"}, "the text does not begin with the marker"),
        ({"number": "12", "comment.md": GOOD + "x" * 1_000_001}, "comment.md is too large"),
        ({"number": "12"}, "the archive does not have the two files"),
        (
            {"number": "12", "comment.md": GOOD, "../../evil": "x"},
            "the archive does not have the two files",
        ),
    ],
)
def test_what_is_not_a_description_of_a_change_is_refused(
    github: FakeGitHub, files: dict[str, str], reason: str
) -> None:
    leave(github, files)
    result = github.run("comment_on_change.py")
    assert (result.returncode, result.stderr) == (1, f"Nothing was written: {reason}.\n")
    assert github.sent == []


def test_a_large_archive_is_not_even_fetched(github: FakeGitHub) -> None:
    leave(github, {"number": "12", "comment.md": GOOD}, size=2_000_000)
    (github.folder / "archive.zip").unlink()
    result = github.run("comment_on_change.py")
    assert result.stderr == "Nothing was written: the archive is too large.\n"


def test_what_is_no_archive_is_refused(github: FakeGitHub) -> None:
    (github.folder / "archive.zip").write_bytes(b"no archive")
    result = github.run("comment_on_change.py")
    assert (result.returncode, github.sent) == (1, [])
    assert result.stderr.startswith("Nothing was written: the archive can't be read")


@pytest.mark.parametrize(
    "change", [{"state": "closed"}, {"head": {"sha": "f" * 40}}], ids=["closed", "another commit"]
)
def test_a_run_does_not_speak_for_another_pull_request(
    github: FakeGitHub, change: dict[str, Any]
) -> None:
    github.answers["pulls/12"] |= change
    result = github.run("comment_on_change.py")
    assert (result.returncode, github.sent) == (0, [])
    assert result.stdout == "12 is closed, or its last commit is not what this run checked.\n"


def test_a_pull_request_of_another_repository_is_refused(github: FakeGitHub) -> None:
    github.answers["pulls/12"] |= {"base": {"repo": {"full_name": "other/dalil"}}}
    assert github.run("comment_on_change.py").returncode == 1
    assert github.sent == []


def test_a_run_that_left_nothing_changes_nothing(github: FakeGitHub) -> None:
    github.answers[f"actions/runs/{RUN}/artifacts?name=change"] = {"artifacts": []}
    assert github.run("comment_on_change.py").returncode == 0
    assert github.sent == []


def test_a_comment_calls_nobody_and_keeps_addresses(github: FakeGitHub) -> None:
    text = f"{MARKER}\n@everybody, write to help@unhcr.org (@org/team)\n"
    leave(github, {"number": "12", "comment.md": text})
    github.run("comment_on_change.py")
    body = github.sent[0][2]["body"]
    assert "@\u2060everybody, write to help@unhcr.org (@\u2060org/team)" in body


def test_a_long_comment_is_cut_at_a_line_and_says_so(github: FakeGitHub) -> None:
    lines = "".join(f"line {number:05}\n" for number in range(10_000))
    leave(github, {"number": "12", "comment.md": f"{MARKER}\n{lines}"})
    github.run("comment_on_change.py")
    body = github.sent[0][2]["body"]
    assert len(body) < 65_536
    assert re.search(r"\nline \d{5}\n\nThe rest is on \[the page of the run\]", body)


# The weekly issue

OPEN = "issues?state=open&creator=github-actions%5Bbot%5D&per_page=100&page=1"
WEEKLY = "<!-- dalil weekly -->"


@pytest.fixture
def due(tmp_path: Path) -> Path:
    """What the weekly look leaves when one contact is overdue and one link is dead."""
    folder = tmp_path / "due"
    folder.mkdir()
    (folder / "overdue.csv").write_text(
        "state,country\noverdue,LY\ndoubtful,MR\n", encoding="utf-8"
    )
    (folder / "overdue.txt").write_text("Libya  UNHCR  hotline\n```\n", encoding="utf-8")
    (folder / "dead.txt").write_text("404 Not Found  https://a.example/\n", encoding="utf-8")
    return folder


def clear(due: Path, *names: str) -> None:
    for name in names:
        head = "state,country\ndoubtful,MR\n" if name.endswith(".csv") else ""
        (due / name).write_text(head, encoding="utf-8")


def test_what_is_due_opens_an_issue(github: FakeGitHub, due: Path) -> None:
    github.answers[OPEN] = [{"number": 3, "user": {"login": "somebody"}, "body": WEEKLY}]
    result = github.run("tell_what_is_due.py", str(due))
    assert (result.returncode, result.stderr) == (0, "")
    ((method, path, sent),) = github.sent
    assert (method, path) == ("POST", "repos/org/dalil/issues")
    assert sent["title"] == "Contacts to confirm and links to mend"
    assert sent["body"].startswith(f"{WEEKLY}\n")
    assert "## Dead links: 1\n" in sent["body"]
    assert "    404 Not Found  https://a.example/\n" in sent["body"]
    assert "## Contacts that nobody has confirmed for too long: 1\n" in sent["body"]
    assert "    Libya  UNHCR  hotline\n    ```\n" in sent["body"]


def test_the_open_issue_is_changed_and_no_second_one_made(github: FakeGitHub, due: Path) -> None:
    github.answers[OPEN] = [
        {"number": 3, "user": BOT, "body": None},
        {"number": 4, "user": BOT, "body": f"{WEEKLY}\nold"},
    ]
    clear(due, "overdue.csv", "overdue.txt")
    github.run("tell_what_is_due.py", str(due))
    ((method, path, sent),) = github.sent
    assert (method, path) == ("PATCH", "repos/org/dalil/issues/4")
    assert "Contacts that nobody" not in sent["body"]


def test_the_issue_is_closed_when_nothing_is_due(github: FakeGitHub, due: Path) -> None:
    github.answers[OPEN] = [{"number": 4, "user": BOT, "body": f"{WEEKLY}\nold"}]
    clear(due, "overdue.csv", "overdue.txt", "dead.txt")
    github.run("tell_what_is_due.py", str(due))
    assert github.sent == [
        ("PATCH", "repos/org/dalil/issues/4", {"state": "closed", "state_reason": "completed"})
    ]


def test_nothing_happens_when_nothing_is_due(github: FakeGitHub, due: Path) -> None:
    github.answers[OPEN] = []
    clear(due, "overdue.csv", "overdue.txt", "dead.txt")
    result = github.run("tell_what_is_due.py", str(due))
    assert (result.stdout, github.sent) == ("Nothing is due.\n", [])


# What the check writes

FAKE_DALIL = """#!/bin/sh
echo "$*" >>"$CALLS"
case "$1 $2 $3 $4 $5" in
"check --strict --format github "*) echo "::error::it is wrong" ;;
"check --strict   ") printf '%s' "$MISTAKES"; exit "${STRICT_STATUS:-$STATUS}" ;;
"check    ") printf '%s' "$MISTAKES"; echo "told on stderr" >&2 ;;
*" --at-most") printf '<!-- dalil-diff -->\\nNot all.\\n'; exit 0 ;;
"diff "*) printf '<!-- dalil-diff -->\\nUNHCR has a new number.\\n%s' "$LONG"; exit 0 ;;
"overdue --within 0 --format "*) echo "overdue in $5"; exit 0 ;;
"links    ") echo "dead links"; exit 0 ;;
*) exit 2 ;;
esac
exit "$STATUS"
"""


@pytest.fixture
def dalil(tmp_path: Path) -> Path:
    path = tmp_path / "dalil"
    path.write_text(FAKE_DALIL, encoding="utf-8")
    path.chmod(0o755)
    return path


def step(
    script: str,
    dalil: Path,
    *,
    status: int = 0,
    mistakes: str = "",
    strict_status: str = "",
    long: str = "",
) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "DALIL": str(dalil),
        "CALLS": str(dalil.parent / "calls"),
        "STATUS": str(status),
        "STRICT_STATUS": strict_status,
        "MISTAKES": mistakes,
        "LONG": long,
        "PULL_REQUEST": "12",
        "GITHUB_STEP_SUMMARY": str(dalil.parent / "summary"),
    }
    return subprocess.run(
        [str(SCRIPTS / script)],
        cwd=dalil.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def read(dalil: Path, name: str) -> str:
    return (dalil.parent / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("status", [0, 1, 2])
def test_mistakes_are_told_on_lines_and_as_text(dalil: Path, status: int) -> None:
    result = step("check-data", dalil, status=status, mistakes="a: it is wrong\n```\n")
    assert result.returncode == status
    assert result.stdout == "::error::it is wrong\n"
    assert read(dalil, "summary") == "    a: it is wrong\n    ```\n"


def test_a_change_without_mistakes_is_compared_with_its_base(dalil: Path) -> None:
    assert step("describe-change", dalil, mistakes="0 errors\n").returncode == 0
    assert read(dalil, "calls") == "check\ndiff HEAD^1 --format markdown\ncheck --strict\n"
    assert read(dalil, "change/number") == "12\n"
    assert read(dalil, "change/comment.md") == f"{MARKER}\nUNHCR has a new number.\n"
    assert read(dalil, "summary") == read(dalil, "change/comment.md")


def test_a_change_with_mistakes_is_told_them(dalil: Path) -> None:
    assert step("describe-change", dalil, status=1, mistakes="a: it is wrong\n").returncode == 0
    comment = read(dalil, "change/comment.md")
    assert comment.startswith(f"{MARKER}\n## There is a mistake in this change\n")
    assert "\nA file that is not there: choose the name of your branch, below the title" in comment
    assert comment.endswith("\n    a: it is wrong\n")


def test_a_change_with_warnings_is_shown_with_them(dalil: Path) -> None:
    result = step("describe-change", dalil, strict_status="1", mistakes="a: not in Arabic\n")
    assert result.returncode == 0
    comment = read(dalil, "change/comment.md")
    assert comment.startswith(f"{MARKER}\nUNHCR has a new number.\n\n## Before this is merged\n")
    assert comment.endswith("\n    a: not in Arabic\n")


def test_what_is_too_long_for_a_comment_stands_whole_in_the_summary(dalil: Path) -> None:
    line, mistake = "- `Libya · UNHCR`\n", "a: not in Arabic\n"
    result = step(
        "describe-change", dalil, strict_status="1", mistakes=mistake * 1000, long=line * 3000
    )
    assert result.returncode == 0
    assert "diff HEAD^1 --format markdown --at-most 40000\n" in read(dalil, "calls")
    comment = read(dalil, "change/comment.md")
    begin = f"{MARKER}\nNot all.\n\nAll of it stands on the page of the run, under *Summary*.\n"
    assert comment.startswith(f"{begin}\n## Before this is merged\n")
    assert comment.endswith(
        "    a: not in Arabic\n\nAnd 429 lines more, on the page of the run, under *Summary*.\n"
    )
    summary = read(dalil, "summary")
    assert summary.count(line) == 3000
    assert summary.count(mistake) == 1000


def test_a_check_that_breaks_off_is_no_mistake_of_the_editor(dalil: Path) -> None:
    assert step("describe-change", dalil, status=1, mistakes="").returncode == 1
    assert not (dalil.parent / "change" / "comment.md").exists()


def test_what_is_due_is_looked_for(dalil: Path) -> None:
    assert step("look-for-what-is-due", dalil).returncode == 0
    assert read(dalil, "due/overdue.txt") == "overdue in table\n"
    assert read(dalil, "due/overdue.csv") == "overdue in csv\n"
    assert read(dalil, "due/dead.txt") == "dead links\n"


def test_the_comment_takes_what_dalil_diff_writes(
    github: FakeGitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(main, ["diff", "data", "--format", "markdown"])
    leave(github, {"number": "12", "comment.md": result.stdout})
    assert github.run("comment_on_change.py").stderr == ""
    assert github.sent[0][2]["body"].startswith(result.stdout.rstrip())


def test_the_weekly_issue_counts_what_dalil_overdue_lists(
    github: FakeGitHub, due: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    for form, name in [("table", "overdue.txt"), ("csv", "overdue.csv")]:
        arguments = ["overdue", "--within", "0", "--format", form, "--today", "2031-01-01"]
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0
        (due / name).write_text(result.stdout, encoding="utf-8")
    github.answers[OPEN] = []
    assert github.run("tell_what_is_due.py", str(due)).returncode == 0
    assert re.search(r"for too long: \d\d+\n", github.sent[0][2]["body"])


def test_what_the_check_leaves_is_what_the_comment_takes(github: FakeGitHub, dalil: Path) -> None:
    step("describe-change", dalil, status=1, mistakes="a: it is wrong\n")
    leave(github, {name: read(dalil, f"change/{name}") for name in ("number", "comment.md")})
    assert github.run("comment_on_change.py").returncode == 0
    assert "    a: it is wrong\n" in github.sent[0][2]["body"]


@pytest.fixture
def pull_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in two languages whose last commit is to be merged, and the real `dalil`."""
    root = make_repository(tmp_path / "project", monkeypatch)
    shutil.copy(ROOT / "mkdocs.yml", root)
    edit(root, "data/glossary/child.yaml", ("{en: Child}", "{en: Child, es: Niño}"))
    spanish = "language: es\ndirection: ltr\nname: Español\ntexts: {}\n"
    (root / "data/interface/es.yaml").write_text(spanish, encoding="utf-8")
    (root / "dalil").write_text(
        f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m generator.cli "$@"\n',
        encoding="utf-8",
    )
    (root / "dalil").chmod(0o755)
    (root / "change").mkdir()
    (root / "change/comment.md").write_text("What it means.\n", encoding="utf-8")
    CliRunner().invoke(main, ["translations", "--accept"], catch_exceptions=False)
    commit()
    return root / "dalil"


def test_what_was_translated_is_recorded_for_who_has_no_command(pull_request: Path) -> None:
    folder = pull_request.parent
    edit(
        folder, "data/glossary/child.yaml", ("Niño", "Niña o niño"), ("{en: Child", "{en: A child")
    )
    commit()
    assert step("record-translations", pull_request).returncode == 0
    comment = read(pull_request, "change/comment.md")
    assert comment.startswith("What it means.\n\n**What you have translated has to be recorded.**")
    assert "`translations-12`" in comment
    shutil.copy(folder / "record/translations.lock.json", folder / "data")
    said = CliRunner().invoke(main, ["check"]).output
    assert "outdated" not in said


def test_what_is_only_out_of_date_is_not_recorded(pull_request: Path) -> None:
    edit(pull_request.parent, "data/glossary/child.yaml", ("{en: Child", "{en: A child"))
    commit()
    assert step("record-translations", pull_request).returncode == 0
    assert read(pull_request, "change/comment.md") == "What it means.\n"
    assert not (pull_request.parent / "record").exists()


def test_mistakes_come_before_the_record(pull_request: Path) -> None:
    edit(pull_request.parent, "data/glossary/child.yaml", ("id: child", "id: adult"))
    commit()
    assert step("record-translations", pull_request).returncode == 0
    assert read(pull_request, "change/comment.md") == "What it means.\n"
    assert not (pull_request.parent / "record").exists()
