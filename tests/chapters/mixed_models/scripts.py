"""The scripts that the chapter shows or quotes from: what they need, and what they print.

Each stands beside a file of its output, which the chapter shows too and nobody types: the scripts
run in ``content/data``, and ``python -m tests.chapters.mixed_models.scripts`` writes what they
print now.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from generator.catalog.scripts import columns
from widgets import cell

PROJECT = Path(__file__).resolve().parents[3]
FOLDER = PROJECT / "chapters" / "mixed_models" / "scripts"
DATA = PROJECT / "content" / "data"
CHAPTER = PROJECT / "content" / "en" / "mixed-models" / "analyse.md"

SETTING = 'rstan::rstan_options(boost_lib = "/usr/include"); source("{}", print.eval = TRUE)'
"""How to run a script that compiles: Debian keeps Boost's headers apart from R's packages."""

CELL = re.compile(r"^:::\{cell\} (\S+)\n:data: (\S+)$", re.MULTILINE)
CELLS = dict(CELL.findall(CHAPTER.read_text()))
"""The chapter's cells in their order, each with the file of data that it gets."""

LIBRARY = re.compile(r"^library\((\w+)\)", re.MULTILINE)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def scripts() -> list[Path]:
    """Every script that the chapter may show."""
    files = [file for kind in ("R", "py", "cell") for file in FOLDER.glob(f"*.{kind}")]
    return sorted(files)


def output(script: Path) -> Path:
    """The file of what a script prints."""
    return script.with_name(f"{script.name}.txt")


def lacking(script: Path) -> str:
    """What this machine lacks to run a script; empty if nothing."""
    if script.suffix != ".R":
        return ""
    if not shutil.which("Rscript"):
        return "there is no Rscript here"
    missing = [name for name in LIBRARY.findall(script.read_text()) if not _has(name)]
    return f"R lacks {', '.join(missing)}" if missing else ""


def printed(script: Path) -> str:
    """What a script prints, run where the data are."""
    if script.suffix == ".cell":
        return _run(script)
    done = subprocess.run(
        _command(script),
        cwd=DATA,
        env=os.environ | {"LC_ALL": "C.UTF-8", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        message = f"{script.name} failed:\n{done.stderr}"
        raise RuntimeError(message)
    return _tidied(done.stdout)


def _run(script: Path) -> str:
    data = json.loads(columns(DATA / CELLS[script.name]))
    outcome = cell.run(script.read_text(), data)
    if outcome.error:
        raise RuntimeError(outcome.error)
    return _tidied(outcome.printed)


def _tidied(text: str) -> str:
    lines = [line.rstrip() for line in text.splitlines()]
    return "\n".join(lines).strip("\n") + "\n"


def _command(script: Path) -> list[str]:
    if script.suffix != ".R":
        return [sys.executable, str(script)]
    if "brms" in LIBRARY.findall(script.read_text()):
        return ["Rscript", "--vanilla", "-e", SETTING.format(script)]
    return ["Rscript", "--vanilla", str(script)]


def words(text: str) -> list[str]:
    """All that is printed but its numbers and its spaces."""
    return NUMBER.sub(" # ", text).split()


def numbers(text: str) -> list[float]:
    """The numbers that are printed."""
    return [float(number) for number in NUMBER.findall(text)]


@lru_cache
def _has(package: str) -> bool:
    asked = f'quit(status = !requireNamespace("{package}", quietly = TRUE))'
    done = subprocess.run(["Rscript", "-e", asked], capture_output=True, check=False)
    return done.returncode == 0


if __name__ == "__main__":
    for one in scripts():
        if not lacking(one):
            output(one).write_text(printed(one))
