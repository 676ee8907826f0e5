"""Simulation from a fitted model, and the parametric bootstrap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from widgets.lmm.columns import Floats
from widgets.lmm.model import MixedData
from widgets.lmm.results import Interval
from widgets.lmm.theta import term_factors

if TYPE_CHECKING:
    from widgets.lmm.mixed import LinearMixedModel


@dataclass(frozen=True)
class Bootstrap:
    """Refits to simulated responses.

    Attributes
    ----------
    fixef, sd : estimates by coefficient, and standard deviations by ``effect | group`` (the residual
        as ``Residual``), arrays of shape (n,)
    intervals : percentile intervals of all of them
    converged : how many refits converged
    """

    fixef: Mapping[str, Floats]
    sd: Mapping[str, Floats]
    intervals: Mapping[str, Interval]
    converged: int


def simulate(
    data: MixedData, mean: Floats, theta: Floats, sigma: float, rng: Generator, n: int
) -> Floats:
    """Responses of shape (nobs, n): mean + Z b + e with b = sigma Lambda u, all u and e normal."""
    y = np.repeat(mean[:, None], n, axis=1)
    for term, T in zip(data.terms, term_factors(data.terms, theta), strict=True):
        u = rng.standard_normal((n, len(term.levels.levels), term.k))
        b = sigma * (u @ T.T)
        y += np.einsum("na,fna->nf", term.Z, b[:, term.levels.codes])
    return y + sigma * rng.standard_normal(y.shape)


def bootstrap(model: LinearMixedModel, rng: Generator, n: int, level: float) -> Bootstrap:
    """Simulate, refit, and take percentiles."""
    fits = [model.refit(y) for y in model.simulate(rng, n).T]
    fixef = {name: np.array([fit.fixef[name] for fit in fits]) for name in model.fixef}
    labels = [
        (i, f"{v.term1} | {v.group}" if v.term1 else "Residual")
        for i, v in enumerate(model.varcorr)
        if v.term2 is None
    ]
    sd = {label: np.array([fit.varcorr[i].sdcor for fit in fits]) for i, label in labels}
    tail = (1 - level) / 2
    intervals = {
        name: Interval(*(float(q) for q in np.quantile(values, [tail, 1 - tail])))
        for name, values in {**fixef, **sd}.items()
    }
    return Bootstrap(fixef, sd, intervals, sum(fit.converged for fit in fits))
