"""Other interpreters of this machine, and environments for them, made from lock files."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

MANAGED = (".pyenv/versions/{}*/bin/python", ".local/share/uv/python/cpython-{}*/bin/python3")
"""Where version managers keep interpreters, below the home folder."""


def interpreter(version: str) -> Path | None:
    """The first interpreter of a version such as ``3.12`` that runs; None without any."""
    return next((path for path in _candidates(version) if _runs(path, version)), None)


def environment(python: Path, lock: Path, place: Path) -> Path:
    """The Python of a virtual environment with what a lock file names, made if it is not there yet.

    Raises
    ------
    subprocess.CalledProcessError
        If the environment cannot be made.
    """
    stamp, made = place / ".stamp", place / "bin" / "python"
    fingerprint = hashlib.sha256(str(python).encode() + lock.read_bytes()).hexdigest()
    if not (stamp.exists() and stamp.read_text() == fingerprint):
        make = [str(python), "-m", "venv", "--clear", "--without-pip", str(place)]
        subprocess.run(make, check=True)
        pip = [sys.executable, "-m", "pip", "--python", str(made), "--disable-pip-version-check"]
        install = [*pip, "install", "--quiet", "--no-compile", "--require-hashes"]
        install += ["--only-binary", ":all:", "-r", str(lock)]
        subprocess.run(install, capture_output=True, check=True)
        stamp.write_text(fingerprint)
    return made


def _candidates(version: str) -> Iterator[Path]:
    if found := shutil.which(f"python{version}"):
        yield Path(found)
    for pattern in MANAGED:
        yield from sorted(Path.home().glob(pattern.format(version)), reverse=True)


def _runs(python: Path, version: str) -> bool:
    """Whether it starts and is what it is called; a version manager's stand-in may do neither."""
    asked = [str(python), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    told = subprocess.run(asked, capture_output=True, text=True, check=False)
    return told.returncode == 0 and told.stdout.strip() == version
