"""File -> site/: only what differs is written, and nothing is ever half written."""

from __future__ import annotations

import errno
import hashlib
import os
from contextlib import suppress
from pathlib import Path

from generator.errors import SetupError
from generator.project import shown

MARK, MARKED = ".nojekyll", b"Written by a build, which removes what it did not make.\n"
"""A file by which an output folder is known; written first, so that a killed build can go on."""

FINISHED = {MARK, "404.html"}
"""Files by which a site of an earlier version is known."""

HINTS = {
    errno.ENOSPC: "make room on the disk",
    errno.EDQUOT: "make room on the disk",
    errno.ENAMETOOLONG: "give what it is made from a shorter name",
}


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part.

    Raises
    ------
    SetupError
        The file cannot be written; nothing is left of it.
    """
    name = hashlib.sha256(path.name.encode()).hexdigest()[:16]
    temporary = path.with_name(f".{name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            temporary.write_bytes(content)
            temporary.replace(path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
    except OSError as cause:
        if isinstance(cause, NotADirectoryError | IsADirectoryError):
            raise
        hint = HINTS.get(cause.errno or 0, "see to its permissions, or name another folder")
        message = f"{shown(path)}: it cannot be written ({cause.strerror}); {hint}"
        raise SetupError(message) from cause


def write_if_different(output: Path, name: str, content: bytes) -> bool:
    """Write a file of the output unless it already reads so; whether it was written."""
    path = output / name
    try:
        if path.stat().st_size == len(content) and path.read_bytes() == content:
            return False
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        _clear_the_way(output, path)
    write_atomically(path, content)
    return True


def _clear_the_way(output: Path, path: Path) -> None:
    """Remove a file of the output where a folder is needed, or a folder where a file is."""
    for parent in path.relative_to(output).parents:
        if (output / parent).is_file():
            (output / parent).unlink()
    if path.is_dir():
        remove_tree(path)


def refuse_foreign(output: Path) -> None:
    """Refuse to build into a folder of other things, since a build removes what it did not make.

    Raises
    ------
    SetupError
        The folder is neither empty nor marked.
    """
    if not output.exists():
        return
    names = {entry.name for entry in output.iterdir()} if output.is_dir() else {output.name}
    if names and not names >= FINISHED and not _is_marked(output):
        message = f"{shown(output)}: it holds what no build has made; name a new or an empty folder"
        raise SetupError(message)


def _is_marked(output: Path) -> bool:
    try:
        return (output / MARK).read_bytes() == MARKED
    except OSError:
        return False


def mark(output: Path) -> None:
    """Mark a folder as one of a build's, unless it is."""
    if not _is_marked(output):
        write_atomically(output / MARK, MARKED)


def remove_tree(folder: Path) -> None:
    """Remove a folder with all that is in it."""
    for entry in list(os.scandir(folder)):
        if entry.is_dir(follow_symlinks=False):
            remove_tree(Path(entry.path))
        else:
            Path(entry.path).unlink()
    folder.rmdir()


def prune(output: Path, wanted: set[str]) -> list[str]:
    """Remove every file that no source makes; the paths of those removed."""
    removed: list[str] = []
    if output.is_dir():
        _prune(output, "", wanted, removed)
    return removed


def _prune(folder: Path, prefix: str, wanted: set[str], removed: list[str]) -> bool:
    """Prune a folder; whether anything is left in it."""
    left = False
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        name = prefix + entry.name
        if entry.is_dir(follow_symlinks=False):
            if _prune(Path(entry.path), f"{name}/", wanted, removed):
                left = True
            else:
                Path(entry.path).rmdir()
        elif name in wanted:
            left = True
        else:
            Path(entry.path).unlink()
            removed.append(name)
    return left
