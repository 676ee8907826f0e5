"""Links to other sites, asked one after the other and only when the author wants to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from generator.checking.links import is_external
from generator.errors import Mistake

if TYPE_CHECKING:
    from generator.checking.document import Document, Found

PATIENCE = 15.0
"""Seconds to wait for another site."""

REFUSED = {HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.TOO_MANY_REQUESTS}
"""What sites answer that do not like to be asked by programs; a reader would get through."""


def dead(documents: Mapping[str, Document], shown: str) -> Iterator[Mistake]:
    """Every link to another site that does not answer, where it stands first."""
    places: dict[str, tuple[str, Found]] = {}
    for path, page in documents.items():
        for link in page.links:
            if is_external(link.text) and link.text.startswith("http"):
                places.setdefault(link.text.partition("#")[0], (path, link))
    for url, (path, link) in sorted(places.items()):
        problem = _problem(url)
        if problem:
            problem = f"the link {url} does not answer ({problem})"
            yield Mistake(f"{shown}/{path}", link.line, problem, "mend it or take it out")


def _problem(url: str) -> str | None:
    request = Request(url, method="HEAD", headers={"User-Agent": "link check"})  # noqa: S310  http(s) only
    try:
        with urlopen(request, timeout=PATIENCE):  # noqa: S310
            return None
    except HTTPError as cause:
        return None if cause.code in REFUSED else f"status {cause.code}"
    except (URLError, TimeoutError, OSError) as cause:
        return str(getattr(cause, "reason", cause))
