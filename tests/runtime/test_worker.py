"""Python in a worker of a page with the site's content security policy."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator.runtime.releases import NUMPY as OFFICIAL
from tests.runtime.conftest import Server
from widgets import cell

pytestmark = pytest.mark.browser

UNKNOWN = {"call": "simulate", "widget": "no-such-simulator", "values": {}}
FIRST = {"call": "simulate", "widget": "nested", "values": {}}
WASM = "/runtime/pyodide.asm.wasm"
NUMPY = f"/runtime/{OFFICIAL.name}.bin"


def act(page: Page, name: str, argument: object = None) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(
        "([name, argument]) => globalThis[name](argument)", [name, argument]
    )
    return found


def test_the_worker_starts_under_the_policy_and_asks_no_other_host(
    page: Page, site: Server
) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    assert act(page, "start", {}) == {"value": True}
    assert said == []
    own = (site.url, f"blob:{site.url}")
    assert {url for url in asked if not url.startswith(own)} == set()
    assert len(asked) == len(set(asked)), "a file is asked for once"


def test_an_error_of_the_host_keeps_its_name_and_its_sentence(page: Page) -> None:
    told = act(page, "ask", UNKNOWN)
    assert told["name"] == "PythonError"
    assert told["kind"] == "UnknownSimulatorError"
    assert "no-such-simulator" in told["message"]


def test_progress_counts_every_byte_that_comes(page: Page, folder: Path) -> None:
    heard = act(page, "progress")["value"]
    assert heard == sorted(heard)
    fetched = [path for path in (folder / "runtime").iterdir() if path.suffix != ".js"]
    size = sum(path.stat().st_size for path in (*fetched, folder / "models.zip.bin"))
    assert heard[-1] == pytest.approx(size)


@pytest.mark.parametrize(
    "kind", ["application/octet-stream", "text/plain", "application/wasm; charset=utf-8"]
)
def test_a_server_that_does_not_know_webassembly_serves_all_the_same(
    page: Page, site: Server, kind: str
) -> None:
    site.types[WASM] = kind
    assert act(page, "start", {}) == {"value": True}


@pytest.mark.parametrize(
    "path",
    [WASM, "/runtime/python_stdlib.zip.bin", "/runtime/pyodide-lock.json", "/models.zip.bin"],
)
def test_a_missing_file_is_named(page: Page, site: Server, path: str) -> None:
    site.missing.add(path)
    told = act(page, "start", {})
    assert told["reason"] == "http"
    assert path in told["message"]
    assert "404" in told["message"]


@pytest.mark.parametrize(
    "path", ["/runtime/pyodide.js", "/runtime/pyodide.asm.js", "/worker.js", NUMPY]
)
def test_a_missing_script_is_named_too(page: Page, site: Server, path: str) -> None:
    site.missing.add(path)
    told = act(page, "start", {})
    assert told["reason"] == "http"
    assert path in told["message"]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "html in its place": lambda _: b"<!doctype html><title>Welcome</title>",
    "truncated": lambda content: content[: len(content) // 2],
    "a flipped bit": lambda content: content[:999] + bytes([content[999] ^ 1]) + content[1000:],
    "gzipped once more": gzip.compress,
}


@pytest.mark.parametrize(
    ("path", "damage"),
    [(WASM, damage) for damage in DAMAGES] + [(NUMPY, "truncated"), ("/worker.js", "truncated")],
)
def test_a_damaged_file_is_told_as_such(
    page: Page, site: Server, folder: Path, path: str, damage: str
) -> None:
    site.contents[path] = DAMAGES[damage]((folder / path[1:]).read_bytes())
    told = act(page, "start", {})
    assert told["reason"] == "corrupt"
    assert path in told["message"]


@pytest.mark.parametrize(
    "path",
    [
        "/models.zip.bin",
        "/runtime/python_stdlib.zip.bin",
        "/runtime/pyodide-lock.json",
        "/runtime/pyodide.js",
        "/runtime/pyodide.asm.js",
    ],
)
def test_so_is_html_in_the_place_of_any_other(page: Page, site: Server, path: str) -> None:
    site.contents[path] = b"<!doctype html><title>Welcome</title>"
    told = act(page, "start", {})
    assert told["reason"] == "corrupt"
    assert path in told["message"]


def test_a_script_of_the_wrong_type_is_run_all_the_same(page: Page, site: Server) -> None:
    site.types["/runtime/pyodide.asm.js"] = "text/html"
    assert act(page, "start", {}) == {"value": True}


@pytest.mark.parametrize("path", [WASM, "/worker.js"])
def test_a_server_that_falls_silent_is_not_waited_for_longer_than_borne(
    page: Page, site: Server, path: str
) -> None:
    site.silent.add(path)
    told = act(page, "start", {"patience": 1500})
    assert told["reason"] == "timeout"
    assert path in told["message"]


def test_a_file_that_comes_slowly_is_waited_for(page: Page, site: Server) -> None:
    site.slow[WASM] = 1.0
    assert act(page, "start", {"patience": 6000}) == {"value": True}


@pytest.mark.parametrize("path", [WASM, NUMPY])
def test_a_download_that_breaks_off_goes_on_where_it_was(
    page: Page, site: Server, folder: Path, path: str
) -> None:
    half = (folder / path[1:]).stat().st_size // 2
    site.cut[path], site.slow[path] = half, 0.3
    assert act(page, "start", {}) == {"value": True}
    first, second = (spread for asked, spread in site.asked if asked == path)
    assert first == ""
    assert 0 < int(second.removeprefix("bytes=").rstrip("-")) <= half


def test_another_attempt_fetches_no_more_than_what_was_missing(page: Page, site: Server) -> None:
    site.silent.add(NUMPY)
    assert act(page, "startOn", {"patience": 4000})["reason"] == "timeout"
    site.silent.clear()
    assert act(page, "startOn", {}) == {"value": True}
    assert sum(path == WASM for path, _ in site.asked) == 1


def test_a_browser_without_webassembly_is_told_so(chromium: Browser, site: Server) -> None:
    with chromium.new_context() as context:
        context.add_init_script("delete globalThis.WebAssembly")
        page = context.new_page()
        page.goto(site.url)
        assert act(page, "start", {})["reason"] == "webassembly"


def test_a_browser_that_starts_no_worker_here_is_told_so(chromium: Browser, site: Server) -> None:
    with chromium.new_context() as context:
        context.add_init_script(
            "globalThis.Worker = class { constructor() { throw new Error('no') } }"
        )
        page = context.new_page()
        page.goto(site.url)
        assert act(page, "start", {})["reason"] == "worker"


def test_a_start_that_is_no_longer_wanted_ends_with_the_reason_given(page: Page) -> None:
    assert act(page, "endedWhileStarting")["message"] == "no longer wanted"


def test_a_worker_that_closes_itself_is_missed_at_once(page: Page) -> None:
    closing = {"call": "run", "code": "import js; js.self.close()", "data": {}}
    *_, told = act(page, "askAll", [closing, UNKNOWN])["value"]
    assert told["reason"] == "worker"


def test_a_worker_that_never_answers_is_given_up(page: Page) -> None:
    told = act(page, "askedOfTheSilent", {"watchdog": 500})
    assert told["reason"] == "worker"
    assert "0.5 s" in told["message"]


OUTSIDE = """
import js

def attempt(act):
    try:
        act()
    except AttributeError as error:
        return str(error)
    return "reached"

def send():
    request = js.XMLHttpRequest.new()
    request.open("POST", "/data", False)
    request.send("mine")

for act in (
    send,
    lambda: js.fetch("/data"),
    lambda: js.WebSocket.new("ws://localhost"),
    lambda: js.EventSource.new("/data"),
    lambda: js.importScripts("/data"),
    lambda: js.Worker.new("/worker.js"),
    lambda: js.caches,
    lambda: js.indexedDB,
    lambda: js.BroadcastChannel.new("site"),
    lambda: js.navigator.storage,
    lambda: js.navigator.locks,
):
    print(attempt(act))
"""
WITHHELD = """
XMLHttpRequest
fetch
WebSocket
EventSource
importScripts
Worker
caches
indexedDB
BroadcastChannel
storage
locks
"""


def test_code_that_a_reader_types_reaches_neither_network_nor_storage(
    page: Page, site: Server
) -> None:
    printed = act(page, "ask", {"call": "run", "code": OUTSIDE, "data": {}})["value"]["printed"]
    assert printed == WITHHELD.lstrip()
    assert "/data" not in {path for path, _ in site.asked}


def test_a_python_in_which_such_code_has_run_answers_no_simulator(page: Page) -> None:
    typed, simulated = act(page, "askAll", [{"call": "run", "code": "", "data": {}}, FIRST])[
        "value"
    ]
    assert "value" in typed
    assert simulated["name"] == "PythonError"
    assert simulated["kind"] == "RequestError"


def test_what_waits_when_the_worker_ends_is_told_so(page: Page) -> None:
    assert act(page, "closedWhileAsked")["reason"] == "worker"


def test_an_ended_worker_cannot_be_asked(page: Page) -> None:
    assert act(page, "askedAfterClosing")["reason"] == "worker"


def test_a_forgotten_question_does_not_disturb_the_next(page: Page) -> None:
    first, second = act(page, "forgottenQuestion")["value"]
    assert first["message"] == "forgotten"
    assert second["kind"] == "UnknownSimulatorError"


DATACLASSES = """
from dataclasses import FrozenInstanceError, asdict, dataclass, field, replace

@dataclass(frozen=True, slots=True, order=True)
class Mouse:
    name: str
    cells: list = field(default_factory=list, compare=False)
    weight: float = 20.0

    def __post_init__(self):
        print("made", self.name)

@dataclass
class Heavy:
    grams: int = 30

ann, ben = Mouse("Ann", [1]), Mouse(name="Ben", weight=21)
print(ann, Heavy(), Heavy(31) == Heavy(31), repr(Heavy(grams=2)))
print(ann < ben, ann == Mouse("Ann"), hash(ann) == hash(Mouse("Ann")), sorted([ben, ann])[0].name)
print(replace(ann, weight=3).weight, asdict(ben), Mouse.__match_args__, Mouse.__init__.__qualname__)
for wrong in (Mouse, lambda: Mouse("Ann", sex="f"), lambda: setattr(ann, "name", "")):
    try:
        wrong()
    except (TypeError, FrozenInstanceError) as error:
        print(type(error).__name__, error)
"""


def test_dataclasses_are_what_they_are_everywhere(page: Page) -> None:
    """In the browser their methods are compiled late."""
    here = cell.run(DATACLASSES, {})
    assert here.error == ""
    assert here.printed
    request = {"call": "run", "code": DATACLASSES, "data": {}}
    assert act(page, "ask", request)["value"] == {"printed": here.printed, "problem": ""}
