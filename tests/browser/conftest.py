"""The site, served, and a reader before it who remembers what went wrong on her pages."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from widgets import host

PATIENCE = 60_000
"""Milliseconds that a start of Python may take on a busy machine."""

expect.set_options(timeout=PATIENCE / 2)

Numbers = Mapping[str, float | None]

SET = """async ({name, values}) => {
  const panel = document.querySelector(`#sim-${name}`);
  const answered = new Promise((resolve) => {
    panel.addEventListener("sim:result", function hear({ detail }) {
      if (!Object.entries(values).every(([key, value]) => detail.values[key] === value)) return;
      panel.removeEventListener("sim:result", hear);
      resolve(detail);
    });
  });
  for (const [key, value] of Object.entries(values)) {
    const control = panel.querySelector(`[name="${key}"]`);
    control.value = value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return answered;
}"""

READ = """(panel) => Object.fromEntries(
  [...panel.querySelectorAll("[data-readout]")].map(
    (output) => [output.dataset.readout, output.dataset.value],
  ),
)"""

WATCH = """() => {
  globalThis.violations = [];
  document.addEventListener("securitypolicyviolation", (event) =>
    globalThis.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
}"""


class Handler(SimpleHTTPRequestHandler):
    """Files of a folder, with the types that every web server knows."""

    extensions_map = {  # noqa: RUF012  the base class's way
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Quiet(ThreadingHTTPServer):
    """A server that does not mind a browser hanging up."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@dataclass
class Panel:
    """A simulator on a page, as a reader has it before her."""

    page: Page
    name: str

    @property
    def whole(self) -> Locator:
        return self.page.locator(f"#sim-{self.name}")

    def part(self, selector: str) -> Locator:
        return self.whole.locator(selector)

    def control(self, name: str) -> Locator:
        return self.part(f"[name='{name}']")

    def start(self) -> Panel:
        """Show that it is meant, and wait until it is live."""
        self.part("input[type='range']").first.focus()
        return self.wait("ready")

    def wait(self, state: str) -> Panel:
        expect(self.whole).to_have_attribute("data-state", state, timeout=PATIENCE)
        return self

    def set(self, **values: float | str) -> dict[str, Any]:
        """Move controls and wait for the answer; its ``detail``."""
        detail: dict[str, Any] = self.page.evaluate(SET, {"name": self.name, "values": values})
        return detail

    def shown(self) -> Numbers:
        """Every number as the page has it, in full."""
        values = self.whole.evaluate(READ)
        return {name: json.loads(value) if value else None for name, value in values.items()}

    def verdict(self) -> str:
        return self.part(".simulator-verdict").inner_text()


HOMES = {"design-effect": "plan"}
"""The part of the chapter in which a simulator stands, if it is not the first."""


@dataclass
class Reader:
    """A reader with a browser of her own."""

    context: BrowserContext
    url: str
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(self.url + path)
        return page

    def chapter(self, language: str, address: str = "", part: str = "") -> Page:
        """A part of the chapter: the first, ``plan``, ``analyse``, ``toolbox`` or ``whole``."""
        folder = f"{part}/" if part else ""
        return self.open(f"{language}/mixed-models/{folder}index.html{address}")

    def panel(
        self, language: str, name: str = "nested", address: str = "", part: str = ""
    ) -> Panel:
        return Panel(self.chapter(language, address, part or HOMES.get(name, "")), name)


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """Where the site is served."""
    server = Quiet(("127.0.0.1", 0), partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/the-honest-n/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def url(served: str) -> str:
    """Where readers find the site; tests of other places have another."""
    return served


Readers = Callable[..., AbstractContextManager[Reader]]


@pytest.fixture
def readers(chromium: Browser, url: str) -> Callable[..., Any]:
    """Makes readers with browsers of the given kind; at the end none of them may complain."""

    @contextmanager
    def reader(**kind: Any) -> Iterator[Reader]:  # noqa: ANN401  Playwright's many options
        with chromium.new_context(**{"viewport": {"width": 1440, "height": 900}, **kind}) as made:
            made.add_init_script(f"({WATCH})()")
            one = Reader(made, url)
            yield one
            for page in made.pages if kind.get("java_script_enabled", True) else []:
                one.complaints += page.evaluate("() => globalThis.violations")
            assert one.complaints == []

    return reader


@pytest.fixture
def reader(readers: Callable[..., Any]) -> Iterator[Reader]:
    with readers() as one:
        yield one


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def computed(name: str, values: Mapping[str, Any]) -> Numbers:
    """The numbers of a simulator at the given values, computed here."""
    request = {"call": "simulate", "widget": name, "values": dict(values)}
    reply = json.loads(host.answer(json.dumps(request)))
    return {name: one["value"] for name, one in reply["readouts"].items()}


@pytest.fixture(name="computed")
def computed_fixture() -> Callable[[str, Mapping[str, Any]], Numbers]:
    return computed
