"""How to spend on units and on sub-units: :func:`optimal_allocation`, :func:`best_plan`."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from ..arrays import Floats
from ..errors import DesignError
from .assumptions import ROUNDING, Assumptions, assumptions, is_number
from .plan import power_of_means
from .power_map import left, noncentralities, t_powers

EVERY, SOME = 300, 100
"""A search for the best plan looks at every number of units up to this, and at so many beyond."""


@dataclass(frozen=True)
class Allocation:
    """The best number of sub-units in a unit, and the best plan for a budget.

    Attributes
    ----------
    m_optimal : by Cochran's square root, a real number; infinite if units do not differ
    m : sub-units of a unit in whole numbers: of the plan, or the better neighbour of ``m_optimal``
    n_units, cost, power : of the best plan within the budget; ``None`` without one
    """

    m_optimal: float
    m: int | None
    n_units: int | None = None
    cost: float | None = None
    power: float | None = None


def optimal_allocation(
    cost_unit: float,
    cost_subunit: float,
    icc: float,
    budget: float | None = None,
    *,
    effect: float | None = None,
    sd_total: float = 1.0,
    alpha: float = 0.05,
) -> Allocation:
    """The number of sub-units that buys most precision; with a budget, the plan with most power.

    Parameters
    ----------
    cost_unit, cost_subunit : of a unit and of a sub-unit, above 0, in any one currency
    icc : intraclass correlation, from 0 to 1
    budget : for a plan with whole units treated; needs the ``effect``
    effect, sd_total, alpha : as in :func:`plan`

    Raises
    ------
    DesignError
        Naming the argument, the rule and the value; or if the budget buys fewer than three units.

    Notes
    -----
    m = √(c_unit / c_sub · (1 − ICC) / ICC): Cochran (1977), Sampling Techniques, ch. 10. Under a
    budget, t with J − 2 degrees of freedom over all whole (J, m) with J (c_unit + m c_sub) at most
    the budget; of plans with equal power the cheaper.
    """
    for name, value in (("cost_unit", cost_unit), ("cost_subunit", cost_subunit)):
        _check_positive(name, value)
    if not is_number(icc) or not 0 <= icc <= 1:
        msg = f"icc must lie between 0 and 1, not {icc!r}"
        raise DesignError(msg)
    ratio = cost_unit / cost_subunit
    real = math.sqrt(ratio * (1 - icc) / icc) if icc else math.inf
    if budget is None:
        return Allocation(real, _better_neighbour(real, ratio, icc))
    _check_positive("budget", budget)
    if effect is None or effect == 0:
        msg = "budget needs the effect that is to be found, and it must not be 0"
        raise DesignError(msg)
    return _spent(cost_unit, cost_subunit, icc, budget, effect, sd_total, alpha, real)


def _check_positive(name: str, value: float) -> None:
    if not is_number(value) or value <= 0:
        msg = f"{name} must be above 0, not {value!r}"
        raise DesignError(msg)


def _better_neighbour(real: float, ratio: float, icc: float) -> int | None:
    """The whole number beside the optimum with the smaller variance for the same money."""
    if math.isinf(real):
        return None
    near = {max(1, math.floor(real)), max(1, math.ceil(real))}
    return min(sorted(near), key=lambda m: (icc + (1 - icc) / m) * (ratio + m))


def _spent(
    cost_unit: float,
    cost_subunit: float,
    icc: float,
    budget: float,
    effect: float,
    sd_total: float,
    alpha: float,
    real: float,
) -> Allocation:
    like = assumptions(n_units=3, m=1, effect=effect, sd_total=sd_total, icc=icc, alpha=alpha)
    found = best_plan(like, cost_unit, cost_subunit, budget)
    if found is None or isinstance(found.m, tuple):
        least = 3 * (cost_unit + cost_subunit)
        msg = f"budget must pay for three units of one sub-unit, {least:g}, not {budget!r}"
        raise DesignError(msg)
    m = int(found.m)
    cost = found.n_units * (cost_unit + m * cost_subunit)
    return Allocation(real, m, found.n_units, cost, power_of_means(found))


def best_plan(
    given: Assumptions, cost_unit: float, cost_subunit: float, budget: float
) -> Assumptions | None:
    """The plan with most power within a budget; ``None`` if it buys no plan that can be analysed.

    Parameters
    ----------
    given : all else of the plan; a normal outcome
    cost_unit, cost_subunit : of a unit and of a sub-unit that are recruited, above 0
    budget : in the same currency

    Notes
    -----
    By the t test between units over all whole numbers of units up to 300, and over a hundred beyond
    that. Of plans with equal power the one with fewest units.
    """
    units, sizes = affordable(given, cost_unit, cost_subunit, budget)
    if not units.size:
        return None
    kept = sizes * (1 - given.lost_subunits)
    power = t_powers(*noncentralities(given, left(given, units), kept), given.alpha)
    if np.isnan(power).all():
        return None
    best = int(np.nanargmax(power))
    return replace(given, n_units=int(units[best]), m=int(sizes[best]))


def affordable(
    given: Assumptions, cost_unit: float, cost_subunit: float, budget: float
) -> tuple[Floats, Floats]:
    """Numbers of units, and the most sub-units of each that a budget then pays for; shape (A,)."""
    most = math.floor(budget / (cost_unit + cost_subunit) + ROUNDING)
    step, least = (2 if given.design == "blocked" else 1), (2 if given.design == "within" else 1)
    units = np.arange(2, min(most, EVERY) + 1)
    if most > EVERY:
        units = np.concatenate([units, np.rint(np.geomspace(EVERY + 1, most, SOME))])
    units = np.unique(units[units % step == 0]).astype(float)
    sizes = np.floor((budget / units - cost_unit) / cost_subunit + ROUNDING)
    if given.design == "within":
        sizes = 2 * np.floor(sizes / 2)
    return units[sizes >= least], sizes[sizes >= least]
