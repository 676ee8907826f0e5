"""Answers requests: files of the site as they are, and news of builds as they come."""

from __future__ import annotations

from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator.errors import SetupError
from generator.serving.responses import CHANGES, Answer, answer

if TYPE_CHECKING:
    from generator.serving.showing import Showing

HEARTBEAT = 10.0
"""Seconds after which a waiting browser is told that the server is still there."""


class Server(ThreadingHTTPServer):
    """Serves on threads that end with the program."""

    daemon_threads = True


def listen(host: str, port: int, site: Path, showing: Showing) -> Server:
    """A server that listens already; port 0 takes any that is free."""
    try:
        return Server((host, port), partial(Handler, site=site, showing=showing))
    except (OSError, OverflowError) as cause:
        reason = cause.strerror if isinstance(cause, OSError) else cause
        message = f"port {port} cannot be used ({reason}); choose another with --port or PORT="
        raise SetupError(message) from cause


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *given: object, site: Path, showing: Showing) -> None:
        self.site = site
        self.showing = showing
        super().__init__(*given)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with content."""
        if urlsplit(self.path).path == CHANGES:
            self._tell()
        else:
            self._send(answer(self.path, self.site, self.showing.now), content=True)

    def do_HEAD(self) -> None:
        """Answer without content."""
        self._send(answer(self.path, self.site, self.showing.now), content=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the author waits for news of builds."""

    def _send(self, reply: Answer, *, content: bool) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.type)
        self.send_header("Content-Length", str(len(reply.content)))
        self.send_header("Cache-Control", "max-age=31536000" if reply.keep else "no-store")
        if reply.location:
            self.send_header("Location", reply.location)
        self.end_headers()
        if content:
            self._write(reply.content)

    def _tell(self) -> None:
        """Tell the number of every build until the browser goes away."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        shown = self.showing.now
        while self._write(f"data: {shown.number}\n\n".encode()):
            shown = self.showing.after(shown.number, HEARTBEAT)

    def _write(self, content: bytes) -> bool:
        """Write; whether the browser was still there."""
        try:
            self.wfile.write(content)
            self.wfile.flush()
        except OSError:
            self.close_connection = True
            return False
        return True
