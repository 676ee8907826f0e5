"""Firefox and WebKit, driven by what they bring along themselves.

Firefox listens for Marionette: ``length:[0, id, command, parameters]`` over a socket. WebKit's
driver speaks WebDriver over HTTP. Scripts are functions whose result is awaited.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

FIREFOX = "firefox-esr"
WEBKIT = "WebKitWebDriver"
XVFB = "Xvfb"
MINI_BROWSER = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser"
PATIENCE = 60.0
ANSWERED = 240.0
"""Seconds that a question to a page may take, with two starts of Python on a busy machine."""

TIMEOUTS = {"script": int(ANSWERED + 10) * 1000, "pageLoad": int(PATIENCE) * 1000}
"""Milliseconds after which a browser gives a script and a page up."""

AWAITED = """
const done = arguments[arguments.length - 1];
const answered = Promise.resolve(({function})(...[...arguments].slice(0, -1)));
const late = new Promise((_, fail) => setTimeout(() => fail("no answer in time"), {patience}));
Promise.race([answered, late])
  .then((value) => done({ value }), (error) => done({ error: String(error) }));
"""

STATE = """
  const panel = document.querySelector("#sim-nested");
  const until = (...states) => new Promise((resolve) => {
    const look = () => {
      if (!states.includes(panel.dataset.state)) return;
      observer.disconnect();
      resolve();
    };
    const observer = new MutationObserver(look);
    observer.observe(panel, { attributeFilter: ["data-state"] });
    look();
  });
"""
"""Waits for a state of the panel."""

LEAVE = "() => { globalThis.isLeft = true; }"
ARRIVED = "() => !globalThis.isLeft && document.readyState === 'complete'"


class Driver(Protocol):
    """One window of a browser."""

    def open(self, url: str) -> None:
        """Go to an address."""

    def script(self, text: str, arguments: list[object]) -> Any:  # noqa: ANN401  as the page has it
        """What a script hands to its last argument."""


def ask(driver: Driver, function: str, *arguments: object) -> Any:  # noqa: ANN401
    """What a function of the page answers."""
    text = AWAITED.replace("{function}", function).replace("{patience}", f"{ANSWERED * 1000:.0f}")
    reply = driver.script(text, list(arguments))
    if reply is None:
        message = "the page has gone to another"
        raise RuntimeError(message)
    if "error" in reply:
        raise RuntimeError(reply["error"])
    return reply.get("value")


def until(driver: Driver, question: str) -> None:
    """Waits until a function of the page, which may be on its way to another, answers true."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(RuntimeError, OSError, PlaywrightError):
            if ask(driver, question):
                return
        time.sleep(0.1)
    message = f"not true in time: {question}"
    raise TimeoutError(message)


class Chromium:
    """Chromium, through Playwright."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, url: str) -> None:
        self.page.goto(url)

    def script(self, text: str, arguments: list[object]) -> Any:  # noqa: ANN401
        called = f"(function () {{ {text} }}).apply(null, [...given, done])"
        return self.page.evaluate(f"(given) => new Promise((done) => {{ {called} }})", arguments)


class Marionette:
    """Firefox."""

    def __init__(self, port: int) -> None:
        self.socket = _connected(port)
        self.buffer = b""
        self.last = 0
        self._hear()
        self.order("WebDriver:NewSession", {"capabilities": {}})
        self.order("WebDriver:SetTimeouts", TIMEOUTS)

    def open(self, url: str) -> None:
        self.order("WebDriver:Navigate", {"url": url})

    def script(self, text: str, arguments: list[object]) -> Any:  # noqa: ANN401
        sent = {"script": text, "args": arguments}
        return self.order("WebDriver:ExecuteAsyncScript", sent)["value"]

    def order(self, command: str, parameters: Mapping[str, object]) -> Any:  # noqa: ANN401
        self.last += 1
        text = json.dumps([0, self.last, command, parameters])
        self.socket.sendall(f"{len(text.encode())}:{text}".encode())
        _, _, error, result = self._hear()
        if error:
            raise RuntimeError(error["message"])
        return result

    def _hear(self) -> Any:  # noqa: ANN401
        while b":" not in self.buffer:
            self.buffer += self._more()
        length, _, self.buffer = self.buffer.partition(b":")
        while len(self.buffer) < int(length):
            self.buffer += self._more()
        text, self.buffer = self.buffer[: int(length)], self.buffer[int(length) :]
        return json.loads(text)

    def _more(self) -> bytes:
        received = self.socket.recv(65536)
        if not received:
            message = "Firefox hung up"
            raise ConnectionError(message)
        return received


class WebDriver:
    """WebKit."""

    def __init__(self, port: int) -> None:
        _connected(port).close()
        self.root = f"http://127.0.0.1:{port}"
        options = {"binary": MINI_BROWSER, "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        made = self._post("/session", {"capabilities": wanted})
        self.root += f"/session/{made['sessionId']}"
        self._post("/timeouts", TIMEOUTS)

    def open(self, url: str) -> None:
        with suppress(RuntimeError, OSError):  # there may be no page yet
            ask(self, LEAVE)
        self._post("/url", {"url": url})
        until(self, ARRIVED)  # the driver may answer while the page before is still there

    def script(self, text: str, arguments: list[object]) -> Any:  # noqa: ANN401
        return self._post("/execute/async", {"script": text, "args": arguments})

    def _post(self, path: str, body: Mapping[str, object]) -> Any:  # noqa: ANN401
        request = urllib.request.Request(  # noqa: S310  this machine's own
            self.root + path, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=ANSWERED + 20) as reply:  # noqa: S310
            return json.load(reply)["value"]


def missing(*programs: str) -> str | None:
    """Why an engine cannot be driven here, if it cannot."""
    absent = [name for name in programs if not shutil.which(name)]
    return (
        f"{', '.join(absent)} not installed: root on Debian gets it by itself" if absent else None
    )


@contextmanager
def firefox(profile: Path) -> Iterator[Driver]:
    """A Firefox without a window."""
    port = _free_port()
    settings = {
        "marionette.port": port,
        "browser.shell.checkDefaultBrowser": False,
        "datareporting.policy.dataSubmissionEnabled": False,
        "app.normandy.enabled": False,
        "network.captive-portal-service.enabled": False,
        "network.connectivity-service.enabled": False,
    }
    lines = (f'user_pref("{name}", {json.dumps(value)});\n' for name, value in settings.items())
    (profile / "user.js").write_text("".join(lines))
    command = [FIREFOX, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    with _running(command, HOME=str(profile)):
        driver = Marionette(port)
        with driver.socket:
            yield driver


@contextmanager
def webkit(profile: Path) -> Iterator[Driver]:
    """WebKitGTK's own small browser, on a screen that nobody sees."""
    port, screen = _free_port(), f":{90 + os.getpid() % 400}"
    variables = {
        "DISPLAY": screen,
        "HOME": str(profile),
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
    }
    with (
        _running([XVFB, screen, "-screen", "0", "1280x900x24"]),
        _running([WEBKIT, f"--port={port}"], **variables),
    ):
        yield WebDriver(port)


@contextmanager
def _running(command: list[str], **variables: str) -> Iterator[None]:
    process = subprocess.Popen(
        command,
        env=os.environ | variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, 15)
        process.wait()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _connected(port: int) -> socket.socket:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=ANSWERED + 20)
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
