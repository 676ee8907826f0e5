"""The standard deviations and correlations that a profile goes along, with lme4's names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..data.random_effects import RandomEffects
from ..likelihood.theta import lower_triangle


@dataclass(frozen=True)
class Spread:
    """A standard deviation of a random effect, or the correlation of two.

    Attributes
    ----------
    term : number of the random term
    name : ``sd_x|g`` or ``cor_x.w|g``
    value : in units of the factor T of the term; of a correlation between -1 and 1
    order : the effects of the term with the one or two in question first
    is_correlation : which of the two it is
    """

    term: int
    name: str
    value: float
    order: tuple[int, ...]
    is_correlation: bool


def spreads(terms: Sequence[RandomEffects], factors: Sequence[Floats]) -> Iterator[Spread]:
    """All of them in the order of theta, from the factors T of the terms, shape (k, k) each."""
    for i, (term, T) in enumerate(zip(terms, factors, strict=True)):
        S = T @ T.T
        sd = np.sqrt(np.diagonal(S))
        for row, col in zip(*(v.tolist() for v in lower_triangle(term.k)), strict=True):
            rest = [a for a in range(term.k) if a not in {row, col}]
            if row == col:
                name = f"sd_{term.names[row]}|{term.group}"
                yield Spread(i, name, float(sd[row]), (row, *rest), is_correlation=False)
            else:
                name = f"cor_{term.names[row]}.{term.names[col]}|{term.group}"
                scale = float(sd[row] * sd[col])
                value = min(max(float(S[row, col]) / scale, -1.0), 1.0) if scale > 0 else 0.0
                yield Spread(i, name, value, (col, row, *rest), is_correlation=True)
