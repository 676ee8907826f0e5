"""Answers requests: files of the site as they are, and news of builds as they come."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator.errors import SetupError
from generator.serving.responses import CHANGES, TYPES, Built, Response, respond

if TYPE_CHECKING:
    from generator.building.problems import Problems

OWN_NAMES = ("127.0.0.1", "::1", "localhost")
"""Names under which every machine knows itself."""

MISDIRECTED = Response(421, TYPES[".txt"], b"This server answers to its own name only.\n")

HEARTBEAT = 10.0
"""Seconds after which a waiting browser is told that the server is still there."""


@dataclass(slots=True)
class Builds:
    """The outcome of the last build, for which any number of requests may wait."""

    last: Built = field(default_factory=lambda: Built(0))
    changed: Condition = field(default_factory=Condition)

    def add(self, problem: str | None, problems: Problems | None = None) -> None:
        """Tell of a new build."""
        with self.changed:
            self.last = Built(self.last.number + 1, problem, problems)
            self.changed.notify_all()

    def after(self, number: int, patience: float) -> Built:
        """The first outcome after the given one, or the same again after so many seconds."""
        with self.changed:
            self.changed.wait_for(lambda: self.last.number > number, patience)
            return self.last


class Server(ThreadingHTTPServer):
    """Serves on threads that end with the program."""

    daemon_threads = True


def listen(host: str, port: int, site: Path, builds: Builds) -> Server:
    """A server that listens already; port 0 takes any that is free."""
    try:
        names = frozenset((*OWN_NAMES, host.lower()))
        return Server((host, port), partial(Handler, site=site, builds=builds, names=names))
    except (OSError, OverflowError) as cause:
        reason = cause.strerror if isinstance(cause, OSError) else cause
        message = f"port {port} cannot be used ({reason}); choose another with --port or PORT="
        raise SetupError(message) from cause


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *given: object, site: Path, builds: Builds, names: frozenset[str]) -> None:
        self.site = site
        self.names = names
        self.builds = builds
        super().__init__(*given)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with content."""
        if not self._is_for_us():
            self._send(MISDIRECTED, content=True)
        elif urlsplit(self.path).path == CHANGES:
            self._tell()
        else:
            self._send(respond(self.path, self.site, self.builds.last), content=True)

    def do_HEAD(self) -> None:
        """Answer without content."""
        known = self._is_for_us()
        reply = respond(self.path, self.site, self.builds.last) if known else MISDIRECTED
        self._send(reply, content=False)

    def _is_for_us(self) -> bool:
        """Whether the request names this server.

        A page of another site may have its own name lead here, and would then read what is served.
        """
        host = self.headers.get("Host", "").rpartition("@")[2]
        name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
        return name.lower() in self.names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the author waits for news of builds."""

    def _send(self, reply: Response, *, content: bool) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.type)
        self.send_header("Content-Length", str(len(reply.content)))
        self.send_header("Cache-Control", "max-age=31536000" if reply.immutable else "no-store")
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
        built = self.builds.last
        while self._write(f"data: {built.number}\n\n".encode()):
            built = self.builds.after(built.number, HEARTBEAT)

    def _write(self, content: bytes) -> bool:
        """Write; whether the browser was still there."""
        try:
            self.wfile.write(content)
            self.wfile.flush()
        except OSError:
            self.close_connection = True
            return False
        return True
