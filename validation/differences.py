"""How far the answers of two programs are apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from validation.cases import Case
from validation.fits import linear_fit, posterior, profile_intervals, serial_fit

Difference = Callable[[Case], float]

TINY = 1e-12
"""Numbers smaller than this are compared as if they were of this size."""

BRMS_NAMES = {"sigma": "sigma", "icc": "icc", "b_Intercept": "(Intercept)"}


def largest(actual: ArrayLike, expected: ArrayLike, floor: float = TINY) -> float:
    """The largest relative difference; values below ``floor`` count as that size."""
    a, b = np.asarray(actual, dtype=float), np.asarray(expected, dtype=float)
    return float(np.max(np.abs(a - b) / np.maximum(np.abs(b), floor)))


def by_name(mine: Mapping[str, float], theirs: Mapping[str, float], floor: float = TINY) -> float:
    """The largest relative difference of numbers with equal names."""
    return largest([mine[name] for name in theirs], list(theirs.values()), floor)


def apart(mine: ArrayLike, theirs: ArrayLike) -> float:
    """The largest difference of two covariance matrices, in units of standard errors."""
    expected = np.asarray(theirs, dtype=float)
    se = np.sqrt(np.diagonal(expected))
    return float(np.max(np.abs(np.asarray(mine) - expected) / np.outer(se, se)))


def effects(field: str) -> Difference:
    """Of random effects or their variances, relative to the largest of their term."""

    def difference(case: Case) -> float:
        mine, theirs = getattr(linear_fit(case), field), case["expected"][field]
        worst = 0.0
        for group, levels in theirs.items():
            for term in next(iter(levels.values())):
                b = np.array([levels[level][term] for level in levels])
                a = np.array([mine[group][level][term] for level in levels])
                worst = max(worst, float(np.abs(a - b).max() / max(np.abs(b).max(), TINY)))
        return worst

    return difference


def rows(table: Callable[[Case], Mapping[str, Any]], key: str, field: str) -> Difference:
    """Of one column of a table of tests."""

    def difference(case: Case) -> float:
        theirs = {name: row[field] for name, row in case["expected"][key].items()}
        return by_name({name: getattr(row, field) for name, row in table(case).items()}, theirs)

    return difference


def profile(case: Case) -> float:
    """Of the ends of profile intervals, relative to the estimate or a standard error."""
    fit = linear_fit(case)
    mine, size = profile_intervals(case), {**fit.fixef, "sigma": fit.sigma}
    return max(_apart_ends(mine[name], ends, size.get(name, 0.0)) for name, ends in _ends(case))


def _ends(case: Case) -> Iterable[tuple[str, tuple[float, float]]]:
    found: Mapping[str, tuple[float, float]] = case["expected"]["profile95"]
    return found.items()


def _apart_ends(mine: Any, ends: tuple[float, float], estimate: float) -> float:  # noqa: ANN401
    low, high = ends
    scale = max(abs(estimate), (high - low) / 4)
    return max(abs(float(mine.low) - low), abs(float(mine.high) - high)) / scale


def serial(field: str, key: str) -> Difference:
    """Of a model with AR(1) errors, relative; of its log-likelihood, absolute."""

    def difference(case: Case) -> float:
        fit = serial_fit(case)
        mine, theirs = float(getattr(fit, field)), float(case["expected"][key])
        return abs(mine - theirs) if field == "loglik" else abs(mine / theirs - 1)

    return difference


def quantity(name: str) -> str:
    """The engine's name for a quantity of brms."""
    return BRMS_NAMES.get(name, "sd" if name.startswith("sd_") else name.removeprefix("b_"))


def draws(case: Case, name: str) -> float:
    """Effective sample size; brms gives none for the icc, which is a function of the sd."""
    (sd,) = [key for key in case["expected"] if key.startswith("sd_")]
    return float(case["expected"][name]["ess"] or case["expected"][sd]["ess"])


def monte_carlo_errors(case: Case) -> dict[str, float]:
    """How far the means are from those of brms, by quantity, in its Monte Carlo standard errors."""
    fit, found = posterior(case["id"]), {}
    for name, expected in case["expected"].items():
        error = expected["sd"] / float(np.sqrt(draws(case, name)))
        found[quantity(name)] = abs(fit.mean[quantity(name)] - expected["mean"]) / error
    return found
