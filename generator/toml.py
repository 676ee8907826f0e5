"""TOML files of the content folder, whose mistakes are named by path and line."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from generator import texts
from generator.errors import Mistake, MistakeError, error, nearest

if TYPE_CHECKING:
    from pathlib import Path

_KEY = re.compile(r"[a-z][a-z0-9-]*")
_ITEM = re.compile(r"\s*\[\[([^\[\]]+)\]\]")
_SECTION = re.compile(r"\s*\[([^\[\]]+)\]")
_ENTRY = re.compile(r'\s*"?([\w./-]+)"?\s*=')
_END = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")


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


def read(file: Path, path: str, *, purpose: str) -> Document:
    """The document in a file, which mistakes call ``path``."""
    text = texts.read(file, path, purpose=purpose)
    try:
        return Document(path, text, tomllib.loads(text))
    except RecursionError as cause:
        hint = "write tables side by side instead of one inside another"
        raise error(path, None, "it is nested too deeply", hint) from cause
    except tomllib.TOMLDecodeError as cause:
        place = _END.search(str(cause))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        raise error(path, line, _END.sub("", str(cause)), "write it as TOML") from cause


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
