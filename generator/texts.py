"""Text files that people write: UTF-8, however their lines end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import refusal

if TYPE_CHECKING:
    from pathlib import Path


def read(file: Path, path: str, *, purpose: str) -> str:
    """The text in a file, which mistakes call ``path``."""
    try:
        content = file.read_bytes()
    except FileNotFoundError as error:
        raise refusal(path, None, "there is no such file", f"it holds {purpose}") from error
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refusal(path, line, "the file is not UTF-8", "save it as UTF-8") from error
    return text.replace("\r\n", "\n").removeprefix("\ufeff")
