"""What a build tells the person who started it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Report:
    """Which files were written and which removed."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The report in one line."""
        if not self.written and not self.removed:
            return "nothing to do"
        removed = f", removed {len(self.removed)}" if self.removed else ""
        return f"wrote {len(self.written)} files{removed}"
