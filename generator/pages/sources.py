"""Path -> Source: the Markdown files of both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import texts
from generator.addresses import Address
from generator.errors import error
from generator.languages import BY_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

NAME = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*")


@dataclass(frozen=True, slots=True)
class Source:
    """A file of Markdown as it was read."""

    path: str
    """As the author is told it."""

    address: Address
    text: str


def address(path: str, name: str) -> Address | None:
    """The address of the file ``name`` below the content folder, if it is a page."""
    folder, _, rest = name.partition("/")
    if folder not in BY_FOLDER or not rest.endswith(".md"):
        return None
    stem = rest.removesuffix(".md")
    if not NAME.fullmatch(stem):
        hint = "name it with a-z, 0-9 and -, since the name becomes its address"
        raise error(path, None, f"{rest!r} cannot be the name of a page", hint)
    return Address(folder, stem)


def read(file: Path, path: str, where: Address) -> Source:
    """The source in a file."""
    return Source(path, where, texts.read(file, path, purpose="a page"))
