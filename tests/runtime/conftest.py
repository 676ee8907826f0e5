"""A server whose answers a test can spoil, and a page that starts Python in its worker."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest
from playwright.sync_api import Browser, Page

from generator.runtime import models_zip, node, prepare
from tests.conftest import MadeOnce

ROOT = Path(__file__).resolve().parent.parent.parent
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' blob:; worker-src 'self' blob:; "
    "style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True)
class Server:
    """A web server on this machine, and what it does wrong, by path."""

    url: str
    types: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)
    slow: dict[str, float] = field(default_factory=dict)
    """Seconds between the tenths of a file."""

    cut: dict[str, int] = field(default_factory=dict)
    """Bytes of a file that come before the connection breaks, once for each entry."""

    asked: list[tuple[str, str]] = field(default_factory=list)
    """Every request: its path and its ``Range``."""

    contents: dict[str, bytes] = field(default_factory=dict)
    stopped: Event = field(default_factory=Event)


class Handler(SimpleHTTPRequestHandler):
    """Files of a folder, spoilt as the test asks."""

    def do_GET(self) -> None:
        server: Server = self.server.told  # type: ignore[attr-defined]
        server.asked.append((self.path, self.headers.get("Range", "")))
        if self.path in server.slow or self.path in server.cut or self.headers.get("Range"):
            self.send_pieces(server)
        elif self.path in server.silent:
            server.stopped.wait()
        elif self.path in server.missing:
            self.send_error(404)
        elif self.path in server.contents:
            content = server.contents[self.path]
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(self.path))
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        else:
            super().do_GET()

    def send_pieces(self, server: Server) -> None:
        """Send a file slowly, or only its beginning, or from an offset on."""
        content = Path(self.translate_path(self.path)).read_bytes()
        start = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        end = server.cut.pop(self.path, len(content))
        self.send_response(206 if start else 200)
        self.send_header("Content-Type", self.guess_type(self.path))
        self.send_header("Content-Length", str(len(content) - start))
        self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.send_header("Accept-Ranges", "bytes")
        self.end_headers()
        size = (end - start) // 10 + 1
        for at in range(start, end, size):
            server.stopped.wait(server.slow.get(self.path, 0))
            self.wfile.write(content[at : min(at + size, end)])
        self.close_connection = True

    def guess_type(self, path: str) -> str:  # type: ignore[override]
        server: Server = self.server.told  # type: ignore[attr-defined]
        usual = {".wasm": "application/wasm", ".js": "text/javascript"}
        asked = self.path
        return server.types.get(asked) or usual.get(Path(asked).suffix) or super().guess_type(path)

    def end_headers(self) -> None:
        """Let the browser keep nothing, so that it asks for what a test has spoilt since."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Quiet(ThreadingHTTPServer):
    """A server that does not mind a browser hanging up."""

    told: Server
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


Serve = Callable[[Path], Server]


@pytest.fixture
def serve() -> Iterator[Serve]:
    running = []

    def start(folder: Path) -> Server:
        server = Quiet(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        server.told = Server(f"http://127.0.0.1:{server.server_port}/")
        Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return server.told

    yield start
    for server in running:
        server.told.stopped.set()
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def folder(made_once: MadeOnce) -> Path:
    """A site of one page, which does nothing but offer to start Python."""
    return made_once("runtime", make_page)


def make_page(made: Path) -> None:
    """Write the page with the runtime, the models and the scripts that start them."""
    (made / "runtime").mkdir(parents=True)
    for name, path in prepare(ROOT / ".cache").files.items():
        shutil.copyfile(path, made / "runtime" / name)
    (made / "models.zip.bin").write_bytes(models_zip(ROOT / ".cache"))
    (made / "favicon.ico").write_bytes(b"")
    for entry in (ROOT / "browser" / "worker.js", Path(__file__).with_name("page.js")):
        esbuild = [str(node()), str(ROOT / "node_modules" / "esbuild" / "bin" / "esbuild")]
        options = ["--bundle", "--format=iife", "--log-level=error"]
        subprocess.run(
            [*esbuild, str(entry), *options, f"--outfile={made / entry.name}"], check=True
        )
    fetched = [*(made / "runtime").iterdir(), made / "models.zip.bin", made / "worker.js"]
    checksums = {path.name: sha256(path.read_bytes()).hexdigest() for path in fetched}
    (made / "index.html").write_text(
        f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<title>Python</title><script type="application/json" id="checksums">'
        f'{json.dumps(checksums)}</script><script src="page.js"></script>'
    )


@pytest.fixture
def site(folder: Path, serve: Serve) -> Server:
    return serve(folder)


@pytest.fixture
def page(chromium: Browser, site: Server) -> Iterator[Page]:
    with chromium.new_context() as context:
        opened = context.new_page()
        opened.goto(site.url)
        yield opened
