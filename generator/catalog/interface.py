"""The words of the interface: ``content/<language>/interface.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from generator import toml
from generator.errors import Mistake, MistakeError

if TYPE_CHECKING:
    from pathlib import Path

    from generator.languages import Languages

FILE = "interface.toml"
Words = Mapping[str, str]
"""Texts by section and key, e.g. ``page.contents``."""

NEEDED = (
    "boxes.danger",
    "boxes.note",
    "boxes.tip",
    "boxes.warning",
    "cell.code",
    "cell.died",
    "cell.failed",
    "cell.reset",
    "cell.run",
    "cell.running",
    "cell.starting",
    "cell.stop",
    "cell.stopped",
    "cell.title",
    "citations.and",
    "citations.close",
    "citations.open",
    "citations.others",
    "citations.separator",
    "code.copied",
    "code.copy",
    "code.languages",
    "code.prints",
    "page.anchor",
    "page.note_back",
    "page.table",
    "quiz.again",
    "quiz.answers",
    "quiz.right",
    "quiz.score",
    "quiz.wrong",
    "references.back",
    "tree.again",
    "tree.back",
    "tree.copied",
    "tree.copy_link",
    "tree.print",
)
"""What the generator itself says; templates and simulators ask for more."""


def read(file: Path, path: str) -> Words:
    """The words of one language."""
    document = toml.read(file, path, purpose="the words of the interface")
    words: dict[str, str] = {}
    for section, entries in document.entries.items():
        if not isinstance(entries, dict):
            problem = f"{section!r} stands outside a section"
            raise document.error(section, problem, "write [section] above it")
        for key, value in entries.items():
            if not isinstance(value, str):
                place, hint = f"{section}.{key}", f'write {key} = "…"'
                raise document.error(place, f"{key!r} is not text", hint)
            words[f"{section}.{key}"] = value
    missing = [
        document.mistake(place, f"[{section}] lacks {key!r}", "add it")
        for place in NEEDED
        if place not in words
        for section, _, key in (place.partition("."),)
    ]
    if missing:
        raise MistakeError(*missing)
    return words


def differences(
    words: Mapping[str, Words], paths: Mapping[str, str], languages: Languages
) -> list[Mistake]:
    """Words that one language has and another lacks."""
    having: dict[str, str] = {}
    for folder in languages.folders:
        for key in words[folder]:
            having.setdefault(key, folder)
    return [
        Mistake(
            paths[folder],
            None,
            f"there is no {key!r}",
            f"{paths[having[key]]} has it: {words[having[key]][key]!r}",
        )
        for folder in languages.folders
        for key in sorted(set(having) - set(words[folder]))
    ]
