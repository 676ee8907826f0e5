"""The words that all simulators share: ``[simulator]`` of ``content/<language>/interface.toml``."""

from __future__ import annotations

from pathlib import Path

from generator import toml
from generator.errors import MistakeError
from generator.simulators.labels import Words

NEEDED = (
    "analysis",
    "comparison",
    "copied",
    "copy_link",
    "download_csv",
    "download_png",
    "download_svg",
    "failed",
    "failed_apple",
    "failed_memory",
    "failed_network",
    "failed_webassembly",
    "fill_screen",
    "loading",
    "model_code",
    "model_code_intro",
    "new_sample",
    "no_script",
    "png_failed",
    "progress",
    "ready",
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

LIVE = (
    "copied",
    "failed",
    "failed_apple",
    "failed_memory",
    "failed_network",
    "failed_webassembly",
    "loading",
    "png_failed",
    "progress",
    "ready",
    "stale",
    "still_true",
    "stopped",
)
"""Those that a page's script says; the others stand in the page already."""


def read(path: Path, shown_as: str) -> Words:
    """The shared words of one language."""
    document = toml.read(path, shown_as, purpose="the words of the interface")
    words = document.entries.get("simulator", {})
    mistakes = [
        document.mistake("simulator", f"[simulator] lacks {name!r}", "simulators show it")
        for name in NEEDED
        if not isinstance(words.get(name), str)
    ] + [
        document.mistake(
            f"simulator.{name}", f"[simulator] has {name!r}", f"it holds {', '.join(NEEDED)}"
        )
        for name in sorted(set(words) - set(NEEDED))
    ]
    if mistakes:
        raise MistakeError(*mistakes)
    return dict(words)
