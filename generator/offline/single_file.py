"""A page of the finished site as one file: all that it needs stands in it.

Scripts and styles are named by their sums in the page's security policy, fonts and pictures become
data, and what a simulator needs lies in the page as text until ``browser/python/disk.js`` asks for
it. What only a whole site has, search and what a service worker says, is left out. Links to other
pages lead to the published site, those to the same page in another language to the file beside this
one.
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Mapping
from mimetypes import guess_type
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from generator.assets.pack import compressed, embedded_json

if TYPE_CHECKING:
    from collections.abc import Callable

NEEDLESS = re.compile(
    r"<site-search .*?</site-search>\n|<offline-note .*?</offline-note>\n"
    r'|<link rel="manifest".*?>\n|<a class="offline-archive".*?</a>\n',
    re.DOTALL,
)
POLICY = re.compile(r'(?<=http-equiv="Content-Security-Policy" content=")[^"]*')
SCRIPT = re.compile(r'<script src="([^"]*)"( defer)?></script>\n')
STYLE = re.compile(r'<link rel="stylesheet" href="([^"]*)">')
REFERENCE = re.compile(r'(?<= )(href|src)="([^"#:]+)(#[^":]*)?"')
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')
ASSETS = re.compile(r'<script type="application/json" id="site-assets">(.*?)</script>\n')
DATA = re.compile(r"url\(([^)]*)\)")


def pages(output: Path) -> Mapping[str, str]:
    """The pages that can stand alone, those with simulators, and what they are then called."""
    found = sorted(path for path in output.glob("*/*/index.html") if _is_live(path))
    places = [path.relative_to(output) for path in found]
    return {place.as_posix(): f"{place.parts[1]}.{place.parts[0]}.html" for place in places}


def _is_live(page: Path) -> bool:
    return ASSETS.search(page.read_text(encoding="utf-8")) is not None


def alone(output: Path, place: str, names: Mapping[str, str]) -> bytes:
    """The page at this place of the site, in one file; ``names`` says what others are called."""
    page = NEEDLESS.sub("", (output / place).read_text(encoding="utf-8"))
    found = ASSETS.search(page)
    if found is None:
        message = f"{place} has no simulators"
        raise ValueError(message)
    files = _files(output, place, json.loads(found[1]))
    page = ASSETS.sub(lambda told: told[0] + files, page)
    return _inlined(page, output, place, names).encode()


def _files(output: Path, place: str, assets: Mapping[str, str]) -> str:
    """What a simulator needs, in elements that ``browser/python/disk.js`` finds."""
    files = embedded_json((output / _resolved(place, assets["disk"])).read_bytes())
    vega = compressed((output / _resolved(place, assets["vega"])).read_bytes())
    return (
        f'<script type="application/json" id="site-files">{files}</script>\n'
        f'<script type="text/plain" id="site-vega">{vega}</script>\n'
    )


def _inlined(page: str, output: Path, place: str, names: Mapping[str, str]) -> str:
    scripts: list[str] = []
    styles: list[str] = []
    late: list[str] = []

    def script(found: re.Match[str]) -> str:
        code = (output / _resolved(place, found[1])).read_text(encoding="utf-8")
        scripts.append(code := code.replace("</script", r"<\/script"))
        element = f"<script>{code}</script>\n"
        if not found[2]:
            return element
        late.append(element)
        return ""

    def style(found: re.Match[str]) -> str:
        path = _resolved(place, found[1])
        css = (output / path).read_text(encoding="utf-8")
        styles.append(css := DATA.sub(lambda url: f"url({_data(output, path, url[1])})", css))
        return f"<style>{css}</style>"

    page = STYLE.sub(style, SCRIPT.sub(script, page))
    page = REFERENCE.sub(_references(page, output, place, names), page)
    page = POLICY.sub(_policy(scripts, styles), page)
    return page.replace("</body>", "".join(late) + "</body>")


def _references(
    page: str, output: Path, place: str, names: Mapping[str, str]
) -> Callable[[re.Match[str]], str]:
    """What to write for a reference to another file of the site."""
    address = CANONICAL.search(page)
    published = urljoin(address[1], "index.html") if address else ""

    def written(found: re.Match[str]) -> str:
        attribute, path, fragment = found[1], found[2], found[3] or ""
        target = _resolved(place, path)
        if target in names:
            return f'{attribute}="{names[target]}{fragment}"'
        if target.startswith("assets/"):
            return f'{attribute}="{_data(output, place, path)}"{_saved_as(target)}'
        return f'{attribute}="{urljoin(published, path)}{fragment}"'

    return written


def _saved_as(target: str) -> str:
    """Browsers show no data as a page, but they save it under a name."""
    name = Path(target).name.partition(".")[0]
    return f' download="{name}.csv"' if target.endswith(".csv") else ""


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
