"""Compile archives of Python modules to the bytecode that the reader's Python runs."""

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
class Job:
    """An archive to compile, and which of its entries to keep."""

    source: Path
    keep: Callable[[str], bool]
    target: Path


def compile_archives(jobs: Iterable[Job]) -> None:
    """Write each job's target.

    Raises
    ------
    SetupError
        If Node fails; carries what it said.
    """
    with TemporaryDirectory() as folder:
        told = Path(folder) / "jobs.json"
        told.write_text(json.dumps([_written(job) for job in jobs]))
        command = [str(node()), str(SCRIPT), str(told)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        msg = f"Python modules could not be compiled inside Pyodide:\n{done.stderr[-2000:]}"
        raise SetupError(msg)


def _written(job: Job) -> dict[str, str | list[str]]:
    with zipfile.ZipFile(job.source) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
    return {
        "source": str(job.source),
        "keep": [name for name in names if job.keep(name)],
        "target": str(job.target),
    }
