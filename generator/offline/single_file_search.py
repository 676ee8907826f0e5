"""The text that a page in one file searches: what stands in the file, and what lies elsewhere.

A page may show all of a series, so that a section counts as standing in the file if it is there
under the same id and heading, whichever page of the site it is from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import dirname, relpath
from typing import Any
from urllib.parse import urljoin

from generator.rendering.search import pages, script, written
from generator.rendering.sections import split

Entry = Mapping[str, Any]
"""What the search knows of a page: its ``language``, ``path``, ``title`` and ``sections``."""

HERE = ""
"""The path of what stands in the file that is read."""


@dataclass(frozen=True, slots=True)
class OneFile:
    """A page in one file."""

    place: str
    """Of the page in the site."""

    name: str
    """Of the file, beside that of the page in another language; or ``HERE``."""

    html: str


def search_script(made: bytes, files: Mapping[str, OneFile], place: str, published: str) -> bytes:
    """The site's search script as the file of the page at ``place`` needs it.

    Parameters
    ----------
    made : the site's
    files : that page and its translations, by their folder
    published : address at which the page is published
    """
    standing = {folder: _Standing.of(file) for folder, file in files.items()}
    found: list[bytes] = []
    for entry in pages(made):
        elsewhere = urljoin(published, relpath(entry["path"], dirname(place)))
        there = standing.get(entry["path"].partition("/")[0])
        parts = there.parts(entry) if there else {}
        rest = [one for at, one in enumerate(entry["sections"]) if at not in parts]
        if there and parts:
            found.append(written({**entry, "path": there.name, "sections": [*parts.values()]}))
        if rest:
            found.append(written({**entry, "path": elsewhere, "sections": rest}))
    return script(found)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What stands in a file: the headings by id."""

    name: str
    place: str
    headings: Mapping[str, str]

    @staticmethod
    def of(file: OneFile) -> _Standing:
        return _Standing(
            file.name, file.place, {one.id: one.heading for one in split(file.html) if one.id}
        )

    def parts(self, entry: Entry) -> dict[int, list[str]]:
        """Those sections of a page that stand in the file, by their number."""
        found = ((at, self._part(entry, one)) for at, one in enumerate(entry["sections"]))
        return {at: part for at, part in found if part}

    def _part(self, entry: Entry, section: list[str]) -> list[str] | None:
        """A section as it stands in the file, where a page's title may be a heading."""
        ident, heading, *text = section
        stands = self.headings.get(ident) == heading if ident else entry["path"] == self.place
        if stands:
            return section
        titles = (one for one, title in self.headings.items() if title == entry["title"])
        part = None if ident else next(titles, None)
        return [part, entry["title"], *text] if part else None
