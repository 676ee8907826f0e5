"""What a plan promises, what it costs, and what the same money buys otherwise."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

from widgets.instruments.planner.inputs import Settings
from widgets.lmm import DesignError
from widgets.lmm.planning.allocation import affordable, best_plan
from widgets.lmm.planning.assumptions import Assumptions
from widgets.lmm.planning.plan import Plan, power_alone, promise
from widgets.lmm.planning.solve import Solution, solved

FEWEST = 4
"""Units that an alternative has at least: two an arm."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another plan for about the same money."""

    name: str
    given: Assumptions
    power: float | None
    cost: float


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything the page shows of a plan.

    Attributes
    ----------
    settings : with what was to be found in its place
    found : whether there is such a plan at all
    plan : its promise; ``None`` if nothing has the power that is asked for
    detectable : the effect that would be found with the target power; ``None`` if unknown
    doubled : power with twice the sub-units
    best : the best plan for the budget
    others : the present plan and three for the budget
    """

    settings: Settings
    found: bool
    plan: Plan | None
    limit: float | None
    detectable: float | None
    doubled: float | None
    best: Assumptions | None
    others: tuple[Alternative, ...]

    @property
    def given(self) -> Assumptions:
        """The plan and what is thought to be true."""
        return self.settings.given

    @property
    def cost(self) -> float:
        """What the plan costs, lost units and sub-units included."""
        return cost_of(self.given, self.settings)

    @property
    def optimal_size(self) -> float | None:
        """Sub-units of a unit by Cochran's square root; ``None`` where no number is best."""
        like = as_normal(self.given)
        if like.design == "within" or not like.sd_between:
            return None
        ratio = self.settings.cost_unit / self.settings.cost_subunit
        return math.sqrt(ratio) * like.sd_within / like.sd_between

    @property
    def readouts(self) -> dict[str, float | None]:
        """Every number by the name that the page gives it."""
        plan, given, solve = self.plan, self.given, self.settings.solve
        best, others = self.best, {one.name: one for one in self.others}
        found = {
            "n_units": None if solve == "units" and not self.found else given.n_units,
            "m": None if solve == "subunits" and not self.found else mean_size(given),
        }
        return {
            "power.mixed": plan.power if plan else None,
            "power.means": plan.power_means if plan else None,
            "power.naive": plan.power_naive if plan else None,
            "type1.mixed": plan.type1 if plan else None,
            "type1.means": given.alpha if plan and plan.power_means is not None else None,
            "type1.naive": plan.type1_naive if plan else None,
            "power.limit": self.limit,
            **found,
            "effect.detectable": self.detectable,
            "m.optimal": self.optimal_size,
            "cost": self.cost if self.found else None,
            "icc": None if math.isnan(given.icc) else as_normal(given).icc,
            "design_effect": plan.design_effect if plan else None,
            "df": plan.df if plan and plan.df > 0 else None,
            "best.n_units": best.n_units if best else None,
            "best.m": mean_size(best) if best else None,
            "best.power": others["best"].power if "best" in others else None,
            "best.cost": others["best"].cost if "best" in others else None,
        }


def answered(settings: Settings) -> Answer:
    """The answer to a reader's settings."""
    solution = _solution(settings)
    if solution is not None:
        settings = replace(settings, given=_with(settings.given, solution))
    found = solution is None or solution.power is not None
    plan = _promise(settings.given) if found else None
    limit = plan.power_limit if plan else solution.power_limit if solution else None
    best = best_plan(
        as_normal(settings.given), settings.cost_unit, settings.cost_subunit, settings.budget
    )
    best = best and settings.given.but(n_units=best.n_units, m=best.m)
    return Answer(
        settings=settings,
        found=found,
        plan=plan,
        limit=limit,
        detectable=_detectable(settings) if found else None,
        doubled=_power(_doubled(settings.given)) if found else None,
        best=best,
        others=_others(settings, best, found=found),
    )


def as_normal(given: Assumptions) -> Assumptions:
    """The plan with a normal outcome; for binary outcomes and counts one that is near on the link.

    Within a unit with random effect 0 the empirical logit has the variance 1/(m p (1 − p)), and the
    log of a mean count 1/(m μ), here the mean of both arms.
    """
    if given.outcome == "normal":
        return given
    base = float(given.baseline or 0)
    if given.outcome == "binary":
        centre = math.log(base / (1 - base))
        shares = [1 / (1 + math.exp(-centre - shift)) for shift in (0.0, given.effect)]
        parts = [1 / max(p * (1 - p), 1e-9) for p in shares]
    else:
        parts = [1 / base, 1 / (base * math.exp(given.effect))]
    within = math.sqrt(sum(parts) / 2)
    return replace(given, outcome="normal", sd_within=within, baseline=None)


def mean_size(given: Assumptions) -> float:
    """Sub-units of a unit that are recruited, on average."""
    return sum(given.m) / len(given.m) if isinstance(given.m, tuple) else given.m


def cost_of(given: Assumptions, settings: Settings) -> float:
    """What a plan costs."""
    return given.n_units * (settings.cost_unit + mean_size(given) * settings.cost_subunit)


@lru_cache(maxsize=64)
def _promise(given: Assumptions) -> Plan:
    return promise(given)


@lru_cache(maxsize=256)
def _power(given: Assumptions) -> float | None:
    return power_alone(given)


def _doubled(given: Assumptions) -> Assumptions:
    twice = tuple(2 * one for one in given.m) if isinstance(given.m, tuple) else 2 * given.m
    return replace(given, m=twice)


def _solution(settings: Settings) -> Solution | None:
    """The plan that is asked for; ``None`` if the plan is given and its power is asked for."""
    if settings.solve == "power":
        return None
    try:
        return _solved(settings.solve, settings.given, settings.target_power)
    except DesignError:  # more units than anybody has
        return Solution(None, None, None, None, None, settings.target_power)


@lru_cache(maxsize=64)
def _solved(solve: str, given: Assumptions, target: float) -> Solution:
    return solved(solve, given, target)  # type: ignore[arg-type]


def _with(given: Assumptions, found: Solution) -> Assumptions:
    """The plan with what was found; as it is, if nothing was."""
    return replace(
        given,
        n_units=found.n_units or given.n_units,
        m=found.m or given.m,
        effect=given.effect if found.effect is None else found.effect,
    )


def _detectable(settings: Settings) -> float | None:
    """The effect that the plan finds with the target power."""
    if settings.solve == "effect":
        return settings.given.effect
    if settings.given.outcome != "normal":
        return None  # simulated a dozen times over: only where it is asked for
    return _solved("effect", settings.given, settings.target_power).effect


def _others(
    settings: Settings, best: Assumptions | None, *, found: bool
) -> tuple[Alternative, ...]:
    """The present plan, the best for the budget, and one with fewer and one with more units."""
    plans: list[tuple[str, Assumptions]] = [("present", settings.given)] if found else []
    if best:
        plans.append(("best", best))
        plans += _beside(settings, best)
    return tuple(Alternative(name, one, _power(one), cost_of(one, settings)) for name, one in plans)


def _beside(settings: Settings, best: Assumptions) -> list[tuple[str, Assumptions]]:
    """Plans for the budget with about half as many units as the best, and half as many again."""
    units, sizes = affordable(best, settings.cost_unit, settings.cost_subunit, settings.budget)
    made: list[tuple[str, Assumptions]] = []
    for name, wanted in (("fewer", best.n_units / 2), ("more", best.n_units * 1.5)):
        near = [
            (abs(one - wanted), int(one), int(m))
            for one, m in zip(units, sizes, strict=True)
            if (one < best.n_units if name == "fewer" else one > best.n_units)
            and one >= FEWEST
            and one % 2 == 0
        ]
        if near:
            _, count, m = min(near)
            made.append((name, replace(best, n_units=count, m=m)))
    return made
