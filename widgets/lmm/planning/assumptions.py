"""What a plan takes to be true: its design, sizes, effect and variances, checked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from numbers import Integral, Real
from typing import Literal, get_args

from ..arguments import check_choice, check_share
from ..errors import DesignError

Design = Literal["between", "within", "blocked"]
Outcome = Literal["normal", "binary", "counts"]

ROUNDING = 1e-9
"""Units that survive a loss are counted down; 10 × 0.8 is not to become 7."""


@dataclass(frozen=True)
class Assumptions:
    """A plan, and what is thought to be true of it.

    Attributes
    ----------
    design : "between" (whole units are treated), "within" (the sub-units of every unit, half of
        them) or "blocked" (a block has one unit of each arm)
    outcome : "normal", "binary" (effects on the logit) or "counts" (on the log)
    n_units : units in all that are recruited
    m : sub-units of a unit, or the sizes of the units of one arm, the same in both
    effect : difference of the arms' means; log odds ratio; log rate ratio
    sd_between, sd_within : between the units of an arm (of a block, if blocked; on the link scale),
        and between the sub-units of a unit; the latter is 0 for binary outcomes and counts
    cv : coefficient of variation of the units' sizes, where only that is known
    alpha : of the two-sided test
    baseline : probability or mean count of a unit with random effect 0 in the control arm
    lost_units, lost_subunits : shares that are lost
    """

    design: Design
    outcome: Outcome
    n_units: int
    m: float | tuple[int, ...]
    effect: float
    sd_between: float
    sd_within: float
    cv: float = 0.0
    alpha: float = 0.05
    baseline: float | None = None
    lost_units: float = 0.0
    lost_subunits: float = 0.0

    @property
    def units(self) -> int:
        """Units that stay."""
        return math.floor(self.n_units * (1 - self.lost_units) + ROUNDING)

    @property
    def arms(self) -> tuple[int, int]:
        """Units of each arm that stay; of an odd number one arm has one more."""
        return self.units // 2, self.units - self.units // 2

    @property
    def size(self) -> float:
        """Mean number of sub-units of a unit that stay."""
        mean = sum(self.m) / len(self.m) if isinstance(self.m, tuple) else self.m
        return mean * (1 - self.lost_subunits)

    @property
    def sizes(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Sub-units of every unit that stays, by arm; with a CV, small and large ones in turn."""
        if isinstance(self.m, tuple):
            of_arm = tuple(one * (1 - self.lost_subunits) for one in self.m)
            return of_arm, of_arm
        pair = (self.size * (1 - self.cv), self.size * (1 + self.cv))
        first, second = (tuple(pair[k % 2] for k in range(count)) for count in self.arms)
        return first, second

    @property
    def is_even(self) -> bool:
        """Whether all units have the same size."""
        return self.cv == 0 and (not isinstance(self.m, tuple) or len(set(self.m)) == 1)

    @property
    def icc(self) -> float:
        """Intraclass correlation of the response; NaN if nothing varies."""
        total = self.sd_between**2 + self.sd_within**2
        return self.sd_between**2 / total if total else math.nan

    def but(self, **changes: object) -> Assumptions:
        """The same with other values, checked anew."""
        changed = replace(self, **changes)  # type: ignore[arg-type]
        _check(changed)
        return changed


def assumptions(
    *,
    design: Design = "between",
    outcome: Outcome = "normal",
    n_units: int,
    m: float | Sequence[int],
    effect: float,
    sd_between: float | None = None,
    sd_within: float | None = None,
    sd_total: float | None = None,
    icc: float | None = None,
    cv: float = 0.0,
    alpha: float = 0.05,
    baseline: float | None = None,
    lost_units: float = 0.0,
    lost_subunits: float = 0.0,
) -> Assumptions:
    """The assumptions that these arguments state.

    Raises
    ------
    DesignError
        If a number is impossible, or the variances are given twice or not at all.
    MethodError
        If there is no such design or outcome, or ``alpha`` does not lie between 0 and 1.
    """
    check_choice("design", design, get_args(Design))
    check_choice("outcome", outcome, get_args(Outcome))
    check_share("alpha", alpha)
    between, within = _variances(outcome, sd_between, sd_within, sd_total, icc)
    made = Assumptions(
        design=design,
        outcome=outcome,
        n_units=n_units,
        m=m if isinstance(m, Real) else tuple(m),  # type: ignore[arg-type]
        effect=effect,
        sd_between=between,
        sd_within=within,
        cv=cv,
        alpha=alpha,
        baseline=baseline,
        lost_units=lost_units,
        lost_subunits=lost_subunits,
    )
    _check(made)
    return made


def _variances(
    outcome: Outcome,
    sd_between: float | None,
    sd_within: float | None,
    sd_total: float | None,
    icc: float | None,
) -> tuple[float, float]:
    """The standard deviations between and within units, however they are stated."""
    if outcome != "normal":
        given = [
            name
            for name, value in (("sd_within", sd_within), ("sd_total", sd_total), ("icc", icc))
            if value is not None
        ]
        if sd_between is None or given:
            wrong = f"not {', '.join(given)}" if given else "which is missing"
            msg = f"a plan with outcome={outcome!r} takes sd_between on the link scale, {wrong}"
            raise DesignError(msg)
        return _at_least("sd_between", sd_between), 0.0
    pairs = ((sd_between, sd_within), (sd_total, icc))
    stated = [all(one is not None for one in pair) for pair in pairs]
    if sum(one is not None for pair in pairs for one in pair) != 2 or not any(stated):  # noqa: PLR2004
        msg = "give the variances as sd_between and sd_within, or as sd_total and icc, not as both"
        raise DesignError(msg)
    if stated[0]:
        return _at_least("sd_between", sd_between), _at_least("sd_within", sd_within)
    total = _at_least("sd_total", sd_total)
    share = _at_least("icc", icc)
    if share > 1:
        msg = f"icc must lie between 0 and 1, not {icc!r}"
        raise DesignError(msg)
    return total * math.sqrt(share), total * math.sqrt(1 - share)


def _at_least(name: str, value: object, least: float = 0.0) -> float:
    if not is_number(value) or float(value) < least:  # type: ignore[arg-type]
        msg = f"{name} must be a number and at least {least:g}, not {value!r}"
        raise DesignError(msg)
    return float(value)  # type: ignore[arg-type]


def _check(plan: Assumptions) -> None:
    """Refuse what cannot be; each rule names its argument."""
    sizes = plan.m if isinstance(plan.m, tuple) else (plan.m,)
    several = isinstance(plan.m, tuple)
    plain = plan.design == "between" and plan.outcome == "normal"
    rules: tuple[tuple[str, str, bool], ...] = (
        ("n_units", "be whole and at least 2", _is_whole(plan.n_units, 2)),
        ("m", "be at least 1", bool(sizes) and all(is_number(one) and one >= 1 for one in sizes)),
        (
            "m",
            f"have a size for each of the {plan.n_units} / 2 units of an arm",
            not several or 2 * len(sizes) == plan.n_units,
        ),
        ("m", "be one number unless whole units are treated", not several or plain),
        ("m", "be at least 2, one for each treatment", plan.design != "within" or plan.m >= 2),  # type: ignore[operator]  # noqa: PLR2004
        ("effect", "be a finite number", is_number(plan.effect)),
        ("cv", "be at least 0 and below 1", is_number(plan.cv) and 0 <= plan.cv < 1),
        ("cv", "be 0 unless whole units are treated", plan.cv == 0 or (plain and not several)),
        ("lost_units", "be a share from 0 to below 1", _is_share(plan.lost_units)),
        ("lost_units", "be 0 where sizes are listed", not several or plan.lost_units == 0),
        ("lost_subunits", "be a share from 0 to below 1", _is_share(plan.lost_subunits)),
        ("n_units", "be even: a block has one unit of each arm", _fills_blocks(plan)),
    )
    for name, rule, holds in rules:
        if not holds:
            msg = f"{name} must {rule}, not {getattr(plan, name)!r}"
            raise DesignError(msg)
    _check_baseline(plan)


def _fills_blocks(plan: Assumptions) -> bool:
    return plan.design != "blocked" or plan.n_units % 2 == 0


def _check_baseline(plan: Assumptions) -> None:
    if plan.outcome == "normal":
        if plan.baseline is not None:
            msg = f"baseline belongs to binary outcomes and counts; leave out {plan.baseline!r}"
            raise DesignError(msg)
        return
    if plan.design != "between":
        msg = f"outcome={plan.outcome!r} is planned with design='between', not {plan.design!r}"
        raise DesignError(msg)
    most = 1.0 if plan.outcome == "binary" else math.inf
    if not is_number(plan.baseline) or not 0 < float(plan.baseline) < most:  # type: ignore[arg-type]
        rule = "lie between 0 and 1" if plan.outcome == "binary" else "be above 0"
        msg = f"baseline must {rule}, not {plan.baseline!r}"
        raise DesignError(msg)


def _is_whole(value: object, least: int) -> bool:
    return type(value) is not bool and isinstance(value, Integral) and int(value) >= least


def is_number(value: object) -> bool:
    """Whether a value is a finite real number."""
    return type(value) is not bool and isinstance(value, Real) and math.isfinite(value)


def _is_share(value: object) -> bool:
    return is_number(value) and 0 <= float(value) < 1  # type: ignore[arg-type]
