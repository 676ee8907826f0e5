"""Where the project lies, and how its files are named to the author."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
"""The folder that holds the generator, its templates and the simulators."""


def shown(path: Path) -> str:
    """A path as the author is told it: from the project's folder, or from where she stands."""
    for base in (PROJECT, Path.cwd()):
        if path.is_relative_to(base):
            return path.relative_to(base).as_posix()
    return str(path)
