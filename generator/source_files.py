"""Files that authors write: their text and their TOML, with mistakes named by path and line."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.errors import Mistake, MistakeError, error, nearest
from generator.project import shown

_KEY = re.compile(r"[a-z][a-z0-9-]*")
_ITEM = re.compile(r"\s*\[\[([^\[\]]+)\]\]")
_SECTION = re.compile(r"\s*\[([^\[\]]+)\]")
_ENTRY = re.compile(r'\s*"?([\w./-]+)"?\s*=')
_END = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that an author writes: what mistakes call it, and where it lies."""

    name: str
    path: Path

    @staticmethod
    def at(path: Path) -> SourceFile:
        """The file at a path, called by its place in the project."""
        return SourceFile(shown(path), path)

    def text(self, *, purpose: str) -> str:
        """Its text, however its lines end; ``purpose`` says what it holds.

        Raises
        ------
        MistakeError
            If it is missing or not UTF-8.
        """
        try:
            content = self.path.read_bytes()
        except FileNotFoundError as cause:
            raise error(self.name, None, "there is no such file", f"it holds {purpose}") from cause
        try:
            text = content.decode()
        except UnicodeDecodeError as cause:
            line = content.count(b"\n", 0, cause.start) + 1
            raise error(self.name, line, "the file is not UTF-8", "save it as UTF-8") from cause
        return text.replace("\r\n", "\n").removeprefix("\ufeff")

    def document(self, *, purpose: str) -> Document:
        """The TOML in it.

        Raises
        ------
        MistakeError
            If it is missing, not UTF-8 or no TOML.
        """
        text = self.text(purpose=purpose)
        try:
            return Document(self.name, text, tomllib.loads(text))
        except RecursionError as cause:
            hint = "write tables side by side instead of one inside another"
            raise error(self.name, None, "it is nested too deeply", hint) from cause
        except tomllib.TOMLDecodeError as cause:
            place = _END.search(str(cause))
            line = int(place[1]) if place and place[1] else text.count("\n") + 1
            raise error(self.name, line, _END.sub("", str(cause)), "write it as TOML") from cause


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read; a place in it is named with dots, such as ``boxes.note``.

    ``languages.0`` is the first ``[[languages]]``.
    """

    path: str
    """Its path as mistakes name it."""

    text: str
    entries: Mapping[str, Any]

    def line(self, place: str) -> int:
        """The line of a section or an entry, or else of the section where it belongs."""
        lines = _lines(self.text)
        while place and place not in lines:
            place = place.rpartition(".")[0]
        return lines.get(place, 1)

    def mistake(self, place: str, problem: str, hint: str) -> Mistake:
        """A mistake in this file."""
        return Mistake(self.path, self.line(place), problem, hint)

    def error(self, place: str, problem: str, hint: str) -> MistakeError:
        """The error for a single mistake in this file."""
        return MistakeError(self.mistake(place, problem, hint))

    def check(self, key: str, known: Iterable[str], *, what: str) -> None:
        """Refuse a section whose key or whose entries' names are none of those there are.

        ``what`` is what a section describes, such as "reference".
        """
        entry = self.entries[key]
        if not isinstance(entry, dict) or not _KEY.fullmatch(key):
            hint = f"write [key] with a-z, 0-9 and -, and the {what}'s entries below"
            raise self.error(key, f"{key!r} is not the key of a {what}", hint)
        names = tuple(known)
        for name in entry:
            if name not in names:
                place, advice = f"{key}.{name}", nearest(name, names, what="the entries are")
                raise self.error(place, f"[{key}] has an entry {name!r}", advice)


@lru_cache(maxsize=16)
def _lines(text: str) -> Mapping[str, int]:
    """The line of every section and entry, by its name with dots."""
    lines: dict[str, int] = {}
    items: Counter[str] = Counter()
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        if match := _ITEM.match(line):
            name = match[1].strip()
            section = f"{name}.{items[name]}"
            items[name] += 1
            lines.setdefault(name, number)
            lines[section] = number
        elif match := _SECTION.match(line):
            section = match[1].strip().replace('"', "")
            lines.setdefault(section, number)
        elif match := _ENTRY.match(line):
            lines.setdefault(f"{section}.{match[1]}".lstrip("."), number)
    return lines
