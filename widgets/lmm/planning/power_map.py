"""The power of many plans at once: every number of units with every number of sub-units."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..arrays import Floats
from ..distributions import normal
from ..distributions import t as student
from .assumptions import ROUNDING, Assumptions
from .rejection import log_chi2_rule, mixed_power

NODES = 64
TAILS = (14.0, 6.0)
"""Points of the rule over the error variance, and where it ends: errors below 1e-5."""

TINY = 1e-9
"""So near to 0 and 1 power counts as this far from them."""

RARE = 1e-4
"""A bound on how often the mean square between units is the smaller one; less is not integrated."""

EVERY = 10
FURTHER, SIZES = 5, 8
"""For all numbers of units up to this one, and for so many numbers beyond and of sub-units, the
variance that cannot be negative is integrated; between them its effect is interpolated."""

COARSE = (48, 24)
"""Points of the rules of these integrals, whose errors are below 3e-4."""


def power_map(given: Assumptions, units: ArrayLike, sizes: ArrayLike) -> Floats:
    """The power of the mixed model for every number of units and of sub-units.

    Parameters
    ----------
    given : all else of the plan; a normal outcome
    units : of shape (A,), whole numbers in all that are recruited
    sizes : of shape (B,), sub-units of a unit; even in a design within units

    Returns
    -------
    array of shape (A, B)
        As :func:`plan` gives it, within 0.01 and mostly 0.002; NaN where nothing can be estimated.

    Notes
    -----
    Sizes that differ are known by their CV alone, as in :func:`plan`.
    """
    units, sizes = np.asarray(units, dtype=float), np.asarray(sizes, dtype=float)
    stay, kept = left(given, units), sizes * (1 - given.lost_subunits)
    power = t_powers(*noncentralities(given, stay[:, None], kept), given.alpha)
    if given.design == "between" and given.cv == 0 and given.sd_between + given.sd_within > 0:
        power = 1 / (1 + np.exp(-_logit(power) - _correction(given, stay, kept)))
    return power


def noncentralities(given: Assumptions, units: Floats, sizes: Floats) -> tuple[Floats, Floats]:
    """Noncentrality and degrees of freedom of plans whose ``units`` and ``sizes`` stay.

    Both are arrays of one shape; infinite noncentralities are those of plans without variance.
    """
    units, sizes = np.broadcast_arrays(units, np.maximum(sizes, ROUNDING))
    between, within = given.sd_between**2, given.sd_within**2
    first = np.maximum(np.floor(units / 2), 1)
    if given.design == "between":
        df = units - 2
        variance = (between + within / sizes) * (1 / first + 1 / np.maximum(units - first, 1))
        variance = variance / _information_left(given, sizes)
    elif given.design == "within":
        df = units - 1
        control = np.maximum(np.floor(sizes / 2), 1)
        parts = 1 / control + 1 / np.maximum(sizes - control, 1)
        variance = within * parts / np.maximum(units, 1)
    else:
        df = first - 1
        variance = 2 * (between + within / sizes) / first
    if given.effect == 0:
        return np.zeros_like(variance), df
    varies = variance > 0
    delta = given.effect / np.sqrt(np.where(varies, variance, 1.0))
    return np.where(varies, delta, np.inf), df


def t_powers(delta: Floats, df: Floats, alpha: float) -> Floats:
    """P(|T| > t_{df, 1 − α/2}) for arrays of one shape; NaN where ``df`` is below 1."""
    shape = delta.shape
    every = df.ravel()
    known, place = np.unique(every[every >= 1], return_inverse=True)
    result = np.full(every.size, np.nan)
    if known.size:
        rules = [log_chi2_rule(one, NODES, *TAILS) for one in known]
        root = np.sqrt(np.array([value for value, _ in rules]) / known[:, None])
        bound = np.array(_critical(alpha, tuple(known)))[:, None] * root
        weight = np.array([probability for _, probability in rules])[place]
        away = np.abs(delta.ravel()[every >= 1])[:, None]
        rejected = normal.sf_tabulated(bound[place] - away) + normal.sf_tabulated(
            bound[place] + away
        )
        result[every >= 1] = (weight * rejected).sum(axis=1)
    return np.minimum(result, 1.0).reshape(shape)


def left(given: Assumptions, units: Floats) -> Floats:
    """Units that stay."""
    return np.asarray(np.floor(units * (1 - given.lost_units) + ROUNDING))


def _information_left(given: Assumptions, sizes: Floats) -> Floats | float:
    """Share of the information that stays where sizes vary: van Breukelen et al. (2007, eq. 8)."""
    icc = given.icc
    if given.cv == 0 or not icc > 0:
        return 1.0
    reliable = sizes / (sizes + (1 - icc) / icc)
    return np.asarray(1 - given.cv**2 * reliable * (1 - reliable))


def _correction(given: Assumptions, units: Floats, sizes: Floats) -> Floats:
    """What a variance that cannot be negative adds to the logit of the t test's power.

    By integrals at some plans and linear interpolation, in the units and the logs of the sizes.
    """
    tested = np.unique(units[units > 2])  # noqa: PLR2004  fewer have no degrees of freedom
    if not tested.size:
        return np.zeros((units.size, sizes.size))
    beyond = tested[tested >= EVERY]
    some = np.unique(
        np.concatenate([tested[tested < EVERY], beyond[_spread(beyond.size, FURTHER)]])
    )
    few = np.unique(sizes[_spread(sizes.size, SIZES)])
    delta, df = noncentralities(given, some[:, None], few)
    known = t_powers(delta, df, given.alpha)
    at = np.array(
        [
            [
                _added(given, size, (float(delta[i, k]), int(df[i, k]), float(known[i, k])))
                for k, size in enumerate(few)
            ]
            for i in range(some.size)
        ]
    )
    rows = np.array([np.interp(np.log(sizes), np.log(few), row) for row in at])
    return np.array([np.interp(units, some, column) for column in rows.T]).T


def _spread(count: int, most: int) -> NDArray[np.intp]:
    """Places of at most ``most`` of so many, denser at the beginning, both ends among them."""
    share = np.linspace(0, 1, min(most, count))
    return np.asarray(np.unique(np.rint((count - 1) * share**1.6).astype(np.intp)))


def _logit(power: Floats) -> Floats:
    """The log odds of power, kept finite."""
    inside = np.clip(power, TINY, 1 - TINY)
    return np.asarray(np.log(inside / (1 - inside)))


def _added(given: Assumptions, size: float, tested: tuple[float, int, float]) -> float:
    """Of one plan; ``tested`` are noncentrality, degrees of freedom and power of its t test."""
    delta, df, known = tested
    ratio = given.sd_within**2 / (given.sd_within**2 + size * given.sd_between**2)
    rows = (df + 2) * (size - 1)
    if rows <= 0 or ratio ** (df / 2) < RARE:
        return 0.0
    mixed = mixed_power(delta, df, rows, ratio, given.alpha, COARSE)
    return float(_logit(np.array(mixed)) - _logit(np.array(known)))


@lru_cache(maxsize=64)
def _critical(alpha: float, df: tuple[float, ...]) -> tuple[float, ...]:
    found: tuple[float, ...] = tuple(np.atleast_1d(student.isf(alpha / 2, np.array(df))).tolist())
    return found
