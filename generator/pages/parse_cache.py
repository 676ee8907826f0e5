"""Pages that were read before, kept until their text or the parser changes."""

from __future__ import annotations

import os
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.files.writing import write_atomically

if TYPE_CHECKING:
    from generator.pages.outline import Outline
    from generator.pages.pages import Page

OUTLINES = "outlines"


@dataclass(frozen=True, slots=True)
class ParseCache:
    """A folder of pages by key, and one file with the outlines of all."""

    folder: Path

    def outlines(self) -> Mapping[str, Outline]:
        """All outlines kept, by key."""
        found: Mapping[str, Outline] | None = self._taken(OUTLINES)
        return found or {}

    def keep_outlines(self, outlines: Mapping[str, Outline]) -> None:
        """Keep these outlines, and only these pages."""
        write_atomically(self.folder / OUTLINES, pickle.dumps(outlines, protocol=5))
        for entry in os.scandir(self.folder):
            if entry.name not in outlines and entry.name != OUTLINES:
                Path(entry.path).unlink()

    def page(self, key: str) -> Page | None:
        """A page kept."""
        found: Page | None = self._taken(key)
        return found

    def keep(self, key: str, page: Page) -> None:
        """Keep a page."""
        write_atomically(self.folder / key, pickle.dumps(page, protocol=5))

    def _taken(self, name: str) -> Any:  # noqa: ANN401  what was put there, or None
        try:
            return pickle.loads((self.folder / name).read_bytes())  # noqa: S301  our own cache
        except (OSError, pickle.UnpicklingError, AttributeError, EOFError, ImportError):
            return None
