"""Python in a worker of a page with the site's content security policy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.runtime.conftest import Server
from widgets import cell

pytestmark = pytest.mark.browser

UNKNOWN = {"call": "simulate", "widget": "no-such-simulator", "values": {}}
WASM = "/runtime/pyodide.asm.wasm"


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
    assert {url for url in asked if not url.startswith(site.url)} == set()
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
    assert heard[-1] == sum(path.stat().st_size for path in (*fetched, folder / "models.zip.bin"))


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


@pytest.mark.parametrize("path", ["/runtime/pyodide.js", "/runtime/pyodide.asm.js"])
def test_a_missing_script_is_a_failure_of_the_network(page: Page, site: Server, path: str) -> None:
    site.missing.add(path)
    told = act(page, "start", {})
    assert told["reason"] == "network"
    assert path in told["message"]


def test_a_missing_worker_is_a_failure_of_the_worker(page: Page, site: Server) -> None:
    site.missing.add("/worker.js")
    assert act(page, "start", {})["reason"] == "worker"


def test_a_page_of_html_in_place_of_webassembly_is_noticed(page: Page, site: Server) -> None:
    site.contents[WASM] = b"<!doctype html><title>Welcome</title>"
    told = act(page, "start", {})
    assert told["reason"] == "webassembly"
    assert WASM in told["message"]


def test_a_page_of_html_in_place_of_an_archive_is_noticed(page: Page, site: Server) -> None:
    site.contents["/models.zip.bin"] = b"<!doctype html><title>Welcome</title>"
    told = act(page, "start", {})
    assert told["reason"] == "engine"
    assert "/models.zip.bin" in told["message"]


def test_a_server_that_falls_silent_is_not_waited_for_longer_than_borne(
    page: Page, site: Server
) -> None:
    site.silent.add(WASM)
    assert act(page, "start", {"patience": 3000})["reason"] == "timeout"


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
