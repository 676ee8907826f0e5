"""The grouping factors of a model: all terms of one together, in working units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..linalg import block_diagonal, independent_columns, triangular_inverse
from .factors import Factor
from .random_effects import RandomEffects


@dataclass(frozen=True)
class GroupingFactor:
    """All terms that share a grouping factor.

    Attributes
    ----------
    name : str
    levels : Factor
    Z : array of shape (n, k), columns of its terms side by side, in working units
    C : array of shape (k, k), the columns of the terms are ``Z C``
    C_inverse : array of shape (k, k)
    terms : positions of its terms among those of the model
    """

    name: str
    levels: Factor
    Z: Floats
    C: Floats
    C_inverse: Floats
    terms: tuple[int, ...]

    @property
    def k(self) -> int:
        """Number of effects per level, over all its terms."""
        return self.Z.shape[1]

    @property
    def J(self) -> int:
        """Number of levels."""
        return len(self.levels.levels)


def grouping_factors(
    terms: Sequence[RandomEffects], *, rotated: bool = True
) -> tuple[GroupingFactor, ...]:
    """The distinct grouping factors, those with most levels first, in working units.

    Columns get unit mean square and, if ``rotated``, the correlated ones of a term are made
    orthogonal: the model stays the same, but theta no longer depends on where x has its zero.
    """
    by_name: dict[str, list[int]] = {}
    for position, term in enumerate(terms):
        by_name.setdefault(term.group, []).append(position)
    factors = []
    for name, members in by_name.items():
        parts = [_working_units(terms[i].Z, rotated=rotated) for i in members]
        Z = parts[0][0] if len(parts) == 1 else np.hstack([part for part, _ in parts])
        C = block_diagonal([block for _, block in parts])
        inverse = block_diagonal([triangular_inverse(block) for _, block in parts])
        factors.append(
            GroupingFactor(name, terms[members[0]].levels, Z, C, inverse, tuple(members))
        )
    return tuple(sorted(factors, key=lambda f: -f.J))


def _working_units(Z: Floats, *, rotated: bool) -> tuple[Floats, Floats]:
    """Columns W and an upper triangular C with Z = W C."""
    n, k = Z.shape
    if rotated and k > 1:
        kept, Q, R = independent_columns(Z)
        if len(kept) == k:
            root = np.sqrt(n)
            return Q * root, R / root
    scale = np.sqrt(np.mean(Z * Z, axis=0))
    scale = np.where(scale > 0, scale, 1.0)
    return Z / scale, np.diag(scale)
