"""How long a build takes: cold, with nothing changed, and with one page changed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
MADE_ONCE = ("runtime", "models")
"""Parts of the cache that no change of a page makes anew; a cold build has them."""


@dataclass(frozen=True, slots=True)
class Seconds:
    """Medians over the repetitions."""

    cold: float
    unchanged: float
    one_page: float


def measure(content: Path, changed: str, folder: Path, repetitions: int) -> Seconds:
    """How long ``build.py`` takes for a tree of content, a page of which is changed in a copy."""
    tree = folder / "content"
    shutil.copytree(content, tree)
    page = tree / changed
    original = page.read_text(encoding="utf-8")

    def nothing() -> None:
        """Change nothing."""

    def forget() -> None:
        for made in (folder / "site", folder / "cache"):
            shutil.rmtree(made, ignore_errors=True)
        _lend(folder / "cache")

    def edit() -> None:
        page.write_text(f"{original}\n{time.time_ns()}\n", encoding="utf-8")

    return Seconds(
        *(_timed(folder, before, repetitions) for before in (forget, nothing, edit)),
    )


def _timed(folder: Path, before: Callable[[], None], repetitions: int) -> float:
    seconds = []
    for _ in range(repetitions):
        before()
        started = time.perf_counter()
        _build(folder)
        seconds.append(time.perf_counter() - started)
    return median(seconds)


def _build(folder: Path) -> None:
    command = [sys.executable, str(ROOT / "build.py"), "--content", str(folder / "content")]
    places = ["--output", str(folder / "site"), "--cache", str(folder / "cache")]
    subprocess.run([*command, *places], check=True, capture_output=True)


def _lend(cache: Path) -> None:
    cache.mkdir()
    for name in MADE_ONCE:
        if (CACHE / name).exists():
            shutil.copytree(CACHE / name, cache / name)
