"""What can go wrong on a reader's way to a live simulator, what the page says, and what helps.

``python -m tests.engines.faults`` writes ``docs/faults.md``, whose every line is driven by
``test_faults.py`` in every engine and both languages.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "faults.md"
LANGUAGES = ("en", "zh")
ENGINES = ("Chromium", "Firefox", "WebKitGTK")

Recovery = Literal["retry", "reload", "itself", "none"]

RECOVERIES: dict[Recovery, str] = {
    "retry": "“Try again” starts it once the fault is over",
    "reload": "“Load the newer version” keeps the settings",
    "itself": "another worker takes over; the settings are computed again",
    "none": "none on this browser; the printed result stays",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault, how a server or a page script brings it about, and what comes of it."""

    what: str
    sentence: str
    """The sentence's name in ``[simulator]`` of ``interface.toml``; empty if none is needed."""

    recovery: Recovery
    server: str = ""
    """What the server does; a key of ``test_faults.ANSWERS``."""

    script: str = ""
    """What runs in the page before the simulator is started."""


FAULTS = (
    Fault("the connection breaks", "failed_network", "retry", server="breaks off"),
    Fault("the server answers 404", "failed_http", "retry", server="lacks the worker"),
    Fault("a sign-in page comes for everything", "failed_corrupt", "retry", server="portal"),
    Fault("WebAssembly arrives truncated", "failed_corrupt", "retry", server="truncates wasm"),
    Fault("numpy arrives with a bit flipped", "failed_corrupt", "retry", server="flips numpy"),
    Fault("a newer build replaces this one", "failed_newer", "reload", server="newer"),
    Fault(
        "the browser has no WebAssembly",
        "failed_webassembly",
        "none",
        script="delete globalThis.WebAssembly;",
    ),
    Fault(
        "the browser starts no worker",
        "failed_worker",
        "none",
        script="globalThis.Worker = function () { throw new Error('no') };",
    ),
    Fault(
        "the worker ends without a word",
        "",
        "itself",
        script="""
          const { postMessage } = Worker.prototype;
          Worker.prototype.postMessage = function (message, ...rest) {
            globalThis.lastWorker = this;
            return postMessage.call(this, message, ...rest);
          };
        """,
    ),
)


def said(language: str, name: str) -> str:
    """The sentence that a panel shows; empty if it needs none."""
    text = (ROOT / "content" / language / "interface.toml").read_text(encoding="utf-8")
    words = tomllib.loads(text)["simulator"]
    return f"{words[name]}{words['still_true']}" if name else ""


def document() -> str:
    """The table for maintainers."""
    lines = [
        "# Faults and what a page says of them",
        "",
        "Written by `python -m tests.engines.faults`; `tests/engines/test_faults.py` drives every",
        f"line in {', '.join(ENGINES[:-1])} and {ENGINES[-1]}, in both languages.",
        "",
        "| fault | English | 中文 | recovery |",
        "|---|---|---|---|",
    ]
    for fault in FAULTS:
        sentences = " | ".join(said(language, fault.sentence) or "—" for language in LANGUAGES)
        lines.append(f"| {fault.what} | {sentences} | {RECOVERIES[fault.recovery]} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
