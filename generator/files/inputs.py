"""Which files the site is made from, and what each of them says.

A file is known by a name that does not depend on where it lies: ``content/zh/index.md``.
Its stamp (times and size) tells whether it may have changed; its hash tells whether it has.
"""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from generator.errors import MistakeError, error
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
    within: str | None = None,
    trail: frozenset[str] = frozenset(),
) -> Iterator[tuple[str, Stamp]]:
    """Every source file below a folder with its stamp, in folders that links lead to as well.

    Raises
    ------
    MistakeError
        A symbolic link leads out of the folder ``within`` or around in a circle, something is
        neither file nor folder, or cannot be read.
    """
    for entry in _entries(folder):
        if not is_source(entry.name):
            continue
        further = trail
        if entry.is_symlink():
            further = trail | {_target(entry.path, folder, within, trail)}
        if entry.is_dir():
            yield from walk(entry.path, f"{prefix}{entry.name}/", within, further)
            continue
        with suppress(FileNotFoundError):  # gone since, or a link to what is not there
            status = entry.stat()
            if not S_ISREG(status.st_mode):
                problem = "it is neither a file nor a folder, but a pipe, a socket or a device"
                raise error(shown(Path(entry.path)), None, problem, "remove it")
            yield prefix + entry.name, stamp(status)


def walk_output(folder: str, prefix: str = "") -> Iterator[tuple[str, Stamp]]:
    """Every file below the output folder with its stamp; links are not followed."""
    for entry in _entries(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from walk_output(entry.path, f"{prefix}{entry.name}/")
        else:
            with suppress(FileNotFoundError):
                yield prefix + entry.name, stamp(entry.stat(follow_symlinks=False))


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        return list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as cause:
        raise _unreadable(Path(folder), cause) from cause


def _target(link: str, folder: str, within: str | None, trail: frozenset[str]) -> str:
    """The place that a symbolic link leads to, if it leads anywhere new."""
    target = os.path.realpath(link)
    if within and os.path.commonpath((target, within)) != within:
        problem = "it is a symbolic link that leads out of the content"
        raise error(shown(Path(link)), None, problem, "put the file itself there")
    here = os.path.realpath(folder)
    above = os.path.commonpath((target, here)) == target
    if above or target in trail or Path(target).is_symlink():
        problem = "it is a symbolic link that leads around in a circle"
        raise error(shown(Path(link)), None, problem, "put the files themselves there")
    return target


def _unreadable(path: Path, cause: OSError) -> MistakeError:
    problem = f"it cannot be read ({cause.strerror})"
    return error(shown(path), None, problem, "see to its permissions, or remove it")


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
            stamps.update(walk(str(path), f"{name}/", within))
    return stamps


def file_of(name: str, roots: Mapping[str, Path]) -> Path:
    """The file that bears a name."""
    root, _, rest = name.partition("/")
    return roots[name] if name in roots else roots[root] / rest


def hash_of(file: Path) -> str:
    """The sha256 of a file.

    Raises
    ------
    MistakeError
        The file cannot be read.
    """
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as cause:
        raise _unreadable(file, cause) from cause


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
