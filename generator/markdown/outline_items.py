"""What the two languages of a page are compared by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OutlineItem:
    """A part of a page that both languages must have: what it is, which one, and where."""

    kind: str
    name: str
    line: int

    inline: bool = False
    """Whether it stands in running text, where the order may differ between languages."""

    def __str__(self) -> str:
        """How it is named to the author."""
        return f"{self.kind} {self.name}".rstrip()
