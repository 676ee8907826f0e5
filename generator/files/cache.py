"""What was laborious to make is kept, filed by everything that went into it.

What no build has asked for in a week is evicted.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

from generator.files.writing import remove_tree, write_atomically

WEEK = 7 * 24 * 60 * 60


def digest(*parts: str) -> str:
    """A name for these texts together; equal texts, equal names."""
    sha = hashlib.sha256()
    for part in parts:
        encoded = part.encode()
        sha.update(f"{len(encoded)}:".encode())
        sha.update(encoded)
    return sha.hexdigest()


def cached(folder: Path, key: str, make: Callable[[], bytes]) -> bytes:
    """What ``make`` makes, from the folder if it was made before under this key."""
    path = folder / key
    if path.is_file():
        os.utime(path)
        return path.read_bytes()
    content = make()
    write_atomically(path, content)
    return content


def evict(folder: Path) -> None:
    """Remove what has not been asked for in a week."""
    if not folder.is_dir():
        return
    oldest = time.time() - WEEK
    for entry in list(os.scandir(folder)):
        if entry.stat().st_mtime < oldest:
            path = Path(entry.path)
            remove_tree(path) if entry.is_dir() else path.unlink()
