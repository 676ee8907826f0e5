"""Where a page lives, and the relative way from one file of the site to another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

INDEX = "index.html"


@dataclass(frozen=True, order=True)
class Address:
    """A page: its language's folder and its name, ``index`` being the home page."""

    folder: str
    name: str

    @property
    def path(self) -> str:
        """The file it becomes, e.g. ``en/some-page/index.html``."""
        above, _, last = self.name.rpartition("/")
        parts = (self.folder, *(above.split("/") if above else ()))
        return "/".join((*parts, INDEX) if last == "index" else (*parts, last, INDEX))

    def within(self, folder: str) -> Address:
        """The same page in the language of another folder."""
        return Address(folder, self.name)


def relative(start: str, target: str) -> str:
    """The relative URL that leads from one file of the site to another."""
    folder = start.rpartition("/")[0]
    return _way(folder, target)


@lru_cache(maxsize=65536)
def _way(folder: str, target: str) -> str:
    here, there = folder.split("/") if folder else [], target.split("/")
    common = 0
    for mine, theirs in zip(here, there[:-1], strict=False):
        if mine != theirs:
            break
        common += 1
    return "/".join([".."] * (len(here) - common) + there[common:])


def absolute(url: str, path: str) -> str:
    """The full URL of a file of the site; an index is named by its folder."""
    return url.rstrip("/") + "/" + (path.removesuffix(INDEX) if path.endswith(INDEX) else path)
