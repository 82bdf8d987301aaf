"""Which web addresses in the data no longer answer: each is asked once in a while, politely.

The only module that asks the network, and only `dalil links` calls it.
"""

from __future__ import annotations

import dataclasses
import http.client
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from itertools import chain
from typing import IO, Literal
from urllib.parse import urlsplit

from generator.dataset import Dataset
from generator.values.errors import quote

State = Literal["good", "refused", "dead"]

USER_AGENT = "Dalil-link-check/1 (looks weekly whether links of a public directory still answer)"
PAUSE_SECONDS = 1.0
TIMEOUT_SECONDS = 20.0
HOSTS_AT_ONCE = 8

# They answer people, but not programs, or not now: nothing says that the page is gone.
_REFUSALS = frozenset({401, 403, 405, 406, 429, 451, 999})


_LINK = re.compile(r"\]\((https?://[^\s()<>]+)\)|<(https?://[^\s<>]+)>")
"""A link in Markdown: `[text](address)` or `<address>`."""


@dataclasses.dataclass(frozen=True)
class Answer:
    """What became of one address, and the places (`path:line`) where the data has it."""

    address: str
    places: tuple[str, ...]
    state: State
    reason: str


def collect_addresses(dataset: Dataset) -> dict[str, tuple[str, ...]]:
    """Return every web address in data and pages with where it stands, sorted by address."""
    found: dict[str, set[tuple[str, int]]] = {}
    for (kind, _), file in dataset.files.items():
        if kind == "places":
            continue
        for path, text in file.texts():
            if text.startswith(("https://", "http://")):
                found.setdefault(text, set()).add((file.path, file.place_of(path)[0]))
    for page in dataset.authored:
        for number, line in enumerate(page.file.lines, start=1):
            for address in filter(None, chain.from_iterable(_LINK.findall(line))):
                found.setdefault(address, set()).add((page.file.path, number))
    return {
        address: tuple(f"{path}:{line}" for path, line in sorted(found[address]))
        for address in sorted(found)
    }


def ask_all(
    addresses: Mapping[str, tuple[str, ...]],
    *,
    pause: float = PAUSE_SECONDS,
    timeout: float = TIMEOUT_SECONDS,
) -> list[Answer]:
    """Ask each address, one at a time and with a pause (in seconds) at each host.

    Returns the answers in the order of the addresses.
    """
    by_host: dict[str, list[str]] = {}
    for address in addresses:
        by_host.setdefault(urlsplit(address).netloc, []).append(address)

    def ask_host(waiting: list[str]) -> list[Answer]:
        return [
            Answer(address, addresses[address], *_ask(address, pause=pause, timeout=timeout))
            for address in waiting
        ]

    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        answers = {a.address: a for host in pool.map(ask_host, by_host.values()) for a in host}
    return [answers[address] for address in addresses]


def render_dead(answers: Iterable[Answer]) -> str:
    """Return one line for each dead address: why, the address, and where it stands."""
    return "".join(
        f"{answer.reason:<24} {answer.address}  {', '.join(answer.places)}\n"
        for answer in answers
        if answer.state == "dead"
    )


def _ask(address: str, *, pause: float, timeout: float) -> tuple[State, str]:
    """Ask for the head, and for the page where that fails: many servers know only pages."""
    reason = ""
    for method in ("HEAD", "GET"):
        # Before each request, so that the second try and the next address wait as well.
        time.sleep(pause)
        request = urllib.request.Request(  # noqa: S310  _opener() knows only http and https
            address, method=method, headers={"User-Agent": USER_AGENT, "Accept": "*/*"}
        )
        try:
            _opener().open(request, timeout=timeout).close()
        except urllib.error.HTTPError as error:
            error.close()
            if method == "GET" and error.code in _REFUSALS:
                return "refused", _status(error.code)
            reason = _status(error.code)
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = _explain(error)
        else:
            return "good", "200"
    return "dead", reason


class _WebOnly(urllib.request.HTTPRedirectHandler):
    """Follows redirections to the web only: never to files or other services."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        # urllib refuses files by itself, but not FTP.
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise urllib.error.URLError(f"leads to {quote(newurl)}")
        redirected = super().redirect_request(req, fp, code, msg, headers, newurl)
        if redirected is not None:
            redirected.method = req.get_method()
        return redirected


def _opener() -> urllib.request.OpenerDirector:
    """Return what opens web addresses and, unlike urllib's own, no others."""
    opener = urllib.request.OpenerDirector()
    for handler in _handlers():
        opener.add_handler(handler())
    return opener


def _handlers() -> Iterator[Callable[[], urllib.request.BaseHandler]]:
    yield urllib.request.HTTPHandler
    yield urllib.request.HTTPSHandler
    yield urllib.request.HTTPErrorProcessor
    yield urllib.request.HTTPDefaultErrorHandler
    yield _WebOnly


def _status(code: int) -> str:
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)


def _explain(error: Exception) -> str:
    """Return in a few words why there was no answer at all."""
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, TimeoutError):
        return "no answer in time"
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    return str(cause) or type(cause).__name__
