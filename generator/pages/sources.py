"""Path -> Source: the Markdown files of every language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import texts
from generator.addresses import Address
from generator.errors import error

if TYPE_CHECKING:
    from pathlib import Path

    from generator.languages import Language, Languages

NAME = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*")


@dataclass(frozen=True, slots=True)
class Source:
    """A file of Markdown as it was read."""

    path: str
    """As the author is told it."""

    address: Address
    language: Language
    text: str


def address(path: str, name: str, languages: Languages) -> Address | None:
    """The address of the file ``name`` below the content folder, if it is a page."""
    folder, _, rest = name.partition("/")
    if folder not in languages.folders or not rest.endswith(".md"):
        return None
    stem = rest.removesuffix(".md")
    if not NAME.fullmatch(stem):
        hint = "name it with a-z, 0-9 and -, since the name becomes its address"
        raise error(path, None, f"{rest!r} cannot be the name of a page", hint)
    return Address(folder, stem)


def read(file: Path, path: str, where: Address, language: Language) -> Source:
    """The source in a file."""
    return Source(path, where, language, texts.read(file, path, purpose="a page"))
