"""A second course: three languages, two chapters and a simulator that is no statistics.

It lies in ``lotka/`` as its author would have it, but for the words of the interface, which are
those that a new site begins with.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from generator.project import PROJECT
from generator.scaffold import scaffold

LOTKA = Path(__file__).parent / "lotka"
LANGUAGES = {"en": "en", "zh": "zh-Hant-TW", "ja": "ja"}
"""Tags by folder, in the order of its site.toml."""


def copied(folder: Path) -> Path:
    """The course in another folder, complete."""
    shutil.copytree(LOTKA, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for language in LANGUAGES:
        words = scaffold.HERE / scaffold.WORDS / language / "interface.toml.txt"
        shutil.copyfile(words, folder / "content" / language / "interface.toml")
    return folder


def run(course: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """What comes of a command in a process of its own, since simulators are found by process."""
    places = ["--content", str(course / "content"), "--output", str(course / "site")]
    return subprocess.run(
        [sys.executable, str(PROJECT / "build.py"), *places, *command],
        capture_output=True,
        text=True,
        check=False,
    )


def made(folder: Path) -> None:
    """Build and check it; an assertion fails with what was said."""
    done = run(copied(folder), "check")
    assert done.returncode == 0, done.stdout + done.stderr
