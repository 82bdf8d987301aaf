"""What tests share: data to break, the site built once, and a browser to read it with."""

from __future__ import annotations

import contextlib
import dataclasses
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from generator.building import BuildOptions, build_site
from generator.checks import check_dataset
from generator.dataset import Dataset
from generator.loading import load_dataset
from generator.problems import render_text, sort_problems

ROOT = Path(__file__).parent.parent
TESTS = ROOT / "tests"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden", action="store_true", help="write what the golden tests expect anew"
    )


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """On GitHub, say what failed where who made the change sees it, not only in the log."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return
    for report in terminalreporter.stats.get("failed", []):
        crash = getattr(report.longrepr, "reprcrash", None)
        message = crash.message if crash else "it failed"
        # What a test says on purpose is said whole; of a comparison, its first line will do.
        said = message.removeprefix("Failed: ")
        message = said if said != message else message.partition("\n")[0][:300]
        for sign, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
            message = message.replace(sign, code)
        terminalreporter.write_line(f"::error title={report.nodeid.rpartition('::')[2]}::{message}")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Hold a text against tests/golden/<name>, or write it there with --renew-golden."""

    def compare(name: str, text: str) -> None:
        path = TESTS / "golden" / name
        if request.config.getoption("--renew-golden"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare


def copy_good_data(target: Path) -> Path:
    """Copy the fixture of good data, with the site's real English words, to a folder."""
    shutil.copytree(TESTS / "good", target)
    (target / "interface").mkdir()
    shutil.copy(ROOT / "data" / "interface" / "en.yaml", target / "interface")
    return target


def load_good(data_dir: Path, content_dir: Path | None = None) -> Dataset:
    """Load data that has no problems."""
    loaded = load_dataset(data_dir, content_dir=content_dir)
    problems = sort_problems([*loaded.problems, *check_dataset(loaded.dataset)])
    if problems:
        pytest.fail(render_text(problems, file_count=loaded.file_count), pytrace=False)
    return loaded.dataset


@pytest.fixture
def good_data(tmp_path: Path) -> Path:
    """A folder of good data that a test may change."""
    return copy_good_data(tmp_path / "data")


@pytest.fixture(scope="session")
def good_dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The good data and its one authored page, loaded once."""
    data_dir = copy_good_data(tmp_path_factory.mktemp("good") / "data")
    return load_good(data_dir, TESTS / "good_content")


@pytest.fixture(scope="session")
def real_dataset() -> Dataset:
    """The real data, loaded once."""
    return load_good(ROOT / "data", ROOT / "content")


@pytest.fixture(scope="session")
def real_history(real_dataset: Dataset) -> list[tuple[str, Dataset]]:
    """Two days of history: on the second, one number of the real data came to be what it is."""
    organization, _, channel = next(
        found for found in real_dataset.channels() if found[2].kind == "short_code"
    )
    earlier = channel.model_copy(update={"number": "199"})
    channels = tuple(earlier if one is channel else one for one in organization.channels)
    organizations = {
        **real_dataset.organizations,
        organization.key: organization.model_copy(update={"channels": channels}),
    }
    before = dataclasses.replace(real_dataset, organizations=organizations)
    return [("2026-10-30T09:00:00Z", before), ("2026-11-02T09:00:00Z", real_dataset)]


@pytest.fixture(scope="session")
def site(
    real_dataset: Dataset,
    real_history: list[tuple[str, Dataset]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The site of the real data, built once."""
    target = tmp_path_factory.mktemp("real") / "site"
    options = BuildOptions(
        ROOT / "mkdocs.yml", ROOT / "content", target, "https://example.org/dalil/"
    )
    build_site(real_dataset, options, say=lambda step: None, history=real_history)
    return target


CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class _StrictHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files under the strictest policy that the site promises to work with."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        super().end_headers()

    def log_message(self, *args: Any) -> None:
        """Keep quiet."""


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder under the policy, and yield its address."""
    handler = partial(_StrictHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The address of a server of the real site."""
    with serve(site) as address:
        yield address


@pytest.fixture(scope="session")
def small_server(good_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the small site, whose data no editor changes."""
    target = tmp_path_factory.mktemp("small") / "site"
    options = BuildOptions(ROOT / "mkdocs.yml", TESTS / "good_content", target, None)
    build_site(good_dataset, options, say=lambda step: None)
    with serve(target) as address:
        yield address


PHONE: ViewportSize = {"width": 360, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    path = next((found for name in names if (found := shutil.which(name))), None)
    assert path, "no Chromium was found; tests/ensure-programs says how to get one"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        # Keeping the site takes time and would hide faults of the server; tests/test_offline.py
        # allows it.
        running.new_context = partial(running.new_context, service_workers="block")  # type: ignore[method-assign]
        running.new_page = partial(running.new_page, service_workers="block")  # type: ignore[method-assign]
        yield running
        running.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport=PHONE)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails its test if anything goes wrong or is refused by the policy."""
    opened = context.new_page()
    complaints: list[str] = []
    opened.on(
        "console",
        lambda message: (
            complaints.append(message.text) if "blocked by Playwright" not in message.text else None
        ),
    )
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    # Leaving a page ends what it was still loading; that is no fault.
    opened.on(
        "requestfailed",
        lambda request: (
            complaints.append(request.url) if request.failure != "net::ERR_ABORTED" else None
        ),
    )
    yield opened
    assert complaints == []


@pytest.fixture
def blank_page(page: Page) -> Page:
    """A page without anything, to run scripts in."""
    page.goto("about:blank")
    return page
