"""What a build makes: every file with the key of what it is made from, made only when asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.files.cache import digest


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file to be: where, what its bytes depend on, and how to make them."""

    path: str
    key: str
    make: Callable[[], bytes]

    @staticmethod
    def of(path: str, content: str) -> OutputFile:
        """A file whose text is known already."""
        return OutputFile(path, digest(content), content.encode)
