"""The files beside the texts that a site publishes: those that its pages link to, show or use.

What no page leads to stays at home: notes, a table of salaries, a picture that is not ready.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from generator.errors import Mistake, MistakeError
from generator.files import pictures
from generator.markdown.placeholders import Cell, Link, Script
from generator.project import shown

if TYPE_CHECKING:
    from generator.addresses import Address
    from generator.catalog.asset_builder import AssetBuilder
    from generator.pages.outline import Outline

SOURCES = (".md", ".toml")
"""Endings of what pages are made from; any other file of the content can be linked to."""

DATA = "data"
"""The folder whose files scripts read by their bare names."""

_QUOTED = re.compile(r"[\"']([^\"'\n/]+)[\"']")


@dataclass(frozen=True, slots=True)
class ContentFile:
    """A file that the site carries."""

    path: str
    """Its place in the site."""

    size: tuple[int, int] | None = None
    """Width and height in CSS pixels, if it is a picture."""

    drawing: bytes | None = None
    """What is published instead of the file itself, if it is a drawing."""


def published(
    asset_builder: AssetBuilder, outlines: Mapping[Address, Outline]
) -> tuple[Mapping[str, ContentFile], list[Mistake]]:
    """Every file that a page leads to, by its name below the content, and what is wrong in them."""
    found: dict[str, ContentFile] = {}
    mistakes: list[Mistake] = []
    for name in sorted(_wanted(asset_builder, outlines) & set(linkable(asset_builder))):
        try:
            found[name] = _read(asset_builder, name)
        except MistakeError as cause:
            mistakes.extend(cause.mistakes)
            found[name] = ContentFile("")
    return found, mistakes


def linkable(asset_builder: AssetBuilder) -> Iterator[str]:
    """The names of all files below the content that pages could link to."""
    for name in asset_builder.inputs.below("content/"):
        if not name.endswith(SOURCES):
            yield name.removeprefix("content/")


@lru_cache(maxsize=65536)
def joined(page: Address, path: str) -> str:
    """The name below the content of the file that a page means by a relative path."""
    folder = posixpath.dirname(f"{page.folder}/{page.name}")
    return posixpath.normpath(posixpath.join(folder, path))


def _wanted(asset_builder: AssetBuilder, outlines: Mapping[Address, Outline]) -> set[str]:
    """The names that pages ask for, whether or not there are such files."""
    wanted: set[str] = set()
    scripts = set(asset_builder.scripts)
    for address, outline in outlines.items():
        for node in outline.placeholders:
            match node:
                case Link(target):
                    wanted.add(joined(address, re.split(r"[?#]", target, maxsplit=1)[0]))
                case Cell(_, data):
                    wanted.add(f"{DATA}/{data}")
                case Script(name) if name in scripts:
                    code = asset_builder.script(name).read_text(encoding="utf-8")
                    wanted |= {f"{DATA}/{quoted}" for quoted in _QUOTED.findall(code)}
    return wanted


def _read(asset_builder: AssetBuilder, name: str) -> ContentFile:
    options, sha = asset_builder.options, str(asset_builder.inputs.hash(f"content/{name}"))
    if not pictures.is_picture(name):
        return ContentFile(place(name, sha))
    file = options.content / name
    made = asset_builder.parts.made("picture", name, partial(_picture, file, name), file)
    size, _, drawing = made.partition(b"\n")
    width, height = map(int, size.split())
    if not drawing:
        return ContentFile(place(name, sha), (width, height))
    path = place(name, hashlib.sha256(drawing).hexdigest())
    return ContentFile(path, (width, height), drawing)


def _picture(file: Path, name: str) -> bytes:
    """The size of a picture, and the drawing to publish if it is one."""
    picture = pictures.read(file, shown(file))
    drawing = picture.content if pictures.is_drawing(name) else b""
    return f"{picture.width} {picture.height}\n".encode() + drawing


def place(name: str, sha: str) -> str:
    """Where a file of the content with this hash lies in the site."""
    path = PurePosixPath(name)
    return f"assets/{path.stem}.{sha[:8]}{path.suffix}"
