"""The faults of ``faults.py``, driven in every engine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.browser.conftest import Handler, Quiet, computed
from tests.engines.drivers import STATE, Driver, ask, until
from tests.engines.faults import CASES, DOCUMENT, FAULTS, Case, document, said
from tests.runtime.test_worker import OUTSIDE, WITHHELD

browser = pytest.mark.browser

FORGET = """async () => {
  const root = await navigator.storage.getDirectory();
  for await (const name of root.keys()) await root.removeEntry(name);
}"""
"""Deletes the snapshots of Python, which needs fewer files to go on from one."""

TRY = f"""async (script, close) => {{
  {STATE}
  if (script) {{
    const element = document.createElement("script");
    element.src = URL.createObjectURL(new Blob([script], {{ type: "text/javascript" }}));
    await new Promise((run) => {{ element.onload = run; document.head.append(element); }});
  }}
  await ({FORGET})().catch(() => {{}}); // where there is no such store
  const move = (mice) => {{
    const slider = panel.querySelector("[name=n_mice]");
    slider.value = mice;
    slider.dispatchEvent(new Event("input", {{ bubbles: true }}));
  }};
  move(7);
  await until("ready", "failed");
  if (close && panel.dataset.state === "ready") {{
    globalThis.lastWorker.terminate();
    const shown = new Promise((resolve) => {{
      panel.addEventListener("sim:result", resolve, {{ once: true }});
    }});
    move(4);
    await shown;
    await until("ready");
  }}
  const status = panel.querySelector(".simulator-status").textContent;
  const value = panel.querySelector("[data-readout='ols.p']").dataset.value;
  return [panel.dataset.state, status, value];
}}"""

RETRY = f"""async () => {{
  {STATE}
  panel.querySelector("[data-action=retry]").click();
  await until("ready", "failed");
  return panel.dataset.state;
}}"""

RELOAD = """() => {
  const button = document.querySelector("#sim-nested [data-action=retry]");
  setTimeout(() => button.click()); // once this has been answered
}"""

RELOADED = """() =>
  performance.getEntriesByType("navigation")[0].type === "reload" &&
  document.querySelector("#sim-nested [name=n_mice]").value === "7"
"""

RUN = """async (code) => {
  const cell = document.querySelector("code-cell");
  cell.querySelector("textarea").value = code;
  cell.querySelector("[data-action=run]").click();
  await new Promise((resolve) => {
    const look = () => cell.dataset.state === "ready" && resolve();
    new MutationObserver(look).observe(cell, { attributeFilter: ["data-state"] });
  });
  return cell.querySelector("samp").textContent;
}"""

REACH = """(other) => {
  const code = `
    const tell = async (act) => {
      try { await act(); return "reached"; } catch { return "refused"; }
    };
    const opened = (one) => new Promise((open, fail) => { one.onopen = open; one.onerror = fail; });
    const send = () => {
      const request = new XMLHttpRequest();
      request.open("POST", "${other}", false);
      request.send("data");
    };
    Promise.all([
      tell(() => fetch("${other}", { mode: "no-cors" })),
      tell(send),
      tell(() => importScripts("${other}script.js")),
      tell(() => opened(new WebSocket("${other}".replace("http", "ws")))),
      tell(() => opened(new EventSource("${other}"))),
    ]).then(postMessage);`;
  const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  return new Promise((told) => worker.addEventListener("message", ({ data }) => told(data)));
}"""


@dataclass
class Host:
    """A server that does one thing wrong, and counts who else is asked."""

    folder: Path
    fault: str = ""
    url: str = ""


class Faulty(Handler):
    def __init__(self, *given: object, host: Host) -> None:
        self.host = host
        super().__init__(*given, directory=str(host.folder))  # type: ignore[arg-type]

    def send_head(self) -> BytesIO | BinaryIO | None:
        if self.path.endswith("/sw.js"):  # nothing is stored, so that every fault is met
            self.send_error(404)
            return None
        answer = ANSWERS.get(self.host.fault)
        return answer(self) if answer else super().send_head()

    def whole(self) -> BytesIO | BinaryIO | None:
        return super().send_head()

    def give(self, content: bytes, kind: str) -> BytesIO:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)

    def file(self) -> bytes:
        return Path(self.translate_path(self.path)).read_bytes()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


Answered = BytesIO | BinaryIO | None


def breaks_off(handler: Faulty) -> Answered:
    if "/runtime/" not in handler.path:
        return handler.whole()
    handler.connection.close()
    return None


def lacks_worker(handler: Faulty) -> Answered:
    if "/worker." not in handler.path:
        return handler.whole()
    handler.send_error(404)
    return None


def portal(handler: Faulty) -> Answered:
    return handler.give(b"<!doctype html><title>Welcome</title><p>Sign in.", "text/html")


def truncates_wasm(handler: Faulty) -> Answered:
    if not handler.path.endswith(".wasm"):
        return handler.whole()
    return handler.give(handler.file()[:1_000_000], "application/wasm")


def flips_numpy(handler: Faulty) -> Answered:
    if "/numpy-" not in handler.path:
        return handler.whole()
    content = bytearray(handler.file())
    content[1000] ^= 1
    return handler.give(bytes(content), "application/octet-stream")


def newer(handler: Faulty) -> Answered:
    if "/worker." in handler.path:
        handler.send_error(404)
        return None
    if not handler.path.partition("?")[0].endswith(".html"):
        return handler.whole()
    page = Path(handler.translate_path(handler.path)).read_text(encoding="utf-8")
    return handler.give(page.replace("assets/worker.", "assets/worker2.").encode(), "text/html")


ANSWERS: dict[str, Callable[[Faulty], Answered]] = {
    "breaks off": breaks_off,
    "lacks the worker": lacks_worker,
    "portal": portal,
    "truncates wasm": truncates_wasm,
    "flips numpy": flips_numpy,
    "newer": newer,
}


@pytest.fixture(scope="module")
def host(site: Path) -> Iterator[Host]:
    made = Host(site.parent)
    server = Quiet(("127.0.0.1", 0), partial(Faulty, host=made))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_port}/{site.name}/"
    yield made
    server.shutdown()
    server.server_close()


@browser
@pytest.mark.parametrize(
    ("any_engine", "case"),
    [pytest.param(case.engine, case, id=f"{case.engine}-{case}") for case in CASES],
    indirect=["any_engine"],
    scope="module",
)
def test_the_page_says_what_is_wrong_and_recovers(
    any_engine: Driver, host: Host, case: Case
) -> None:
    fault = case.fault
    host.fault = ""
    any_engine.open(f"{host.url}{case.language}/mixed-models/index.html")
    host.fault = fault.server
    state, status, value = ask(any_engine, TRY, fault.script, fault.recovery == "itself")
    if fault.recovery == "itself":
        assert state == "ready"
        assert float(value) == pytest.approx(computed("nested", {"n_mice": 4})["ols.p"], rel=1e-9)
        return
    assert (state, status) == ("failed", said(case.language, fault.sentence))
    host.fault = ""
    if case.recovers and fault.recovery == "retry":
        assert ask(any_engine, RETRY) == "ready"
    if case.recovers and fault.recovery == "reload":
        ask(any_engine, RELOAD)
        until(any_engine, RELOADED)


@browser
def test_typed_code_reaches_neither_network_nor_storage(any_engine: Driver, host: Host) -> None:
    host.fault = ""
    any_engine.open(f"{host.url}en/mixed-models/analyse/index.html")
    assert ask(any_engine, RUN, OUTSIDE) == WITHHELD.lstrip()


@browser
def test_a_worker_from_a_blob_reaches_no_other_origin(any_engine: Driver, host: Host) -> None:
    host.fault = ""
    any_engine.open(f"{host.url}en/mixed-models/index.html")
    other = host.url.replace("127.0.0.1", "localhost")
    assert ask(any_engine, REACH, other) == ["refused"] * 5


def test_the_table_for_maintainers_is_what_is_driven_here() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document()


def test_every_fault_of_a_server_is_known() -> None:
    assert {fault.server for fault in FAULTS} - {""} == set(ANSWERS)
