"""Links inside the site: where they lead there must be something."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING
from urllib.parse import unquote

from generator.errors import Mistake

if TYPE_CHECKING:
    from generator.checking.document import Document, Found

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def dead(
    documents: Mapping[str, Document], files: AbstractSet[str], shown: str
) -> Iterator[Mistake]:
    """Every link that leads nowhere, leaves the site's folder or names a bare folder."""
    ids = {path: frozenset(found.text for found in page.ids) for path, page in documents.items()}
    for path, page in documents.items():
        for link in page.links:
            problem = None if is_external(link.text) else _wrong(path, link, files, ids)
            if problem:
                message = f"the link {link.text!r} {problem[0]}"
                yield Mistake(f"{shown}/{path}", link.line, message, problem[1])


def is_external(url: str) -> bool:
    """Whether a URL leads out of the site."""
    return bool(_SCHEME.match(url)) or url.startswith("//")


def leads_to(path: str, place: str) -> str:
    """The file of the site that a page at ``path`` means by ``place``; by nothing, itself."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), place)) if place else path


def _wrong(
    path: str, link: Found, files: AbstractSet[str], ids: Mapping[str, AbstractSet[str]]
) -> tuple[str, str] | None:
    url, _, name = link.text.partition("#")
    place, name = unquote(url.partition("?")[0]), unquote(name)
    if place.startswith("/"):
        return "is absolute", "write it relative to the page, so that it holds under any address"
    target = leads_to(path, place)
    if place.endswith("/") or place in {".", ".."}:
        return "names a folder", "name its index.html, so that it opens from disk"
    if target not in files:
        return "leads nowhere", f"there is no {target}"
    if name and target in ids and name not in ids[target]:
        return "leads to no place in its page", f"{target} has no id {name!r}"
    return None
