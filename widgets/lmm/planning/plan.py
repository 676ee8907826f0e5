"""What a plan of an experiment with clusters promises: :func:`plan`."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..distributions import f as fisher
from ..distributions.quadratic_form import positive_probability
from ..linalg import eigen
from ..linear.design_effect import design_effect
from .assumptions import Assumptions, assumptions
from .generalised import unit_tests
from .rejection import mixed_power, naive_power, t_power


@dataclass(frozen=True)
class Plan:
    """What the analyses of a plan promise; ``None`` is what cannot be estimated or is not known.

    Attributes
    ----------
    assumptions : the plan and what is thought to be true
    power : of the mixed model with Kenward and Roger's degrees of freedom; of units' empirical
        logits or logs for binary outcomes and counts
    power_means : of the t test on the units' means (proportions, mean counts)
    power_naive, type1_naive : of the t test on rows as if they were independent, and its share of
        rejections without an effect; ``None`` in blocked designs, where days decide
    type1 : share of rejections of the mixed model without an effect
    power_limit : of the t test on means with infinitely many sub-units in every unit
    design_effect : variance of a mean of rows over that of independent rows
    df : degrees of freedom between units
    standard_error : Monte Carlo standard error of what was simulated, 0 where formulae exist
    """

    assumptions: Assumptions
    power: float | None
    power_means: float | None
    power_naive: float | None
    type1_naive: float | None
    type1: float | None
    power_limit: float | None
    design_effect: float | None
    df: int
    standard_error: float = 0.0


def plan(**given: Any) -> Plan:  # noqa: ANN401  the arguments of assumptions()
    """What a two-arm plan with clusters promises, by formula where one exists.

    Parameters
    ----------
    design : "between", "within" or "blocked"
    outcome : "normal", "binary" or "counts"; the latter two are simulated, always alike
    n_units : units in all, at least 2
    m : sub-units of every unit, at least 1; or the sizes of the units of one arm
    effect : difference of means, log odds ratio or log rate ratio
    sd_between, sd_within : or ``sd_total`` and ``icc`` (0 to 1)
    cv : coefficient of variation of sizes, where only that is known
    alpha : of the two-sided test, in (0, 1)
    baseline : probability or mean count in the control arm, for binary outcomes and counts
    lost_units, lost_subunits : shares lost, from 0 to below 1

    Raises
    ------
    DesignError, MethodError
        Naming the argument, the rule and the value.

    Notes
    -----
    Equal sizes: noncentral t with J − 2, n − 1 or J/2 − 1 degrees of freedom. Sizes that are
    listed: the information of generalised least squares, Σ 1/(σ_b² + σ_w²/m_i) an arm. A CV alone:
    van Breukelen, Candel & Berger (2007, Stat Med 26:2589, eq. 8). Design effect: Eldridge, Ashby &
    Kerry (2006, Int J Epidemiol 35:1292).
    """
    return promise(assumptions(**given))


def promise(given: Assumptions) -> Plan:
    """What a plan with these assumptions promises."""
    if given.outcome != "normal":
        return _generalised(given)
    return {"between": _between, "within": _within, "blocked": _blocked}[given.design](given)


def power_limit(given: Assumptions) -> float | None:
    """Power of the t test on means with infinitely many sub-units in every unit."""
    if given.outcome != "normal":
        return _generalised(given).power_limit
    delta, df = noncentrality(given, math.inf)
    return None if df < 1 else t_power(delta, df, given.alpha)


def power_alone(given: Assumptions) -> float | None:
    """The power that :func:`plan` gives, without what else it computes."""
    if given.outcome != "normal":
        return unit_tests(given).transformed if given.units > 2 else None  # noqa: PLR2004
    return power_of_mixed_model(given)


def power_of_means(given: Assumptions) -> float | None:
    """Power of the t test on units' means of equal size, or of what stands for it."""
    delta, df = noncentrality(given)
    return None if df < 1 else t_power(delta, df, given.alpha)


def noncentrality(given: Assumptions, m: float | None = None) -> tuple[float, int]:
    """Noncentrality and degrees of freedom of the t test between units; ``m`` may be infinite."""
    first, second = given.arms
    size = given.size if m is None else m
    between, within = given.sd_between**2, given.sd_within**2 / size
    if given.design == "between":
        df = first + second - 2
        variance = math.nan if not first else _variance_between(given, m)
    elif given.design == "within":
        df = given.units - 1
        variance = _variance_within(given, size)
    else:
        df = first - 1
        variance = 2 * (between + within) / max(first, 1)
    if given.effect == 0:
        return 0.0, df
    return (given.effect / math.sqrt(variance) if variance > 0 else math.inf), df


def _variance_between(given: Assumptions, m: float | None) -> float:
    between = given.sd_between**2
    first, second = given.arms
    if m is not None:
        return (between + given.sd_within**2 / m) * (1 / first + 1 / second)
    if isinstance(given.m, tuple):
        arms = given.sizes
        return sum(
            1 / sum(1 / max(between + given.sd_within**2 / one, math.ulp(0.0)) for one in arm)
            for arm in arms
        )
    size = given.size
    variance = (between + given.sd_within**2 / size) * (1 / first + 1 / second)
    if given.cv == 0 or given.icc == 0:
        return variance
    reliable = size / (size + (1 - given.icc) / given.icc)
    return variance / (1 - given.cv**2 * reliable * (1 - reliable))


def _variance_within(given: Assumptions, size: float) -> float:
    if math.isinf(size):
        return 0.0
    control = size // 2
    return given.sd_within**2 * (1 / control + 1 / (size - control)) / given.units


def _made(given: Assumptions, df: int, **numbers: float | None) -> Plan:
    known: dict[str, float | None] = {
        "power_limit": power_limit(given),
        "design_effect": _design_effect(given),
        "type1": given.alpha,
        "power_naive": None,
        "type1_naive": None,
    }
    return Plan(given, df=df, **(known | numbers))  # type: ignore[arg-type]


def _nothing(given: Assumptions, df: int) -> Plan:
    """A plan whose units leave nothing to estimate their variance from."""
    return Plan(given, None, None, None, None, None, None, _design_effect(given), df)


def _design_effect(given: Assumptions) -> float | None:
    if math.isnan(given.icc):
        return None
    cv = given.cv
    if isinstance(given.m, tuple):
        sizes = np.array(given.m, dtype=float)
        cv = float(sizes.std() / sizes.mean())
    return float(design_effect(max(given.size, 1.0), given.icc, cv))


def power_of_mixed_model(given: Assumptions) -> float | None:
    """Power of the mixed model; of the t test on means where units are of unequal size."""
    delta, df = noncentrality(given)
    if df < 1 or min(given.arms) < 1:
        return None
    if given.design != "between" or not given.is_even:
        return t_power(delta, df, given.alpha)
    spread = given.sd_within**2 + given.size * given.sd_between**2
    ratio = given.sd_within**2 / spread if spread else 0.0
    return mixed_power(delta, df, given.units * (given.size - 1), ratio, given.alpha)


def _between(given: Assumptions) -> Plan:
    mixed = power_of_mixed_model(given)
    delta, df = noncentrality(given)
    if mixed is None:
        return _nothing(given, df)
    alone = delta if given.is_even else _noncentrality_of_means(given)
    naive, naive_type1 = (_naive_between(given, effect) for effect in (given.effect, 0.0))
    return _made(
        given,
        df,
        power=mixed,
        power_means=t_power(alone, df, given.alpha),
        type1=power_of_mixed_model(replace(given, effect=0.0)),
        power_naive=naive,
        type1_naive=naive_type1,
    )


def _noncentrality_of_means(given: Assumptions) -> float:
    """Of the t test on means of units of unequal size, all counted alike."""
    variance = sum(
        sum(given.sd_between**2 + given.sd_within**2 / one for one in arm) / len(arm) ** 2
        for arm in given.sizes
    )
    if given.effect == 0:
        return 0.0
    return given.effect / math.sqrt(variance) if variance else math.inf


def _naive_between(given: Assumptions, effect: float) -> float | None:
    """Share of rejections by the t test on rows; units may differ in size.

    Of units of unequal size, the square of the difference less its bound is a quadratic form in the
    units' means and the variation within units; its eigenvalues give the weights of Imhof's
    integral.
    """
    if given.is_even:
        return _naive_even(given, effect)
    arms = [np.array(arm) for arm in given.sizes]
    rows = np.array([arm.sum() for arm in arms])
    if rows.sum() <= 2 or not given.sd_between + given.sd_within:  # noqa: PLR2004  two means are estimated
        return None
    critical = float(fisher.isf(given.alpha, 1, rows.sum() - 2)) / (rows.sum() - 2)
    sizes = np.concatenate(arms)
    arm = np.repeat([0, 1], [len(one) for one in arms])
    contrast = np.where(arm == 0, -1, 1) * sizes / rows[arm]
    form = np.outer(contrast, contrast) / (1 / rows).sum()
    same = arm[:, None] == arm
    form -= critical * (np.diag(sizes) - same * np.outer(sizes, sizes) / rows[arm])
    scale = np.sqrt(given.sd_between**2 + given.sd_within**2 / sizes)
    values, vectors = eigen(scale[:, None] * form * scale)
    ncp = (vectors.T @ (arm * effect / scale)) ** 2
    within = rows.sum() - len(sizes)
    return positive_probability(
        [*values, -critical * given.sd_within**2], [*np.ones_like(values), within], [*ncp, 0.0]
    )


def _naive_even(given: Assumptions, effect: float) -> float | None:
    """The same for units of equal size, whose means and rows give one chi-squared part each."""
    rows, within = given.units * given.size, given.sd_within**2
    lead = within + given.size * given.sd_between**2
    if rows <= 2 or not lead:  # noqa: PLR2004  two means are estimated
        return None
    first, second = given.arms
    away = effect / math.sqrt(lead / given.size * (1 / first + 1 / second))
    error = ((lead, given.units - 2.0), (within, rows - given.units))
    return naive_power(lead, away, error, rows, given.alpha)


def _within(given: Assumptions) -> Plan:
    delta, df = noncentrality(given)
    if df < 1:
        return _nothing(given, df)
    means = t_power(delta, df, given.alpha)
    units, rows, within = given.units, given.units * given.size, given.sd_within**2
    error = (
        (within + given.size * given.sd_between**2, units - 1.0),
        (within, rows - units - 1.0),
    )
    known = rows > 2 and within > 0 and rows > units + 1  # noqa: PLR2004  two means are estimated
    naive, type1 = (
        naive_power(within, away, error, rows, given.alpha) if known else None
        for away in (delta, 0.0)
    )
    return _made(given, df, power=means, power_means=means, power_naive=naive, type1_naive=type1)


def _blocked(given: Assumptions) -> Plan:
    power = power_of_means(given)
    df = noncentrality(given)[1]
    return (
        _nothing(given, df) if power is None else _made(given, df, power=power, power_means=power)
    )


def _generalised(given: Assumptions) -> Plan:
    df = given.units - 2
    if df < 1 or min(given.arms) < 1:
        return Plan(given, None, None, None, None, None, None, None, df)
    with_effect, without = unit_tests(given), unit_tests(given.but(effect=0.0))
    limit = unit_tests(given, endless=True).means
    return Plan(
        given,
        power=with_effect.transformed,
        power_means=with_effect.means,
        power_naive=with_effect.naive,
        type1_naive=without.naive,
        type1=without.transformed,
        power_limit=limit,
        design_effect=None,
        df=df,
        standard_error=with_effect.standard_error,
    )
