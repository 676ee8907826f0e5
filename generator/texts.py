"""Text files that people write: UTF-8, however their lines end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import error

if TYPE_CHECKING:
    from pathlib import Path


def read(file: Path, path: str, *, purpose: str) -> str:
    """The text in a file, which mistakes call ``path``."""
    try:
        content = file.read_bytes()
    except FileNotFoundError as cause:
        raise error(path, None, "there is no such file", f"it holds {purpose}") from cause
    try:
        text = content.decode()
    except UnicodeDecodeError as cause:
        line = content.count(b"\n", 0, cause.start) + 1
        raise error(path, line, "the file is not UTF-8", "save it as UTF-8") from cause
    return text.replace("\r\n", "\n").removeprefix("\ufeff")
