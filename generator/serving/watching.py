"""Waits for changes and builds."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from generator.options import Options
from generator.project import PROJECT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.serving.showing import Showing

LULL = 60
"""Milliseconds without a further change after which a build begins."""


def command(options: Options) -> list[str]:
    """The command that builds with these options."""
    words = [sys.executable, str(PROJECT / "build.py")]
    for name in ("content", "output", "templates", "cache"):
        words += [f"--{name}", str(getattr(options, name))]
    return words + (["--url", options.url] if options.url else [])


def built(words: Sequence[str]) -> str | None:
    """What went wrong in a build, if anything did."""
    started = time.perf_counter()
    done = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, check=False)
    problem = (done.stderr.strip() or done.stdout.strip()) if done.returncode else None
    clock = time.strftime("%H:%M:%S")
    said = problem or f"built in {time.perf_counter() - started:.2f} s"
    sys.stdout.write(f"{clock} {said}\n")
    sys.stdout.flush()
    return problem


def watched(options: Options) -> list[Path]:
    """The folders and files that a build reads."""
    return sorted({path for path in options.roots.values() if path.exists()})


def keep_building(options: Options, showing: Showing, stop: Event) -> Thread:
    """A thread that builds whenever something changes, until told to stop."""
    from watchfiles import watch  # noqa: PLC0415  only the server needs it

    def work() -> None:
        paths = watched(options)
        for _ in watch(*paths, step=LULL, debounce=10 * LULL, stop_event=stop, rust_timeout=500):
            showing.show(built(command(options)))

    thread = Thread(target=work, name="builds", daemon=True)
    thread.start()
    return thread
