"""How to spend on units and on sub-units: :func:`optimal_allocation`."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..errors import DesignError
from .assumptions import assumptions, is_number
from .plan import power_of_means


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
    best: Allocation | None = None
    most = math.floor(budget / (cost_unit + cost_subunit) + 1e-9)
    for units in range(3, most + 1):
        m = math.floor((budget / units - cost_unit) / cost_subunit + 1e-9)
        if m < 1:
            continue
        plan = assumptions(
            n_units=units, m=m, effect=effect, sd_total=sd_total, icc=icc, alpha=alpha
        )
        power = power_of_means(plan)
        if power is not None and (best is None or power > (best.power or 0.0)):
            best = Allocation(real, m, units, units * (cost_unit + m * cost_subunit), power)
    if best is None:
        least = 3 * (cost_unit + cost_subunit)
        msg = f"budget must pay for three units of one sub-unit, {least:g}, not {budget!r}"
        raise DesignError(msg)
    return best
