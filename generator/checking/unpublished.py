"""Files of the content that no page leads to, which therefore are not published."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from glob import escape
from pathlib import Path

from generator.catalog.content_files import SOURCES, place
from generator.errors import Mistake
from generator.files.inputs import hash_of, walk
from generator.files.pictures import is_drawing
from generator.project import shown


def unpublished(content: Path, site: Path, *, icon: str = "") -> Iterator[Mistake]:
    """Every file of the content that the finished site does not carry; none of them is a fault.

    The icon is not published under its own name.
    """
    assets = {f"assets/{path.name}" for path in (site / "assets").glob("*")}
    for name in sorted(name for name, _ in walk(str(content), "")):
        if name.endswith(SOURCES) or name == icon or _is_published(content / name, name, assets):
            continue
        problem = "no page leads to it, so it is not published"
        yield Mistake(shown(content / name), None, problem, "link to it, or keep it elsewhere")


def _is_published(file: Path, name: str, assets: set[str]) -> bool:
    if not is_drawing(name):
        return place(name, hash_of(file)) in assets
    stem, _, ending = place(name, "0" * 8).rpartition("0" * 8)
    return any(fnmatchcase(path, f"{escape(stem)}????????{escape(ending)}") for path in assets)
