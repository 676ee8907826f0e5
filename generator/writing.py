"""File -> site/: only what differs is written, and nothing is ever half written."""

from __future__ import annotations

import os
from pathlib import Path


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    temporary.write_bytes(content)
    temporary.replace(path)


def write_if_different(path: Path, content: bytes) -> bool:
    """Write a file unless it already reads so; whether it was written."""
    try:
        if path.stat().st_size == len(content) and path.read_bytes() == content:
            return False
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        clear_the_way(path)
    write_atomically(path, content)
    return True


def clear_the_way(path: Path) -> None:
    """Remove a file where a folder is needed, or an emptied folder where a file is."""
    for parent in path.parents:
        if parent.is_file():
            parent.unlink()
    if path.is_dir():
        remove_tree(path)


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
