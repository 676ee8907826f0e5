"""What was laborious to make is kept, filed by everything that went into it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from generator.writing import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def digest(*parts: str) -> str:
    """A name for these texts together; equal texts, equal names."""
    sha = hashlib.sha256()
    for part in parts:
        encoded = part.encode()
        sha.update(f"{len(encoded)}:".encode())
        sha.update(encoded)
    return sha.hexdigest()


def kept(folder: Path, key: str, make: Callable[[], bytes]) -> bytes:
    """What ``make`` makes, from the folder if it was made before under this key."""
    path = folder / key
    if path.is_file():
        return path.read_bytes()
    content = make()
    write_atomically(path, content)
    return content
