"""Contrasts: rows L of hypotheses ``L beta = 0``."""

from __future__ import annotations

from ..arrays import Floats
from ..linalg import rank


def independent_rows(L: Floats, estimate: Floats) -> tuple[Floats, Floats]:
    """The first rows of L that span its rows, with their estimates."""
    kept: list[int] = []
    for i in range(len(L)):
        if rank(L[[*kept, i]]) > len(kept):
            kept.append(i)
    return L[kept], estimate[kept]
