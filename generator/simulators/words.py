"""The words that all simulators share: ``[simulator]`` of ``content/<language>/interface.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path

from generator.errors import Mistake, MistakeError, refusal
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
    "loading",
    "model_code",
    "model_code_intro",
    "new_sample",
    "no_script",
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


def read(path: Path, shown_as: str) -> Words:
    """The shared words of one language."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise refusal(shown_as, None, "there is no such file", "it holds shared words") from error
    except tomllib.TOMLDecodeError as error:
        raise refusal(shown_as, None, str(error), "write it as TOML") from error
    words = document.get("simulator", {})
    mistakes = [
        Mistake(shown_as, None, f"[simulator] lacks {name!r}", "simulators show it")
        for name in NEEDED
        if not isinstance(words.get(name), str)
    ] + [
        Mistake(shown_as, None, f"[simulator] has {name!r}", f"it holds {', '.join(NEEDED)}")
        for name in sorted(set(words) - set(NEEDED))
    ]
    if mistakes:
        raise MistakeError(*mistakes)
    return dict(words)
