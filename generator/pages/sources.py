"""Path -> Source: the Markdown files of every language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from posixpath import splitext
from typing import TYPE_CHECKING

from generator.addresses import Address
from generator.errors import error
from generator.source_files import SourceFile

if TYPE_CHECKING:
    from generator.languages import Language, Languages

NAME = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*")
ENDINGS = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".rmd", ".qmd")
"""How files of Markdown end; those of pages in the first way."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file of Markdown as it was read."""

    path: str
    """Its path as mistakes name it."""

    address: Address
    language: Language
    text: str


def address(path: str, name: str, languages: Languages) -> Address | None:
    """The address of the file ``name`` below the content folder, if it is a page."""
    folder, _, rest = name.partition("/")
    if folder not in languages.folders:
        return None
    stem, ending = splitext(rest)
    if ending.lower() not in ENDINGS:
        return None
    if ending != ".md":
        hint = f"call it {stem}.md"
        raise error(path, None, f"a page does not end in {ending}", hint)
    if not NAME.fullmatch(stem):
        hint = "name it with a-z, 0-9 and -, since the name becomes its address"
        raise error(path, None, f"{rest!r} cannot be the name of a page", hint)
    return Address(folder, stem)


def read(file: SourceFile, where: Address, language: Language) -> Source:
    """The source in a file."""
    return Source(file.name, where, language, file.text(purpose="a page"))
