"""`dalil links`, against a server on this machine that behaves as badly as servers do."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest
from click.testing import CliRunner

from generator import dead_links
from generator.cli import dead_links as command
from generator.cli import main
from generator.dataset import Dataset
from generator.dead_links import Answer, ask_all, collect_addresses, render_dead
from tests.conftest import ROOT

Asked = list[tuple[str, str, str, float]]


class _Handler(http.server.BaseHTTPRequestHandler):
    """Answers with the status that the path names; asked is what it was asked."""

    asked: Asked = []

    def do_GET(self) -> None:
        agent = self.headers["User-Agent"]
        self.asked.append((self.command, self.path, agent, time.monotonic()))
        word = self.path.strip("/")
        if word == "slow":
            time.sleep(1)
        if word == "nonsense":
            self.wfile.write(b"this is not http\r\n")
            return
        if word == "no-head":
            status = 404 if self.command == "HEAD" else 200
        else:
            status = int(word) if word.isdigit() else 200
        targets = {"moved": "/200", "to-file": "file:///etc/hostname", "circle": "/circle"}
        targets |= {"to-dead": "/404", "to-ftp": "ftp://127.0.0.1/"}
        self.send_response(302 if word in targets else status)
        if word in targets:
            self.send_header("Location", targets[word])
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815  http.server's own name

    def log_message(self, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def host() -> Iterator[str]:
    _Handler.asked = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def ask(address: str) -> Answer:
    (answer,) = ask_all({address: ("data/a.yaml:1",)}, pause=0, timeout=0.3)
    return answer


@pytest.mark.parametrize(
    ("path", "state", "reason"),
    [
        ("200", "good", "200"),
        ("moved", "good", "200"),
        ("no-head", "good", "200"),
        ("404", "dead", "404 Not Found"),
        ("410", "dead", "410 Gone"),
        ("500", "dead", "500 Internal Server Error"),
        ("to-dead", "dead", "404 Not Found"),
        ("to-file", "dead", "302 Found"),
        ("to-ftp", "dead", 'leads to "ftp://127.0.0.1/"'),
        ("slow", "dead", "no answer in time"),
        ("nonsense", "dead", "this is not http"),
        ("403", "refused", "403 Forbidden"),
        ("429", "refused", "429 Too Many Requests"),
        ("999", "refused", "999"),
    ],
)
def test_an_address_is_good_refused_or_dead(host: str, path: str, state: str, reason: str) -> None:
    answer = ask(f"{host}/{path}")
    assert (answer.state, answer.reason.strip()) == (state, reason)


def test_a_redirection_in_a_circle_is_dead(host: str) -> None:
    assert ask(f"{host}/circle").state == "dead"


def test_nobody_at_an_address_is_dead(host: str) -> None:
    assert ask("http://127.0.0.1:9/").reason == "Connection refused"


def test_only_heads_are_asked_for_where_they_are_answered(host: str) -> None:
    ask(f"{host}/200")
    ask(f"{host}/no-head")
    assert [(method, path) for method, path, _, _ in _Handler.asked] == [
        ("HEAD", "/200"),
        ("HEAD", "/no-head"),
        ("GET", "/no-head"),
    ]


def test_says_who_asks(host: str) -> None:
    ask(f"{host}/200")
    assert _Handler.asked[0][2].startswith("Dalil-link-check/")


def test_waits_between_requests_to_one_host(host: str) -> None:
    ask_all({f"{host}/200": (), f"{host}/404": ()}, pause=0.2, timeout=1)
    times = [moment for _, _, _, moment in _Handler.asked]
    assert len(times) == 3
    assert all(later - earlier > 0.19 for earlier, later in pairwise(times))


def test_addresses_are_collected_once_with_their_places(good_dataset: Dataset) -> None:
    addresses = collect_addresses(good_dataset)
    assert list(addresses) == sorted(addresses)
    assert all(address.startswith(("https://", "http://")) for address in addresses)
    assert addresses, "the good data has web addresses"
    for address, places in addresses.items():
        for place in places:
            path, _, line = place.rpartition(":")
            file = next(f for f in good_dataset.files.values() if f.path == path)
            assert address in file.lines[int(line) - 1]


def test_links_of_pages_are_asked_too(real_dataset: Dataset) -> None:
    places = collect_addresses(real_dataset)["https://www.geonames.org/"]
    for language in ("ar", "en", "fr"):
        (place,) = (one for one in places if one.startswith(f"content/{language}/about.md:"))
        line = int(place.rpartition(":")[2])
        text = (ROOT / "content" / language / "about.md").read_text(encoding="utf-8")
        assert "(https://www.geonames.org/)" in text.split("\n")[line - 1]


def test_lists_the_dead_with_their_places_and_counts_the_rest(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(dead_links.time, "sleep", lambda seconds: None)
    addresses = {
        f"{host}/404": ("data/a.yaml:3", "data/b.yaml:7"),
        f"{host}/200": ("data/a.yaml:4",),
        f"{host}/403": ("data/a.yaml:5",),
    }
    monkeypatch.setattr(command, "collect_addresses", lambda dataset: addresses)
    result = CliRunner().invoke(main, ["links", "--data", "tests/good"])
    assert result.exit_code == 0
    assert result.stdout == f"404 Not Found            {host}/404  data/a.yaml:3, data/b.yaml:7\n"
    assert result.stderr == "asking 3 addresses\n1 answer, 1 answer people only, 1 are dead\n"


def test_without_a_network_no_address_is_called_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(dead_links.time, "sleep", lambda seconds: None)
    addresses = {"http://127.0.0.1:9/": ("data/a.yaml:3",), "http://127.0.0.1:9/b": ("data/b:1",)}
    monkeypatch.setattr(command, "collect_addresses", lambda dataset: addresses)
    result = CliRunner().invoke(main, ["links", "--data", "tests/good"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no address answers: is there a network?" in result.stderr


def test_nothing_dead_is_an_empty_list() -> None:
    assert render_dead([Answer("https://example.org/", ("data/a.yaml:1",), "good", "200")]) == ""
