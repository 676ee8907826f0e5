"""Which bytes answer which request."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from generator.serving.showing import Shown

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
ANYTHING = "application/octet-stream"

CHANGES, RELOAD = "/-/changes", "/-/reload.js"
SERVICE = "sw.js"
"""Withheld: what a browser kept would come between the author and her last change."""

FINGERPRINTED = ("/assets/", "/runtime/")

RELOAD_SCRIPT = b"""\
const shown = new URL(document.currentScript.src).searchParams.get("shown");
new EventSource("/-/changes").onmessage = ({ data }) => {
  if (data !== shown) location.reload();
};
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the browser gets."""

    status: int
    type: str
    content: bytes
    location: str = ""

    keep: bool = False
    """Whether the browser may keep it, since its name would change with it."""


def answer(url: str, site: Path, shown: Shown) -> Answer:
    """The answer to a request for a URL."""
    path = unquote(urlsplit(url).path)
    if path == RELOAD:
        return Answer(200, TYPES[".js"], RELOAD_SCRIPT)
    file = None if path == f"/{SERVICE}" else _file(path, site)
    if file is None or not file.exists():
        return _missing(site, shown)
    if file.is_dir():
        if not path.endswith("/"):
            return Answer(301, TYPES[".txt"], b"", location=f"{urlsplit(url).path}/")
        file /= "index.html"
    if file.suffix == ".html" and shown.problem:
        return Answer(500, TYPES[".html"], _live(_problem_page(shown.problem), shown))
    if not file.is_file():
        return _missing(site, shown)
    content = file.read_bytes()
    if file.suffix == ".html":
        content = _live(content, shown)
    keep = path.startswith(FINGERPRINTED)
    return Answer(200, TYPES.get(file.suffix, ANYTHING), content, keep=keep)


def _file(path: str, site: Path) -> Path | None:
    """The file below the site that a path means."""
    parts = PurePosixPath(path).parts[1:]
    return None if ".." in parts or "\0" in path else site.joinpath(*parts)


def _missing(site: Path, shown: Shown) -> Answer:
    if shown.problem:
        return Answer(500, TYPES[".html"], _live(_problem_page(shown.problem), shown))
    page = site / "404.html"
    content = page.read_bytes() if page.is_file() else b"Not found"
    return Answer(404, TYPES[".html"], content)


def _live(html: bytes, shown: Shown) -> bytes:
    """A page that reloads itself after the next build."""
    script = f'<script src="{RELOAD}?shown={shown.number}"></script>'.encode()
    before, body, after = html.rpartition(b"</body>")
    return before + script + body + after if body else html + script


def _problem_page(problem: str) -> bytes:
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Not built</title>'
        "<style>body{margin:2rem;font:1rem/1.5 system-ui}"
        "pre{white-space:pre-wrap;font-size:1rem;color:#a3262a}</style>"
        f"<body><h1>The site could not be built</h1><pre>{escape(problem)}</pre></body></html>"
    ).encode()
