"""Which files the site is made from, and what each of them says.

A file is known by a name that does not depend on where it lies: ``content/zh/index.md``.
Its stamp (times and size) tells whether it may have changed; its hash tells whether it has.
"""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.errors import error
from generator.project import shown

Stamp = tuple[int, int, int]
"""Modified, changed (both in ns), size."""

_SKIPPED = {"__pycache__", "node_modules", "thumbs.db", "ehthumbs.db", "desktop.ini"}
_LEFT_BEHIND = ("~", ".bak", ".orig", ".rej", ".swp", ".swo", ".tmp", ".part", ".crdownload")
"""Endings of what editors and downloads leave beside a file."""


def is_source(name: str) -> bool:
    """Whether a name is that of something written, not made or kept by a tool."""
    lower = name.lower()
    hidden = name.startswith((".", "#", "~$"))
    return not hidden and lower not in _SKIPPED and not lower.endswith(_LEFT_BEHIND)


def walk(
    folder: str,
    prefix: str,
    wanted: Callable[[str], bool] | None = None,
    within: str | None = None,
) -> Iterator[tuple[str, Stamp]]:
    """Every file below a folder with its stamp, if it and the folders above it are wanted.

    Raises
    ------
    MistakeError
        A symbolic link leads out of the folder ``within``.
    """
    try:
        entries = list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if wanted and not wanted(entry.name):
            continue
        if within and entry.is_symlink():
            _refuse_way_out(entry.path, within)
        if entry.is_dir():
            yield from walk(entry.path, f"{prefix}{entry.name}/", wanted, within)
            continue
        with suppress(FileNotFoundError):  # gone since, or a link to what is not there
            yield prefix + entry.name, stamp(entry.stat())


def _refuse_way_out(link: str, within: str) -> None:
    if os.path.commonpath((os.path.realpath(link), within)) != within:
        problem = "it is a symbolic link that leads out of the content"
        raise error(shown(Path(link)), None, problem, "put the file itself there")


def stamp(status: os.stat_result) -> Stamp:
    """The stamp of a file."""
    return (status.st_mtime_ns, status.st_ctime_ns, status.st_size)


def scan(roots: Mapping[str, Path]) -> dict[str, Stamp]:
    """The stamps of all files below the roots, by name; a root may be a single file.

    Raises
    ------
    MistakeError
        A symbolic link leads out of the content: what lies there is not the author's to publish.
    """
    stamps: dict[str, Stamp] = {}
    for name, path in roots.items():
        if path.is_file():
            stamps[name] = stamp(path.stat())
        else:
            within = os.path.realpath(path) if name == "content" else None
            stamps.update(walk(str(path), f"{name}/", is_source, within))
    return stamps


def file_of(name: str, roots: Mapping[str, Path]) -> Path:
    """The file that bears a name."""
    root, _, rest = name.partition("/")
    return roots[name] if name in roots else roots[root] / rest


def hash_of(file: Path) -> str:
    """The sha256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


@dataclass(frozen=True)
class Inputs:
    """Every file by name with its hash, sorted by name."""

    names: tuple[str, ...]
    hashes: tuple[str, ...]

    @staticmethod
    def of(hashes: Mapping[str, str]) -> Inputs:
        """The inputs with these hashes."""
        names = tuple(sorted(hashes))
        return Inputs(names, tuple(hashes[name] for name in names))

    def below(self, prefix: str) -> tuple[str, ...]:
        """The names that begin so."""
        return self.names[slice(*self._range(prefix))]

    def hash(self, name: str) -> str | None:
        """The hash of a file, if there is such a file."""
        place = bisect_left(self.names, name)
        found = place < len(self.names) and self.names[place] == name
        return self.hashes[place] if found else None

    def fingerprint(self, *prefixes: str) -> str:
        """A hash of all files whose names begin with one of these."""
        sha = hashlib.sha256()
        for prefix in prefixes:
            for place in range(*self._range(prefix)):
                sha.update(f"{self.names[place]}\0{self.hashes[place]}\n".encode())
        return sha.hexdigest()

    def _range(self, prefix: str) -> tuple[int, int]:
        start = bisect_left(self.names, prefix)
        return start, bisect_left(self.names, prefix + "\U0010ffff", lo=start)
