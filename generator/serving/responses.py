"""Which bytes answer which request."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from generator.building.problems import Problems

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

CHANGES, RELOAD, BANNER_STYLE = "/-/changes", "/-/reload.js", "/-/banner.css"
SERVICE = "sw.js"
"""Withheld: what a browser kept would come between the author and her last change."""

FINGERPRINTED = ("/assets/", "/runtime/")

STYLE_SHEET = b"""\
.build-problems {
  margin: 0; padding: 0.75rem 1rem; white-space: pre-wrap; font: 14px/1.5 monospace;
  color: #5c3a00; background: #fff3cd; border-bottom: 2px solid #d8731c;
}
"""
"""Looks of the banner above a page with problems, whose own style sheet knows nothing of it."""

RELOAD_SCRIPT = b"""\
const shown = new URL(document.currentScript.src).searchParams.get("shown");
new EventSource("/-/changes").onmessage = ({ data }) => {
  if (data !== shown) location.reload();
};
"""


@dataclass(frozen=True, slots=True)
class Response:
    """What the browser gets."""

    status: int
    type: str
    content: bytes
    location: str = ""

    immutable: bool = False
    """Whether the browser may keep it, since its name would change with it."""


OWN = {
    RELOAD: Response(200, TYPES[".js"], RELOAD_SCRIPT),
    BANNER_STYLE: Response(200, TYPES[".css"], STYLE_SHEET),
}
"""What the server adds to the site."""


@dataclass(frozen=True, slots=True)
class Built:
    """The outcome of a build."""

    number: int
    problem: str | None = None
    """Why there is no site, if there is none."""

    problems: Problems | None = None
    """What is wrong with some pages of the site."""


LONGEST = 2000
"""Characters of a path; no file of a site has one as long."""

LONGEST_NAME = 255
"""Bytes of a file's name, as disks have it."""


def respond(url: str, site: Path, built: Built) -> Response:
    """The response to a request for a URL."""
    path = unquote(urlsplit(url).path)
    if path in OWN:
        return OWN[path]
    file = None if path == f"/{SERVICE}" else _file(path, site)
    if file is None or not file.exists():
        return _missing(path, site, built)
    if file.is_dir():
        if not path.endswith("/"):
            return Response(301, TYPES[".txt"], b"", location=f"{urlsplit(url).path}/")
        file /= "index.html"
    if file.suffix == ".html" and (told := _unbuilt(file.relative_to(site).as_posix(), built)):
        return Response(500, TYPES[".html"], _live(_problem_page(told), built))
    if not file.is_file():
        return _missing(path, site, built)
    content = file.read_bytes()
    if file.suffix == ".html":
        content = _live(_with_banner(content, file.relative_to(site).as_posix(), built), built)
    immutable = path.startswith(FINGERPRINTED)
    return Response(200, TYPES.get(file.suffix, ANYTHING), content, immutable=immutable)


def _unbuilt(place: str, built: Built) -> str:
    """Why a page is not there to be shown, if it is not."""
    if built.problem:
        return built.problem
    page = built.problems.pages.get(place) if built.problems else None
    return "\n".join(page.mistakes) if page and page.unbuilt else ""


def _with_banner(html: bytes, place: str, built: Built) -> bytes:
    """A page with what its author is told above it."""
    if built.problems is None:
        return html
    page = built.problems.pages.get(place)
    own = page.mistakes if page else ()
    told = [*(("draft: only `serve` shows this page",) if page and page.draft else ()), *own]
    others = sorted({*built.problems.mistakes} - {*own})
    if others:
        told.append(f"elsewhere ({len(others)}): {others[0]}")
    if not told:
        return html
    banner = BANNER.format("\n".join(map(escape, told))).encode()
    before, body, after = html.partition(b"<body")
    tag, end, rest = after.partition(b">")
    return before + body + tag + end + banner + rest if body else banner + html


BANNER = f'<link rel="stylesheet" href="{BANNER_STYLE}"><pre class="build-problems">{{}}</pre>'


def _file(path: str, site: Path) -> Path | None:
    """The file below the site that a path means."""
    parts = PurePosixPath(path).parts[1:]
    if ".." in parts or "\0" in path or len(path) > LONGEST:
        return None
    too_long = any(len(part.encode()) > LONGEST_NAME for part in parts)
    return None if too_long else site.joinpath(*parts)


def _missing(path: str, site: Path, built: Built) -> Response:
    place = path.strip("/")
    places = (place, f"{place}/index.html".lstrip("/"))
    found = next((told for one in places if (told := _unbuilt(one, built))), "")
    if not found and built.problems and built.problems.others:
        found = "\n".join(built.problems.others)
    if found:
        return Response(500, TYPES[".html"], _live(_problem_page(found), built))
    page = site / "404.html"
    content = page.read_bytes() if page.is_file() else b"Not found"
    return Response(404, TYPES[".html"], content)


def _live(html: bytes, built: Built) -> bytes:
    """A page that reloads itself after the next build."""
    script = f'<script src="{RELOAD}?shown={built.number}"></script>'.encode()
    before, body, after = html.rpartition(b"</body>")
    return before + script + body + after if body else html + script


def _problem_page(problem: str) -> bytes:
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Not built</title>'
        "<style>body{margin:2rem;font:1rem/1.5 system-ui}"
        "pre{white-space:pre-wrap;font-size:1rem;color:#a3262a}</style>"
        f"<body><h1>The site could not be built</h1><pre>{escape(problem)}</pre></body></html>"
    ).encode()
