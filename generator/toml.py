"""TOML files of the content folder, with mistakes told by path and line."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from generator.errors import nearest, refusal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_KEY = re.compile(r"[a-z][a-z0-9-]*")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")


def read(file: Path, path: str, *, purpose: str) -> tuple[dict[str, Any], str]:
    """The document in a file, and its text."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise refusal(path, None, "there is no such file", f"it holds {purpose}") from error
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        raise refusal(path, line, _PLACE.sub("", str(error)), "write it as TOML") from error


def check_entry(
    key: str,
    entry: Any,  # noqa: ANN401  as TOML has it
    known: Iterable[str],
    *,
    what: str,
    path: str,
    text: str,
) -> None:
    """Refuse a section whose key or whose entries' names are none of those there are.

    ``what`` is what a section describes, such as "work".
    """
    if not isinstance(entry, dict) or not _KEY.fullmatch(key):
        right = f"write [key] with a-z, 0-9 and -, and the {what}'s entries below"
        raise refusal(path, line_of(text, key, key), f"{key!r} is not the key of a {what}", right)
    names = tuple(known)
    for name in entry:
        if name not in names:
            advice = nearest(name, names, what="the entries are")
            raise refusal(path, line_of(text, name, key), f"[{key}] has an entry {name!r}", advice)


def line_of(text: str, key: str, section: str = "") -> int:
    """The line in which a key stands, or else its section."""
    lines = text.split("\n")
    start = 0
    if section:
        start = next((n for n, line in enumerate(lines) if line.strip() == f"[{section}]"), 0)
    pattern = re.compile(rf'\s*"?{re.escape(key)}"?\s*=')
    for number, line in enumerate(lines[start:], start):
        if number > start and section and line.startswith("["):
            break
        if pattern.match(line):
            return number + 1
    return start + 1
