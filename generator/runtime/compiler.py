"""Jobs for Pyodide in Node: archives of modules to bytecode, wheels to compressed wheels.

Both are done there and not here, so that the bytes depend neither on this machine's Python nor on
its zlib.
"""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.errors import SetupError
from generator.runtime.node import node

SCRIPT = Path(__file__).with_name("compile.mjs")


@dataclass(frozen=True, slots=True)
class Compile:
    """An archive to compile, and which of its entries to keep."""

    source: Path
    keep: Callable[[str], bool]
    target: Path

    def described(self) -> dict[str, str | list[str]]:
        """The job as JSON for the script."""
        with zipfile.ZipFile(self.source) as archive:
            names = [name for name in archive.namelist() if not name.endswith("/")]
        return {
            "source": str(self.source),
            "keep": [name for name in names if self.keep(name)],
            "target": str(self.target),
        }


@dataclass(frozen=True, slots=True)
class Deflate:
    """A wheel to compress."""

    source: Path
    target: Path

    def described(self) -> dict[str, str | list[str]]:
        """The job as JSON for the script."""
        return {"source": str(self.source), "target": str(self.target)}


def run_jobs(jobs: Iterable[Compile | Deflate]) -> None:
    """Write each job's target.

    Raises
    ------
    SetupError
        If Node fails; carries what it said.
    """
    with TemporaryDirectory() as folder:
        told = Path(folder) / "jobs.json"
        told.write_text(json.dumps([job.described() for job in jobs]))
        command = [str(node()), str(SCRIPT), str(told)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        msg = f"Python modules could not be compiled inside Pyodide:\n{done.stderr[-2000:]}"
        raise SetupError(msg)
