"""Conditional modes of the random effects with their variances, in the units of the data."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from ..arrays import Floats
from ..likelihood.model import MixedData
from ..likelihood.theta import term_factors
from ..mixed.effects import RandomEstimates
from .marginal import MarginalEvaluation
from .rows import Precision, diagonal_blocks


def random_estimates(data: MixedData, at: MarginalEvaluation) -> tuple[RandomEstimates, ...]:
    """Modes T u and covariances T (V'WV + I)⁻¹ T', in the order of ``data.factors``."""
    u, inner = at.mode.u, _inner_blocks(at.spread)
    found = []
    for number, (factor, slots, place) in enumerate(
        zip(data.factors, data.where.slots, data.places, strict=True)
    ):
        k = factor.k
        if number == 0:
            modes = u.inner[slots.component, slots.slot]
            H = inner[slots.component, slots.slot]
        else:
            rows = (slots.offset + slots.slot * k)[:, None] + np.arange(k)
            modes = u.outer[slots.component[:, None], rows]
            H = at.spread.H[slots.component[:, None, None], rows[:, :, None], rows[:, None, :]]
        T = factor.C_inverse @ place.T(at.x)
        found.append(RandomEstimates(modes @ T.T, T @ H @ T.T))
    return tuple(found)


def random_draws(data: MixedData, theta: Floats, rng: Generator, n: int) -> Floats:
    """Z b for n draws of b = Lambda u, u standard normal; shape (nobs, n)."""
    total = np.zeros((data.n, n))
    for term, T in zip(data.terms, term_factors(data.terms, theta), strict=True):
        u = rng.standard_normal((n, len(term.levels.levels), term.k))
        total += np.einsum("na,fna->nf", term.Z, (u @ T.T)[:, term.levels.codes])
    return total


def _inner_blocks(P: Precision) -> Floats:
    """The diagonal blocks of the inverse at the inner levels, (B, s, k, k)."""
    if not P.H.shape[-1]:
        return P.M
    return P.M + diagonal_blocks(P.U @ P.H, P.U, P.M.shape)
