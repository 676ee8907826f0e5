"""The words of the interface: ``content/<language>/interface.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from generator.errors import Mistake, MistakeError, error, nearest
from generator.source_files import Document, SourceFile

if TYPE_CHECKING:
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
"""What the generator itself says; templates ask for more."""

FAILURES = (
    "failed",
    "failed_apple",
    "failed_corrupt",
    "failed_http",
    "failed_memory",
    "failed_network",
    "failed_newer",
    "failed_timeout",
    "failed_webassembly",
    "failed_worker",
)
"""Why nothing is computed, by the reasons of ``browser/python/failure.js``."""

SIMULATOR = (
    "analysis",
    "comparison",
    "copied",
    "copy_link",
    "download_csv",
    "download_png",
    "download_svg",
    "embed",
    *FAILURES,
    "fill_screen",
    "in_text",
    "loading",
    "model_code",
    "model_code_intro",
    "new_sample",
    "no_script",
    "own_page",
    "png_failed",
    "progress",
    "ready",
    "reload",
    "repeat",
    "repeat_many",
    "reset",
    "retry",
    "settings",
    "space",
    "stale",
    "still_true",
    "stop",
    "stopped",
    "to",
    "try",
)
"""What simulators say, in the section ``[simulator]`` of a course that has some."""


def read(file: SourceFile) -> Words:
    """The words of one language."""
    document = file.document(purpose="the words of the interface")
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
    if "simulator" in document.entries:
        _check_simulator(document, document.entries["simulator"])
    return words


def simulator_words(words: Words, path: str) -> Words:
    """The words that all simulators share, by key; ``path`` names the file that holds them."""
    found = {key: words[f"simulator.{key}"] for key in SIMULATOR if f"simulator.{key}" in words}
    if not found:
        problem = "there is no section [simulator]"
        raise error(path, None, problem, f"write in it {', '.join(SIMULATOR)}")
    return found


def _check_simulator(document: Document, entries: Mapping[str, str]) -> None:
    lacking = [
        document.mistake("simulator", f"[simulator] lacks {key!r}", "simulators show it")
        for key in SIMULATOR
        if key not in entries
    ]
    unknown = [
        document.mistake(
            f"simulator.{key}",
            f"[simulator] has {key!r}",
            nearest(key, SIMULATOR, what="its entries are"),
        )
        for key in entries
        if key not in SIMULATOR
    ]
    if lacking or unknown:
        raise MistakeError(*lacking, *unknown)


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
