"""Ids that a page gives twice, and pictures that say nothing to those who cannot see them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.errors import Mistake

if TYPE_CHECKING:
    from generator.checking.document import Document


def duplicate_ids(page: Document, shown: str) -> Iterator[Mistake]:
    """Every id that stands a second time."""
    seen: dict[str, int] = {}
    for found in page.ids:
        if found.text in seen:
            problem = f"the id {found.text!r} already stands in line {seen[found.text]}"
            yield Mistake(f"{shown}/{page.path}", found.line, problem, "give every id once")
        seen.setdefault(found.text, found.line)


def missing_alternatives(page: Document, shown: str) -> Iterator[Mistake]:
    """Every picture without a text alternative."""
    for found in page.unlabelled:
        problem = f"<{found.text}> has no text alternative"
        hint = "give it alt or aria-label, or aria-hidden if it only adorns"
        yield Mistake(f"{shown}/{page.path}", found.line, problem, hint)
