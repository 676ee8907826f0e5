"""A server that can be cut off, and a reader who has visited what it serves."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE, Handler, Quiet, Reader
from tests.browser.test_states import interface

CHAPTER = "en/mixed-models/index.html"
CONTROLLED = "() => navigator.serviceWorker.controller !== null"
PORTAL = b"<!doctype html><title>Welcome</title><p>Sign in to use this network."
NOTE = "offline-note [role='status']"


@dataclass
class Host:
    """A web server whose folder changes and which can be cut off; nothing it sends is kept.

    As some do, it says of files that end in ``.gz`` that they are packed for the way.
    """

    folder: Path
    cut_off: bool = False
    broken: set[str] = field(default_factory=set)
    portal: bool = False
    """Whether every answer is the page of a network that wants its user to sign in."""

    url: str = ""
    stalled: dict[str, threading.Event] = field(default_factory=dict)
    """By a part of their paths, what lets requests go that get no answer till then."""

    @contextmanager
    def stalling(self, part: str) -> Iterator[None]:
        """Give requests for paths with this part no answer before this ends."""
        self.stalled[part] = threading.Event()
        try:
            yield
        finally:
            self.stalled.pop(part).set()


class Cuttable(Handler):
    def __init__(self, *given: object, told: Host) -> None:
        self.told = told
        super().__init__(*given, directory=str(told.folder))  # type: ignore[arg-type]

    def send_head(self) -> BytesIO | BinaryIO | None:
        if self.told.cut_off or any(part in self.path for part in self.told.broken):
            self.connection.close()
            return None
        if self.told.portal:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(PORTAL)))
            self.end_headers()
            return BytesIO(PORTAL)
        for part, released in [*self.told.stalled.items()]:
            if part in self.path:
                released.wait()
        return super().send_head()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        if self.path.endswith(".gz"):
            self.send_header("Content-Encoding", "gzip")
        super().end_headers()


@pytest.fixture
def host(site: Path) -> Iterator[Host]:
    told = Host(site)
    server: ThreadingHTTPServer = Quiet(("127.0.0.1", 0), partial(Cuttable, told=told))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told.url = f"http://127.0.0.1:{server.server_port}/the-honest-n/"
    yield told
    server.shutdown()
    server.server_close()


@pytest.fixture(name="reader")
def reader_fixture(
    readers: Callable[..., AbstractContextManager[Reader]], host: Host
) -> Iterator[Reader]:
    with readers() as one:
        one.url = host.url
        yield one


def words(language: str) -> dict[str, str]:
    return interface(language, "offline")


def visit(reader: Reader, path: str = CHAPTER) -> Page:
    """A first visit, until the site says that it can be read offline."""
    page = reader.open(path)
    language = path.partition("/")[0]
    expect(page.locator(NOTE)).to_have_text(words(language)["available"])
    page.wait_for_function(CONTROLLED)
    return page


def until(page: Page, question: str, argument: object = None) -> None:
    """Waits for a true answer. To Playwright's own way of waiting a promise is one already."""
    page.evaluate(
        f"""async (argument) => {{
          const question = {question};
          const end = performance.now() + {PATIENCE};
          while (!(await question(argument))) {{
            if (performance.now() > end) throw new Error(`not true in time: ${{question}}`);
            await new Promise((resolve) => setTimeout(resolve, 50));
          }}
        }}""",
        argument,
    )
