"""Every fault of ``faults.py``, driven in every engine and both languages."""

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
from tests.engines.drivers import Driver, ask
from tests.engines.faults import DOCUMENT, FAULTS, LANGUAGES, Fault, document, said
from tests.runtime.test_worker import OUTSIDE, WITHHELD

browser = pytest.mark.browser

TRY = """async (script, close) => {
  if (script) {
    const element = document.createElement("script");
    element.src = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    await new Promise((run) => { element.onload = run; document.head.append(element); });
  }
  const panel = document.querySelector("#sim-nested");
  const until = async (...states) => {
    for (let turn = 0; turn < 800 && !states.includes(panel.dataset.state); turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  panel.querySelector("input").focus();
  await until("ready", "failed");
  if (close && panel.dataset.state === "ready") {
    globalThis.lastWorker.terminate();
    const slider = panel.querySelector("[name=n_mice]");
    const shown = new Promise((resolve) => {
      panel.addEventListener("sim:result", resolve, { once: true });
    });
    slider.value = 4;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await shown;
    await until("ready");
  }
  const status = panel.querySelector(".simulator-status").textContent;
  const value = panel.querySelector("[data-readout='ols.p']").dataset.value;
  return [panel.dataset.state, status, value];
}"""

RETRY = """async () => {
  const panel = document.querySelector("#sim-nested");
  panel.querySelector("[data-action=retry]").click();
  for (let turn = 0; turn < 800 && panel.dataset.state !== "ready"; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return panel.dataset.state;
}"""


RUN = """async (code) => {
  const cell = document.querySelector("code-cell");
  cell.querySelector("textarea").value = code;
  cell.querySelector("[data-action=run]").click();
  for (let turn = 0; turn < 800 && cell.dataset.state !== "ready"; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
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
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what)
def test_the_page_says_what_is_wrong_and_recovers(
    any_engine: Driver, host: Host, fault: Fault, language: str
) -> None:
    host.fault = ""
    any_engine.open(f"{host.url}{language}/mixed-models/index.html")
    host.fault = fault.server
    state, status, value = ask(any_engine, TRY, fault.script, fault.recovery == "itself")
    host.fault = "" if fault.recovery == "retry" else host.fault
    if fault.recovery == "itself":
        assert state == "ready"
        assert float(value) == pytest.approx(computed("nested", {"n_mice": 4})["ols.p"], rel=1e-9)
        return
    assert (state, status) == ("failed", said(language, fault.sentence))
    if fault.recovery == "retry":
        assert ask(any_engine, RETRY) == "ready"


@browser
def test_typed_code_reaches_neither_network_nor_storage(any_engine: Driver, host: Host) -> None:
    host.fault = ""
    any_engine.open(f"{host.url}en/mixed-models/index.html")
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
