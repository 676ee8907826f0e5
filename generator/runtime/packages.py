"""Packages for Pyodide: its lock file, and wheels of what ``widgets/`` has to offer to other pages.

A folder of ``widgets/`` with a ``pyproject.toml`` of its own is a package. The site carries it as a
wheel, and Pyodide's lock file with an entry for it, at an address that does not change.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.errors import SetupError
from generator.project import PROJECT
from generator.runtime.compiler import Deflate, run_jobs

WIDGETS = PROJECT / "widgets"
LOCK = PROJECT / "node_modules" / "pyodide" / "pyodide-lock.json"
BACKEND = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"


def cut_lock(given: Path, cut: Path, numpy: Path) -> None:
    """Write the lock file with numpy alone, at the checksum of the wheel that ships, gzipped."""
    from pyodide_lock import PyodideLockSpec  # noqa: PLC0415  slow to import, seldom needed

    lock = PyodideLockSpec.from_json(given)
    checksum = hashlib.sha256(gzip.decompress(numpy.read_bytes())).hexdigest()
    entry = lock.packages["numpy"]
    changed = {"sha256": checksum, "unvendored_tests": False}
    lock.packages = {"numpy": entry.model_copy(update=changed)}
    lock.to_json(cut)


def package_files(cache: Path, url: str = "", widgets: Path = WIDGETS) -> Mapping[str, Path]:
    """Wheels and lock file by name, made if they are not in the cache yet; empty without packages.

    The lock file is Pyodide's own with an entry for each wheel: at its address below ``url``, else
    beside the lock file.

    Raises
    ------
    SetupError
        If a package cannot be built; carries what its build said.
    """
    folders = sorted(path.parent for path in widgets.glob("*/pyproject.toml"))
    made = cache.resolve() / "packages" / _fingerprint(folders, url)
    if folders and not (made / LOCK.name).exists():
        _make(folders, url, made)
    return {path.name: path for path in sorted(made.glob("*"))} if folders else {}


def _make(folders: Iterable[Path], url: str, made: Path) -> None:
    made.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=made.parent) as scratch:
        built = Path(scratch)
        for folder in folders:
            _build_wheel(folder, built)
        wheels = sorted(built.glob("*.whl"))
        run_jobs([Deflate(wheel, wheel) for wheel in wheels])
        add_to_lock(wheels, built / LOCK.name, url)
        for path in (*wheels, built / LOCK.name):  # the lock file last: with it all is there
            path.replace(made / path.name)


def add_to_lock(wheels: list[Path], target: Path, url: str = "") -> None:
    """Write Pyodide's lock file with these wheels, as ``pyodide lockfile add-wheels`` does."""
    from pyodide_lock import PyodideLockSpec  # noqa: PLC0415  slow to import, seldom needed
    from pyodide_lock.utils import add_wheels_to_spec  # noqa: PLC0415

    lock = PyodideLockSpec.from_json(LOCK)
    add_wheels_to_spec(lock, wheels, base_url=url).to_json(target)


def _build_wheel(folder: Path, target: Path) -> None:
    """Write the package's wheel; its build backend dates every entry alike."""
    command = [sys.executable, "-c", BACKEND, str(target)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        msg = f"{folder.name}: the wheel could not be built:\n{done.stderr[-2000:]}"
        raise SetupError(msg)


def _fingerprint(folders: Iterable[Path], url: str) -> str:
    digest = hashlib.sha256(url.encode() + LOCK.read_bytes())
    for source in (Path(__file__), *(path for folder in folders for path in _sources(folder))):
        digest.update(os.fsencode(source.name) + source.read_bytes())
    return digest.hexdigest()[:16]


def _sources(folder: Path) -> list[Path]:
    """What goes into a wheel: all files but those that running the package leaves behind."""
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
