"""The parametric bootstrap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from ..arguments import check_share
from ..arrays import Floats
from ..results import Interval
from .refit import check_model, refit
from .result import LinearMixedModel


@dataclass(frozen=True)
class Bootstrap:
    """Refits to simulated responses.

    Attributes
    ----------
    fixef, sd : estimates by coefficient, and standard deviations by ``effect | group`` (the
        residual as ``Residual``), arrays of shape (n,)
    intervals : percentile intervals of all of them
    converged : how many refits converged
    """

    fixef: Mapping[str, Floats]
    sd: Mapping[str, Floats]
    intervals: Mapping[str, Interval]
    converged: int


def bootstrap(
    model: LinearMixedModel, rng: Generator, n: int = 1000, level: float = 0.95
) -> Bootstrap:
    """Parametric bootstrap: n refits to responses simulated from the fit, with percentiles.

    Parameters
    ----------
    model : fit of :func:`lmer` or :func:`lme`
    rng : numpy's random generator; equal states give equal results
    n : number of refits, at least 1
    level : of the percentile intervals, in (0, 1)

    Raises
    ------
    MethodError
        If an argument is not what it must be.
    """
    check_model("bootstrap", model)
    check_share("level", level)
    fits = [refit(model, y) for y in model.simulate(rng, n).T]
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
