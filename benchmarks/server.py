"""The site as GitHub Pages would serve it: compressed, and kept by the browser for ten minutes."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

COMPRESSED = frozenset((".html", ".css", ".js", ".json", ".svg", ".txt", ".wasm", ".xml"))
TYPES = {".js": "text/javascript", ".wasm": "application/wasm", ".woff2": "font/woff2"}


@dataclass(frozen=True, slots=True)
class Served:
    """A running server, and the bytes it has sent by path."""

    url: str
    sent: dict[str, int] = field(default_factory=dict)

    def total(self) -> int:
        """Bytes sent since the last time that was asked."""
        total = sum(self.sent.values())
        self.sent.clear()
        return total


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Serve a folder on this machine."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.folder = folder
    server.served = Served(f"http://127.0.0.1:{server.server_port}/")
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.served
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    folder: Path
    served: Served
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A browser that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.server.folder / urlsplit(self.path).path.lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = _content(path)
        self.server.served.sent[self.path] = len(content)
        self.send_response(200)
        kind = TYPES.get(path.suffix) or guess_type(path.name)[0] or "application/octet-stream"
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Content-Length", str(len(content)))
        if path.suffix in COMPRESSED:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@cache
def _content(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.compress(content, 9) if path.suffix in COMPRESSED else content
