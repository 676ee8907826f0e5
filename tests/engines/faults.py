"""What can go wrong on a reader's way to a live simulator, what the page says, and what helps.

``python -m tests.engines.faults`` writes ``docs/faults.md``: a line for each fault, with the
engines and languages in which ``test_faults.py`` drives it, which are those of ``CASES``.

What differs between engines is how a fault reaches the page, not its words, and what takes time is
the start of Python after it. So every engine meets every fault, Chromium in both languages; and the
recovery is driven in one of them, outside Chromium for the faults of ``RECOVERED_EVERYWHERE``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "faults.md"
LANGUAGES = ("en", "zh")
ENGINES = {"chromium": "Chromium", "firefox": "Firefox", "webkit": "WebKitGTK"}
"""What each engine is called, by the name of its driver."""

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


RECOVERED_EVERYWHERE = {
    "the connection breaks",
    "a newer build replaces this one",
    "the worker ends without a word",
}
"""One fault for each way of recovery."""


@dataclass(frozen=True, slots=True)
class Case:
    """A fault as it is driven in an engine and a language."""

    engine: str
    fault: Fault
    language: str
    recovers: bool
    """Whether the recovery is driven too."""

    def __str__(self) -> str:
        """The name of its test."""
        return f"{self.fault.what}-{self.language}"


def _cases() -> Iterator[Case]:
    for engine in ENGINES:
        for number, fault in enumerate(FAULTS):
            first = LANGUAGES[(number + (engine == "webkit")) % len(LANGUAGES)]
            recovers = fault.recovery != "none" and (
                engine == "chromium" or fault.what in RECOVERED_EVERYWHERE
            )
            yield Case(engine, fault, first, recovers)
            if engine == "chromium" and fault.sentence:
                other = next(one for one in LANGUAGES if one != first)
                yield Case(engine, fault, other, recovers=False)


CASES = tuple(_cases())


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
        "Written by `python -m tests.engines.faults` from the cases that",
        "`tests/engines/test_faults.py` drives. Under each engine stand the languages in which the",
        "sentence was compared, in bold the one in which the recovery was driven as well.",
        "",
        f"| fault | English | 中文 | recovery | {' | '.join(ENGINES.values())} |",
        f"|---|---|---|---|{'---|' * len(ENGINES)}",
    ]
    for fault in FAULTS:
        sentences = [said(language, fault.sentence) or "—" for language in LANGUAGES]
        driven = [_driven(engine, fault) for engine in ENGINES]
        cells = [fault.what, *sentences, RECOVERIES[fault.recovery], *driven]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _driven(engine: str, fault: Fault) -> str:
    """The languages in which a fault is driven in an engine."""
    cases = [case for case in CASES if (case.engine, case.fault) == (engine, fault)]
    return ", ".join(f"**{case.language}**" if case.recovers else case.language for case in cases)


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
