"""A page of the finished site as one file: all that it needs stands in it.

Scripts and styles are named by their sums in the page's security policy, fonts and pictures become
data, and what a simulator and the search need lies in the page as text until
``browser/python/disk.js`` asks for it. What only a whole site has, such as what a service worker
says, is left out. Links to other pages lead to the published site, those to the same page in
another language to the file beside this one.
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from itertools import accumulate
from mimetypes import guess_type
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import urljoin, urlsplit

from generator.assets.licences import FILE
from generator.assets.pack import compressed, embedded_json
from generator.offline.single_file_search import HERE, OneFile, search_script

NEEDLESS = {"offline-note", "a.offline-archive"}
"""Elements of which only a whole site has the use, by name and class."""

DATA = re.compile(r"url\(([^)]*)\)")
"""A reference in a style sheet."""

Attributes = Mapping[str, str | None]


def pages(output: Path) -> Mapping[str, str]:
    """The pages that can stand alone, and what they are then called.

    These are the pages that hold a whole series; where there are none, those with simulators.
    """
    found = {path: _facts(path) for path in sorted(output.glob("*/*/**/index.html"))}
    whole = [path for path, facts in found.items() if facts.whole]
    single = [path for path in sorted(output.glob("*/*/index.html")) if found[path].assets]
    places = [path.relative_to(output) for path in whole or single]
    return {place.as_posix(): f"{place.parts[1]}.{place.parts[0]}.html" for place in places}


def alone(output: Path, place: str, names: Mapping[str, str]) -> bytes:
    """The page at this place of the site, in one file; ``names`` says what others are called.

    Raises
    ------
    ValueError
        If the page has no simulators.
    """
    facts = _facts(output / place)
    if not facts.assets:
        message = f"{place} has no simulators"
        raise ValueError(message)
    page = (output / place).read_text(encoding="utf-8")
    return _Inliner(page, output, place, names, facts).inlined().encode()


@dataclass
class _Facts:
    """What a page says of itself: its published address, where its assets lie."""

    published: str = ""
    assets: Mapping[str, str] | None = None
    whole: bool = False
    """Whether it holds a whole series."""


def _facts(page: Path) -> _Facts:
    reader = _FactsReader()
    reader.feed(page.read_text(encoding="utf-8"))
    return reader.facts


class _FactsReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.facts = _Facts()
        self.at_assets = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and given.get("rel") == "canonical":
            self.facts.published = urljoin(given.get("href") or "", "index.html")
        self.facts.whole |= tag == "main" and "data-whole" in given
        self.at_assets = tag == "script" and given.get("id") == "site-assets"

    def handle_data(self, data: str) -> None:
        if self.at_assets:
            self.facts.assets = json.loads(data)
            self.at_assets = False


class _Inliner(HTMLParser):
    """Finds the places of a page that change; the rest stays as it was written."""

    def __init__(
        self, page: str, output: Path, place: str, names: Mapping[str, str], facts: _Facts
    ) -> None:
        super().__init__()
        self.page, self.output, self.place = page, output, place
        self.names, self.facts = names, facts
        self.lines = [0, *accumulate(len(line) for line in page.splitlines(keepends=True))]
        self.edits: list[tuple[int, int, str]] = []
        """From where to where the page changes, and what stands there then, in order."""

        self.policy = -1
        """Which of the edits is the policy, which names the sums of all others."""

        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.late: list[str] = []
        self.leaving: tuple[str, int, int] | None = None
        """The element that is left out, where it began, and how many of its name are open."""

        self.searched = ""
        """The address of the script with the text of the site, if the page has a search."""

        self.at_assets = False

    def inlined(self) -> str:
        """The page with all that it needs."""
        self.feed(self.page)
        self.close()
        if self.policy >= 0:
            start, end, raw = self.edits[self.policy]
            self.edits[self.policy] = (
                start,
                end,
                raw.replace("%s", _policy(self.scripts, self.styles)),
            )
        parts: list[str] = []
        done = 0
        for start, end, text in self.edits:
            parts += self.page[done:start], text
            done = end
        return "".join([*parts, self.page[done:]])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Change what a tag refers to."""
        given = dict(attrs)
        start = self._offset()
        if self.leaving:
            name, began, depth = self.leaving
            self.leaving = (name, began, depth + (tag == name))
        elif {tag, f"{tag}.{given.get('class')}"} & NEEDLESS:
            self.leaving = (tag, start, 1)
        elif tag == "link" and given.get("rel") == "manifest":
            self._edit(start, self._end(start) + 1, "")
        elif tag == "meta" and given.get("http-equiv") == "Content-Security-Policy":
            self.policy = len(self.edits)
            self._edit(start, self._end(start), _tag(tag, {**given, "content": "%s"}))
        elif tag == "link" and given.get("rel") == "stylesheet":
            self._edit(start, self._end(start), self._style(given.get("href") or ""))
        elif tag == "site-search":
            self.searched = given.pop("data-script") or ""
            self._edit(start, self._end(start), _tag(tag, {**given, "data-root": ""}))
        elif tag == "script" and given.get("src"):
            text = self._script(given["src"] or "")
            end = self.page.index("</script>", start) + len("</script>\n")
            self._edit(start, end, "" if "defer" in given else text)
            self.late += [text] if "defer" in given else []
        elif tag == "a" and given.get("class") == "licences-link":
            end = self.page.index("</a>", start)
            title = self.page[self._end(start) : end]
            self._edit(start, end + len("</a>"), _licences(self.output, title))
        else:
            self.at_assets = tag == "script" and given.get("id") == "site-assets"
            changed = self._referring(given)
            if changed != given:
                self._edit(start, self._end(start), _tag(tag, changed))

    def handle_endtag(self, tag: str) -> None:
        """End what is left out, and put in what comes behind an element or at the end."""
        start = self._offset()
        if self.leaving and tag == self.leaving[0]:
            name, began, depth = self.leaving
            self.leaving = (name, began, depth - 1) if depth > 1 else None
            if self.leaving is None:
                self._edit(began, self.page.index(">", start) + len(">\n"), "")
        elif tag == "script" and self.at_assets:
            end = start + len("</script>\n")
            self._edit(end, end, self._files())
            self.at_assets = False
        elif tag == "body":
            self._edit(start, start, "".join(self.late))

    def _edit(self, start: int, end: int, text: str) -> None:
        self.edits.append((start, end, text))

    def _offset(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def _end(self, start: int) -> int:
        return start + len(self.get_starttag_text() or "")

    def _files(self) -> str:
        """What a simulator needs, in elements that ``browser/python/disk.js`` finds."""
        assets = self.facts.assets or {}
        files = embedded_json(self._read(assets["disk"]))
        vega = compressed(self._read(assets["vega"]))
        text = compressed(self._search_text()) if self.searched else ""
        return (
            f'<script type="application/json" id="site-files">{files}</script>\n'
            f'<script type="text/plain" id="site-vega">{vega}</script>\n'
            f'<script type="text/plain" id="site-text">{text}</script>\n'
        )

    def _search_text(self) -> bytes:
        """The script with the text that is searched."""
        page = self.place.partition("/")[2]
        files = {
            place.partition("/")[0]: OneFile(
                place,
                HERE if place == self.place else name,
                (self.output / place).read_text(encoding="utf-8"),
            )
            for place, name in self.names.items()
            if place.partition("/")[2] == page
        }
        made = self._read(self.searched)
        return search_script(made, files, self.place, self.facts.published)

    def _read(self, address: str) -> bytes:
        return (self.output / _resolved(self.place, address)).read_bytes()

    def _script(self, address: str) -> str:
        code = self._read(address).decode().replace("</script", r"<\/script")
        self.scripts.append(code)
        return f"<script>{code}</script>\n"

    def _style(self, address: str) -> str:
        path = _resolved(self.place, address)
        css = self._read(address).decode()
        css = DATA.sub(lambda url: f"url({_data(self.output, path, url[1])})", css)
        self.styles.append(css)
        return f"<style>{css}</style>"

    def _referring(self, given: Attributes) -> Attributes:
        """The attributes of a tag, their references to files of the site replaced."""
        changed = dict(given)
        for name in ("href", "src"):
            address = given.get(name) or ""
            path, sign, tail = address.partition("#")
            if not path or urlsplit(address).scheme:
                continue
            target = _resolved(self.place, path)
            if target in self.names:
                query = urlsplit(path).query
                changed[name] = self.names[target] + (f"?{query}" if query else "") + sign + tail
            elif target.startswith("assets/"):
                changed[name] = _data(self.output, self.place, path)
                changed |= _saved_as(target)
            else:
                changed[name] = urljoin(self.facts.published, path) + sign + tail
        return changed


def _licences(output: Path, title: str) -> str:
    """What others wrote of the page, in full, in place of the link to it."""
    text = escape((output / FILE).read_text(encoding="utf-8"), quote=False)
    pre = f'<pre lang="en" tabindex="0">{text}</pre>'
    return f'<details class="licence-text"><summary>{title}</summary>{pre}</details>'


def _tag(name: str, given: Attributes) -> str:
    """A start tag."""
    attributes = (
        f" {key}" if value is None else f' {key}="{_quoted(value)}"' for key, value in given.items()
    )
    return f"<{name}{''.join(attributes)}>"


def _quoted(value: str) -> str:
    return escape(value, quote=False).replace('"', "&quot;")


def _saved_as(target: str) -> dict[str, str]:
    """Browsers show no data as a page, but they save it under a name."""
    name = Path(target).name.partition(".")[0]
    return {"download": f"{name}.csv"} if target.endswith(".csv") else {}


def _policy(scripts: list[str], styles: list[str]) -> str:
    return (
        f"default-src 'none'; script-src {_checksums(scripts)} 'wasm-unsafe-eval' blob:; "
        f"worker-src blob:; style-src {_checksums(styles)}; img-src data: blob:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _checksums(texts: list[str]) -> str:
    checksums = (hashlib.sha256(text.encode()).digest() for text in texts)
    return " ".join(f"'sha256-{b64encode(one).decode()}'" for one in checksums)


def _data(output: Path, place: str, address: str) -> str:
    path = _resolved(place, address.strip("\"'"))
    content = b64encode((output / path).read_bytes()).decode()
    kind = "font/woff2" if path.endswith(".woff2") else guess_type(path)[0]
    return f"data:{kind};base64,{content}"


def _resolved(place: str, address: str) -> str:
    """A place in the site from an address in one of its files."""
    return normpath(join(dirname(place), urlsplit(address).path))
