"""Estimates from an optimum: fixed effects, random effects with their variances, fitted values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..likelihood.criterion import Evaluation
from ..likelihood.model import MixedData, centre
from ..likelihood.pls import left
from ..likelihood.theta import term_factors
from ..linalg import eigen
from ..results import VarianceComponent

Levels = Mapping[str, Mapping[str, Mapping[str, float]]]
"""Group → level → effect."""


@dataclass(frozen=True)
class RandomEstimates:
    """Random effects of one grouping factor.

    Attributes
    ----------
    b : shape (J, k), conditional modes (Bates et al. 2015, eq. (11) and (57))
    cov : shape (J, k, k), their covariance given y, the parameters taken as known (eq. (58))
    """

    b: Floats
    cov: Floats


def fixed_estimates(data: MixedData, at: Evaluation) -> Floats:
    """Coefficients of X, shape (p,), from those of the orthonormal Q."""
    return data.fixed.coefficients(at.beta + centre(data))


def random_estimates(data: MixedData, at: Evaluation, sigma: float) -> tuple[RandomEstimates, ...]:
    """Per grouping factor, in the order of ``data.factors``."""
    reduced = at.reduced
    contrast = np.append(-at.beta, 1.0)  # y - X beta as a combination of [X y]
    b1, br = reduced.B1 @ contrast, reduced.Br @ contrast
    found = []
    for number, (factor, slots, T) in enumerate(
        zip(data.factors, data.where.slots, at.T, strict=True)
    ):
        k = factor.k
        if number == 0:
            b = b1[slots.component, slots.slot]
            H = reduced.M
            if data.where.r:
                H = H + _filled(reduced.G, reduced.H)
            H = H[slots.component, slots.slot]
        else:
            rows = (slots.offset + slots.slot * k)[:, None] + np.arange(k)
            b = br[slots.component[:, None], rows]
            H = reduced.H[slots.component[:, None, None], rows[:, :, None], rows[:, None, :]]
        cov = sigma**2 * left(T, left(T, H).swapaxes(-1, -2))
        back = factor.C_inverse
        found.append(RandomEstimates(b @ back.T, back @ cov @ back.T))
    return tuple(found)


def _filled(G: Floats, H: Floats) -> Floats:
    """G H G' for each inner level."""
    B, s, k, r = G.shape
    result: Floats = np.einsum("bsir,bsjr->bsij", (G.reshape(B, s * k, r) @ H).reshape(G.shape), G)
    return result


def as_mapping(data: MixedData, values: tuple[Floats, ...]) -> Levels:
    """Arrays (J, k) per grouping factor as group → level → effect, in the order of the formula."""
    result: dict[str, dict[str, dict[str, float]]] = {}
    for factor, array in zip(data.factors, values, strict=True):
        names = [name for i in factor.terms for name in data.terms[i].names]
        result[factor.name] = {
            level: dict(zip(names, row, strict=True))
            for level, row in zip(factor.levels.levels, array.tolist(), strict=True)
        }
    return result


def random_part(data: MixedData, found: tuple[RandomEstimates, ...]) -> Floats:
    """Z b, shape (n,)."""
    total = np.zeros(data.n)
    for factor, one in zip(data.factors, found, strict=True):
        effects = one.b @ factor.C.T
        total += np.einsum("nk,nk->n", factor.Z, effects[factor.levels.codes])
    return total


def variance_components(
    data: MixedData, theta: Floats, sigma: float
) -> tuple[VarianceComponent, ...]:
    """Variances and covariances of the random effects in lme4's order; the residual last."""
    records = []
    for term, T in zip(data.terms, term_factors(data.terms, theta), strict=True):
        S = sigma**2 * (T @ T.T)
        sd = np.sqrt(np.diagonal(S))
        records += [
            VarianceComponent(term.group, name, None, float(S[a, a]), float(sd[a]))
            for a, name in enumerate(term.names)
        ]
        for a in range(term.k):
            for b in range(a + 1, term.k):
                scale = sd[a] * sd[b]
                correlation = float(S[a, b] / scale) if scale > 0 else float("nan")
                names = term.names[a], term.names[b]
                records.append(VarianceComponent(term.group, *names, float(S[a, b]), correlation))
    records.append(VarianceComponent("Residual", None, None, sigma**2, sigma))
    return tuple(records)


def singular_components(data: MixedData, theta: Floats) -> list[str]:
    """What is on the boundary, in words: variances of zero, correlations of one."""
    found = []
    for term, T in zip(data.terms, term_factors(data.terms, theta), strict=True):
        S = T @ T.T
        zero = [a for a in range(term.k) if S[a, a] == 0]
        found += [
            f"the variance of {term.names[a]} between levels of {term.group} is zero" for a in zero
        ]
        rest = [a for a in range(term.k) if a not in zero]
        sd = np.sqrt(np.diagonal(S))[rest]
        values, _ = eigen(S[np.ix_(rest, rest)] / np.outer(sd, sd))
        if len(values) and values.min() < 1e-12 * len(values):
            names = ", ".join(term.names[a] for a in rest)
            found.append(f"the effects {names} of {term.group} are perfectly correlated")
    return found
