"""Without a network: what the browser keeps, the folder, and the single file; and what goes wrong."""

from __future__ import annotations

import datetime
import gzip
import hashlib
import http.server
import json
import os
import re
import shutil
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.building import BuildOptions, build_site
from generator.dataset import Dataset
from generator.loading import load_dataset
from generator.values.dates import months_later
from tests.conftest import CONTENT_SECURITY_POLICY, PHONE, ROOT, TESTS, copy_good_data
from tests.picking import needs_of

MAX_CORE = 1_500_000
MAX_HELPLINES = 40_000


# --- What is made ---


def test_a_month_later_is_a_day_that_there_is() -> None:
    assert months_later("2026-11-21", 6) == "2027-05-21"
    assert months_later("2026-08-31", 6) == "2027-02-28"
    assert months_later("2026-12-31", 12) == "2027-12-31"


@pytest.fixture(scope="module")
def manifest(site: Path) -> dict[str, dict[str, list[int]]]:
    loaded: dict[str, dict[str, list[int]]] = json.loads(
        (site / "offline" / "manifest.json").read_text("utf-8")
    )
    return loaded


def test_the_manifest_names_every_file_for_readers_with_its_hash(
    site: Path, manifest: dict[str, dict[str, list[int]]]
) -> None:
    listed = {path.partition("?")[0]: facts for path, facts in manifest["files"].items()}
    every = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    for_programs = {path for path in every if path.startswith("api/") or path.endswith(".atom")}
    assert every - set(listed) == for_programs | {
        "404.html", "sw.js", "offline/manifest.json", "downloads/dalil-offline.zip",
    }  # fmt: skip
    for path, (digest, size) in listed.items():
        content = (site / path).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (digest, size)


def test_the_worker_is_that_of_its_manifest(site: Path) -> None:
    digest = hashlib.sha256((site / "offline" / "manifest.json").read_bytes()).hexdigest()
    assert f'const VERSION = "{digest}";' in (site / "sw.js").read_text("utf-8")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_what_is_kept_by_itself_is_small(
    site: Path, manifest: dict[str, dict[str, list[int]]], language: str
) -> None:
    paths = list(manifest["files"])
    core = {paths[number].partition("?")[0] for number in manifest["groups"][f"core-{language}"]}
    assert sum(len(gzip.compress((site / path).read_bytes())) for path in core) <= MAX_CORE
    assert {f"{language}/index.html", f"{language}/ma/situations/child-alone/index.html"} <= core
    assert not any(path.startswith("en/ma") for path in core if language != "en")


def test_a_country_in_one_file_needs_no_other(site: Path, real_dataset: Dataset) -> None:
    files = sorted(site.glob("downloads/*/helplines-*.html"))
    assert len(files) == len(real_dataset.countries) * len(real_dataset.languages)
    for path in files:
        html = path.read_text("utf-8")
        assert len(gzip.compress(html.encode())) <= MAX_HELPLINES
        links = set(re.findall(r'(?:href|src)="([^"]*)"', html))
        schemes = ("#", "tel:", "sms:", "mailto:", "https://wa.me/", "https://")
        assert {link for link in links if not link.startswith(schemes)} == set()


def test_a_country_in_one_file_has_all_its_numbers(site: Path, real_dataset: Dataset) -> None:
    find = re.compile(r'href="((?:tel|sms|mailto):[^"]+|https://wa\.me/[^"]+)"')
    for code in real_dataset.countries:
        page = (site / "fr" / code.lower() / "index.html").read_text("utf-8")
        file = (site / "downloads" / code.lower() / "helplines-fr.html").read_text("utf-8")
        assert set(find.findall(file)) == set(find.findall(page))


@pytest.fixture(scope="module")
def folder_name(real_dataset: Dataset) -> str:
    assert real_dataset.edition
    return f"dalil-{real_dataset.edition.version}"


def test_the_folder_is_the_site(site: Path, folder_name: str) -> None:
    with zipfile.ZipFile(site / "downloads" / "dalil-offline.zip") as archive:
        names = archive.namelist()
        assert all(name.startswith(f"{folder_name}/") for name in names)
        inside = {name.removeprefix(f"{folder_name}/") for name in names}
        page = archive.read(f"{folder_name}/ar/ma/index.html")
    every = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert every - inside == {"sw.js", "offline/manifest.json", "downloads/dalil-offline.zip"}
    assert page == (site / "ar" / "ma" / "index.html").read_bytes()


# --- A site that is served, changes, and goes away ---


class Host:
    """A web server of a folder under a path, which can fail in the ways that networks do."""

    def __init__(self, folder: Path, path: str = "/") -> None:
        self.folder = folder
        self.path = path
        self.missing: set[str] = set()
        self.left: int | None = None
        self.port = 0
        self.asked: list[str] = []
        self._running: http.server.ThreadingHTTPServer | None = None
        self.start()

    def start(self) -> None:
        host = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            protocol_version = "HTTP/1.0"

            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                host.asked.append(path)
                if host.left is not None:
                    host.left -= 1
                    if host.left < 0:
                        self.connection.close()
                        return
                name = path.removeprefix(host.path)
                if not path.startswith(host.path) or name in host.missing:
                    self.send_error(404)
                    return
                self.path = f"/{name}"
                super().do_GET()

            def end_headers(self) -> None:
                self.send_header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                # So that what works without the server is the worker's doing.
                self.send_header("Cache-Control", "no-cache")
                super().end_headers()

            def translate_path(self, path: str) -> str:
                self.directory = str(host.folder)
                return super().translate_path(path)

            def log_message(self, *args: object) -> None:
                """Keep quiet."""

        self._running = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self._running.server_port
        threading.Thread(target=self._running.serve_forever, daemon=True).start()

    def stop(self) -> None:
        if self._running:
            self._running.shutdown()
            self._running.server_close()
            self._running = None

    def url(self, path: str = "") -> str:
        return f"http://127.0.0.1:{self.port}{self.path}{path}"


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two editions of a small site: in the second, the clinic has another number."""
    folder = tmp_path_factory.mktemp("editions")
    built = []
    for name, old, new in (
        ("one", "", ""),
        ("two", "+216 71 720 200", "+216 71 720 201"),
    ):
        data = copy_good_data(folder / name)
        clinic = data / "organizations" / "TN" / "clinic.yaml"
        clinic.write_text(clinic.read_text("utf-8").replace(old, new), encoding="utf-8")
        edition = data / "edition.yaml"
        text = edition.read_text("utf-8")
        if name == "two":
            edition.write_text(text.replace("2026-", "2027-"), encoding="utf-8")
        dataset = load_dataset(data, content_dir=TESTS / "good_content").dataset
        target = folder / f"site-{name}"
        options = BuildOptions(ROOT / "mkdocs.yml", TESTS / "good_content", target, None)
        build_site(dataset, options, say=lambda step: None)
        built.append(target)
    return built[0], built[1]


@pytest.fixture
def host(editions: tuple[Path, Path], tmp_path: Path) -> Iterator[Host]:
    """A server of the first edition, in a folder that a test may change."""
    folder = tmp_path / "served"
    shutil.copytree(editions[0], folder)
    running = Host(folder)
    yield running
    running.stop()


def publish(host: Host, site: Path) -> None:
    shutil.rmtree(host.folder)
    shutil.copytree(site, host.folder)
    for path in host.folder.rglob("*"):
        # Two editions of the same second look the same to caches, which go by the date.
        os.utime(path, (path.stat().st_mtime + 60,) * 2)


@pytest.fixture
def keeping(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that may keep the site."""
    context = browser.new_context(viewport=PHONE, service_workers="allow")
    yield context
    context.close()


IS_KEPT = """async (group) => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) {
      if (!url.endsWith("/offline/kept.json")) continue;
      if ((await (await cache.match(url)).json()).includes(group)) return true;
    }
  }
  return false;
}"""


def wait_until(page: Page, expression: str) -> None:
    """Wait for what a page tells; its policy forbids Playwright's own way."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"this never came true: {expression}")


def visit(context: BrowserContext, url: str, *, keeps: str = "core-en") -> Page:
    """Open a page, and wait until the core is kept and answered from."""
    page = context.new_page()
    page.goto(url)
    wait_until(page, f"({IS_KEPT})('{keeps}')")
    wait_until(page, "Boolean(navigator.serviceWorker.controller)")
    return page


def number_of(page: Page) -> str:
    return page.locator("#organization-clinic a[href^='tel:']").first.inner_text().strip()


OLD, NEW = "Call +216 71 720 200", "Call +216 71 720 201"


def wait_for_update(page: Page) -> None:
    page.evaluate(
        "navigator.serviceWorker.getRegistration().then((one) => one.update()).catch(() => 0)"
    )


pytest_browser = pytest.mark.browser


@pytest_browser
def test_after_one_visit_the_core_works_without_the_server(
    host: Host, keeping: BrowserContext
) -> None:
    page = visit(keeping, host.url("en/index.html"))
    host.stop()
    page.goto(host.url("en/tn/index.html"))
    assert number_of(page) == OLD
    page.goto(host.url("en/tn/situations/child-alone/index.html"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tunisia")
    page.goto(host.url("en/search/index.html?q=71720200"))
    expect(page.locator("[data-results] > li").first).to_contain_text("The clinic")
    page.goto(host.url())
    expect(page).to_have_url(host.url("en/index.html"))
    # What is not kept says so, and what is.
    page.goto(host.url("en/coverage/index.html"))
    expect(page.get_by_text("the page that you asked for is not kept")).to_be_visible()
    expect(page.locator("[data-offline-state]")).to_contain_text("Kept: edition")


@pytest_browser
def test_nothing_of_one_version_is_shown_with_another(
    host: Host, keeping: BrowserContext, editions: tuple[Path, Path]
) -> None:
    page = visit(keeping, host.url("en/tn/index.html"))
    publish(host, editions[1])
    wait_for_update(page)
    bar = page.locator("[data-update]")
    expect(bar).to_contain_text("A newer edition is ready, of")
    assert number_of(page) == OLD
    page.reload()
    assert number_of(page) == OLD
    page.locator("[data-update] button").click()
    expect(page.locator("#organization-clinic a[href^='tel:']").first).to_contain_text("201")
    host.stop()
    page.reload()
    assert number_of(page) == NEW
    assert page.evaluate("caches.keys().then((names) => names.length)") == 1


@pytest_browser
def test_an_update_that_breaks_off_leaves_the_last_version(
    host: Host, keeping: BrowserContext, editions: tuple[Path, Path]
) -> None:
    page = visit(keeping, host.url("en/tn/index.html"))
    publish(host, editions[1])
    host.left = 4
    wait_for_update(page)
    page.wait_for_timeout(500)
    host.stop()
    page.goto(host.url("en/tn/index.html"))
    assert number_of(page) == OLD
    expect(page.locator("[data-update]")).to_be_hidden()
    host.left = None
    host.start()
    page.goto(host.url("en/tn/index.html"))
    wait_for_update(page)
    expect(page.locator("[data-update]")).to_be_visible()


@pytest_browser
def test_an_update_that_lacks_a_file_is_refused(
    host: Host, keeping: BrowserContext, editions: tuple[Path, Path]
) -> None:
    page = visit(keeping, host.url("en/tn/index.html"))
    publish(host, editions[1])
    host.missing = {"en/tn/index.html"}
    wait_for_update(page)
    page.wait_for_timeout(800)
    expect(page.locator("[data-update]")).to_be_hidden()
    page.reload()
    assert number_of(page) == OLD
    host.missing = set()
    # A file of another version than the manifest's is as good as none.
    shutil.copy(editions[0] / "en/tn/index.html", host.folder / "en/tn/index.html")
    wait_for_update(page)
    page.wait_for_timeout(800)
    expect(page.locator("[data-update]")).to_be_hidden()
    assert number_of(page) == OLD


@pytest_browser
def test_a_browser_without_room_still_shows_the_site(host: Host, keeping: BrowserContext) -> None:
    page = keeping.new_page()
    session = keeping.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": host.url()[:-1], "quotaSize": 20_000})
    page.goto(host.url("en/tn/index.html"))
    page.wait_for_timeout(800)
    page.goto(host.url("en/offline/index.html"))
    expect(page.locator("[data-offline-state]")).to_contain_text("This browser keeps nothing here")
    expect(page.locator("[data-works]")).to_be_hidden()
    page.goto(host.url("en/tn/index.html"))
    assert number_of(page) == OLD


@pytest_browser
def test_another_window_is_told_of_the_new_version_and_keeps_its_own(
    host: Host, keeping: BrowserContext, editions: tuple[Path, Path]
) -> None:
    first = visit(keeping, host.url("en/tn/index.html"))
    second = visit(keeping, host.url("en/tn/index.html"))
    publish(host, editions[1])
    wait_for_update(first)
    first.locator("[data-update] button").click()
    expect(first.locator("#organization-clinic a[href^='tel:']").first).to_contain_text("201")
    expect(second.locator("[data-update]")).to_contain_text("opened in another window")
    # Its search was not loaded yet, and is still that of its own version.
    second.keyboard.press("/")
    second.keyboard.type("71720200")
    expect(second.get_by_role("row").first).to_contain_text("71 720 200")
    second.locator("dialog [data-search-close]").click()
    second.locator("[data-update] button").click()
    expect(second.locator("#organization-clinic a[href^='tel:']").first).to_contain_text("201")


@pytest_browser
def test_a_site_that_moved_is_another_site(host: Host, keeping: BrowserContext) -> None:
    host.path = "/old/"
    page = visit(keeping, host.url("en/tn/index.html"))
    host.path = "/new/dalil/"
    page.goto(host.url("en/tn/index.html"))
    wait_until(page, "Boolean(navigator.serviceWorker.controller)")
    assert page.evaluate("navigator.serviceWorker.controller.scriptURL") == host.url("sw.js")
    names = page.evaluate("caches.keys()")
    assert len({name.split(" ")[1] for name in names}) == 2
    host.stop()
    page.reload()
    assert number_of(page) == OLD


@pytest_browser
def test_what_was_changed_in_the_cache_is_loaded_again(host: Host, keeping: BrowserContext) -> None:
    page = visit(keeping, host.url("en/index.html"))
    poison = """async (url) => {
      const [name] = await caches.keys();
      const cache = await caches.open(name);
      await cache.put(url, new Response("<h1>Call 666</h1>", { headers: { "Content-Type": "text/html" } }));
    }"""
    page.evaluate(poison, host.url("en/tn/index.html"))
    page.goto(host.url("en/tn/index.html"))
    assert number_of(page) == OLD
    page.evaluate(poison, host.url("en/tn/index.html"))
    host.stop()
    page.goto(host.url("en/tn/index.html"))
    expect(page.get_by_text("is not kept on this device")).to_be_visible()
    assert "666" not in page.content()


@pytest_browser
def test_a_site_that_has_no_worker_any_more_gets_rid_of_it(
    host: Host, keeping: BrowserContext
) -> None:
    page = visit(keeping, host.url("en/tn/index.html"))
    page.close()
    (host.folder / "sw.js").unlink()
    (host.folder / "en/tn/index.html").write_text("<h1>Another site</h1>", encoding="utf-8")
    # A worker looks once in its life; the browser ends it when nothing needs it.
    page = keeping.new_page()
    session = keeping.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    page.goto(host.url("en/tn/index.html"))
    wait_until(page, "caches.keys().then((names) => names.length === 0)")
    page.goto(host.url("en/tn/index.html"))
    expect(page.get_by_role("heading")).to_have_text("Another site")


@pytest_browser
def test_a_host_that_finds_nothing_does_not_take_away_what_is_kept(
    host: Host, keeping: BrowserContext
) -> None:
    page = visit(keeping, host.url("en/tn/index.html"))
    page.close()
    shutil.rmtree(host.folder)
    host.folder.mkdir()
    page = keeping.new_page()
    session = keeping.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    for _ in range(2):
        page.goto(host.url("en/tn/index.html"))
        assert number_of(page) == OLD
        page.wait_for_timeout(300)


@pytest_browser
def test_all_that_is_kept_can_be_deleted(host: Host, keeping: BrowserContext) -> None:
    page = visit(keeping, host.url("en/offline/index.html"))
    page.get_by_role("button", name="Delete everything that is kept").click()
    expect(page.locator("[data-offline-state]")).to_contain_text("Deleted.")
    assert page.evaluate("caches.keys()") == []
    assert (
        page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    )
    assert (
        page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    )


@pytest_browser
def test_everything_works_without_the_server(
    site: Path, real_dataset: Dataset, keeping: BrowserContext
) -> None:
    host = Host(site, "/dalil/")
    page = visit(keeping, host.url("en/offline/index.html"))
    control = page.locator("[data-keep='all']")
    expect(control.locator("[data-size]")).to_contain_text("MB")
    control.get_by_role("button").click()
    expect(control).to_contain_text("Kept.", timeout=60_000)
    host.stop()
    for language, question in (
        ("en", "shelter tanger"),
        ("fr", "foyer tanger"),
        ("ar", "مأوى طنجة"),
    ):
        page.goto(host.url(f"{language}/search/index.html?q={question}"))
        expect(page.locator("[data-results] > li").first).to_be_visible()
    for path in sorted((site / "ar" / "ma").rglob("*.html")):
        page.goto(host.url(path.relative_to(site).as_posix()))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert "missing" not in page.url
    page.get_by_role("link", name="FR", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    parts = page.evaluate(
        """async (url) => {
          const ask = async (range) => {
            const response = await fetch(url, { headers: { Range: range } });
            return [response.status, response.headers.get("Content-Range"), (await response.arrayBuffer()).byteLength];
          };
          return [await ask("bytes=0-99"), await ask("bytes=-10"), await ask("bytes=99999999-")];
        }""",
        host.url("downloads/ma/pocket-ar.pdf"),
    )
    size = (site / "downloads" / "ma" / "pocket-ar.pdf").stat().st_size
    assert parts == [
        [206, f"bytes 0-99/{size}", 100],
        [206, f"bytes {size - 10}-{size - 1}/{size}", 10],
        [416, f"bytes */{size}", 0],
    ]
    page.goto(host.url("ar/downloads/index.html"))
    assert pictures_shown(page) == len(KINDS_WITH_PICTURE) * len(real_dataset.countries) + 2


KINDS_WITH_PICTURE = ("pocket", "booklet", "wallet", "wallet-sheet")


def pictures_shown(page: Page) -> int:
    """Return how many pictures of the page are there, once each has been looked at."""
    shown = page.evaluate(
        """async () => {
          const pictures = [...document.images];
          for (const picture of pictures) picture.loading = "eager";
          await Promise.all(pictures.map((picture) => picture.decode()));
          return pictures.filter((picture) => picture.naturalWidth > 0).length;
        }"""
    )
    assert isinstance(shown, int)
    return shown


@pytest_browser
def test_the_folder_works_without_a_server(
    page: Page, site: Path, real_dataset: Dataset, folder_name: str, tmp_path: Path
) -> None:
    with zipfile.ZipFile(site / "downloads" / "dalil-offline.zip") as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / folder_name
    page.goto((folder / "en" / "ma" / "index.html").as_uri())
    page.get_by_role("link", name="FR", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Maroc")
    page.keyboard.press("/")
    page.keyboard.type("foyer tanger")
    expect(page.get_by_role("row").first).to_be_visible()
    page.goto((folder / "fr" / "downloads" / "index.html").as_uri())
    assert pictures_shown(page) == len(KINDS_WITH_PICTURE) * len(real_dataset.countries) + 2
    link = page.locator("#country-ma ~ ul a.download").first.get_attribute("href")
    assert link is not None
    assert (folder / "fr" / "downloads" / link).read_bytes().startswith(b"%PDF-")
    page.goto((folder / "ar" / "offline" / "index.html").as_uri())
    expect(page.locator("[data-works]")).to_be_hidden()
    page.locator("a[href$='helplines-ar.html']").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def in_words(day: str) -> str:
    """Return a day as English pages say it."""
    date = datetime.date.fromisoformat(day)
    return f"{date:%B} {date.day}, {date.year}"


@pytest_browser
def test_a_country_in_one_file_filters_by_need_and_tells_its_age(
    page: Page, site: Path, real_dataset: Dataset
) -> None:
    organizations = real_dataset.organizations_in("MA")
    with_shelter = [o for o in organizations if "shelter" in needs_of(real_dataset, o)]
    page.clock.set_fixed_time(f"{months_later(real_dataset.date, 7)}T12:00:00Z")
    page.goto((site / "downloads/ma/helplines-en.html").as_uri())
    cards = page.locator(".card[id]:visible")
    assert cards.count() == len(organizations)
    page.get_by_role("radio", name="Shelter").check()
    assert cards.count() == len(with_shelter) < len(organizations)
    expect(page.locator(".is-old")).to_contain_text("This edition was published 7 months ago.")
    discard = in_words(months_later(real_dataset.date, 6))
    expect(page.get_by_text(f"Discard this copy after {discard}.")).to_be_visible()


@pytest_browser
@pytest.mark.parametrize(
    ("months", "days", "path", "is_old"),
    [
        (6, -1, "en/ma/index.html", False),
        (6, 0, "en/ma/index.html", True),
        (6, 0, "en/glossary/index.html", False),
        (12, 0, "en/glossary/index.html", True),
    ],
)
def test_an_old_edition_says_so_first(
    page: Page,
    server: str,
    real_dataset: Dataset,
    months: int,
    days: int,
    path: str,
    *,
    is_old: bool,
) -> None:
    later = datetime.date.fromisoformat(months_later(real_dataset.date, months))
    page.clock.set_fixed_time(f"{later + datetime.timedelta(days=days)}T12:00:00Z")
    page.goto(f"{server}/{path}")
    expect(page.locator("main > .is-old")).to_have_count(int(is_old))
    page.emulate_media(media="print")
    discard = in_words(months_later(real_dataset.date, 6))
    expect(page.get_by_text(f"Discard this copy after {discard}.")).to_be_visible()
