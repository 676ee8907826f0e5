"""The searches of :func:`glmmTMB`: where they begin, and limits where a parameter is infinite."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from ..arrays import Floats
from ..data.grouping_factors import GroupingFactor
from ..likelihood.model import MixedData
from ..linalg import quiet
from .conditional import Conditional, binomial
from .counts import poisson
from .dispersed import dispersed
from .fit import Found, search
from .start import WithoutRandomEffects, without_random_effects
from .tails import logit
from .tmb_families import FAMILIES, conditional_of, extra_levels, level_of_dispersion
from .weighted import weighted
from .zero_part import ZeroPart, constant_part

FARTHEST = 4.0
"""Logits of an added zero with which a search begins."""

LARGE = 1e3
"""A theta of nbinom2 beyond this, or one over a phi of nbinom1, may be infinite."""

SEVERAL = 2
"""Coefficients of the zeros from which on the search has several starts."""

EQUAL = 1e-5
"""Criterion values closer than this are the same fit: theta tends to infinity slowly."""

WEAK = 1e-3
"""Least weight of a row, over the largest, where a search begins."""


@dataclass(frozen=True)
class Response:
    """What a model is fitted to.

    Attributes
    ----------
    data : the matrices
    y, trials : shape (n,)
    weights : shape (n,), or None
    dispersion : the part that models it; constant unless there is a formula
    constant : whether it is constant
    """

    data: MixedData
    y: Floats
    trials: Floats
    weights: Floats | None
    dispersion: ZeroPart
    constant: bool

    def fitted(self, family: str, zero: ZeroPart | None) -> Found:
        """The optimum of one model."""
        conditional = weighted(self.conditional(family, zero), self.weights)
        first = self._first(family)
        further = self._further(first, family, zero)
        if family not in {"poisson", "nbinom2", "binomial"} and zero is None:
            first = _there(conditional, first, [D @ value for D, value in further])
        elsewhere = [] if zero is None or zero.fixed.p < SEVERAL else self._elsewhere(family, zero)
        found = search(
            self.data, conditional, first, further=further, zero=zero, elsewhere=elsewhere
        )
        return replace(found, dispersion=self.dispersion if FAMILIES[family].disperses else None)

    def conditional(self, family: str, zero: ZeroPart | None) -> Conditional:
        """The distribution of the response, without weights."""
        zeros = zero is not None
        return conditional_of(family, self.y, self.trials, zeros=zeros, constant=self.constant)

    def _first(self, family: str) -> WithoutRandomEffects:
        """A generalised linear model near the model without random effects."""
        y, Q, offset = self.y, self.data.fixed.Q, self.data.frame.offset
        weights = self.weights
        if family == "gaussian":
            s = np.full(len(y), math.log(float(np.var(y))))
            return without_random_effects(weighted(dispersed(family, y), weights), Q, offset, [s])
        if FAMILIES[family].link == "logit":
            successes = y * self.trials
            if family == "binomial":
                successes = np.rint(successes)
            share = binomial(successes, self.trials, logit)
            return without_random_effects(
                share if family == "binomial" else weighted(share, weights), Q, offset
            )
        if family.startswith("truncated"):
            some = (y > 0).astype(float) * (1.0 if weights is None else weights)
            return without_random_effects(weighted(poisson(y), some), Q, offset)
        return without_random_effects(weighted(poisson(y), weights), Q, offset)

    def _further(
        self, first: WithoutRandomEffects, family: str, zero: ZeroPart | None
    ) -> list[tuple[Floats, Floats]]:
        """Model matrices and start values of the further predictors."""
        n, y, eta = len(self.y), self.y, first.eta
        found = []
        mu = _mean(FAMILIES[family].link, eta)
        if zero is not None:
            expected = 0.0 if family.startswith("truncated") else float(np.exp(-mu).mean())
            share = (float((y == 0).mean()) - expected) / max(1 - expected, 1e-9)
            share = min(max(share, 0.05), 0.9)
            level = np.full(n, np.log(share / (1 - share)))
            found.append((zero.design, zero.design.T @ level / n))
        if FAMILIES[family].disperses:
            rows = y > 0 if family.startswith("truncated") else np.ones(n, dtype=bool)
            value = level_of_dispersion(family, y[rows], mu[rows])
            design = self.dispersion.design
            found.append((design, design.T @ np.full(n, value) / n))
        one = np.ones((n, 1))
        found += [(one, np.array([value])) for value in extra_levels(family, y, eta)]
        return found

    def _elsewhere(self, family: str, zero: ZeroPart) -> list[Floats]:
        """More starts where predictors of the zeros make several optima likely.

        Two begin at the fit in which all rows have one probability of a zero: with that
        probability, and with the logistic regression of what is zero. The third has that
        regression alone.
        """
        n = len(self.y)
        one = constant_part(zero.formula, zero.memory, n)
        found = self.fitted(family, one)
        theta, working, rest = found.ready.marginal.split(found.optimum.at.x)
        level, others = one.design[:, 0] * rest[0][0], rest[1:]
        same = np.concatenate([theta, working, zero.design.T @ level / n, *others])
        logistic = _of_zeros(self.y, zero, halved=not family.startswith("truncated"))
        mixed = np.concatenate([theta, working, logistic, *others])
        plain = np.concatenate([theta, np.zeros_like(working), logistic, *others])
        return [same, mixed, plain]


def best(response: Response, family: str, zero: ZeroPart | None) -> Found:
    """The optimum, which may lie where a further parameter is infinite."""
    found = response.fitted(family, zero)
    added = zero is not None and FAMILIES[family].zeros == "added" and zero.formula.fixed.intercept
    if added:
        plain = replace(response.fitted(family, None), absent=zero)
        found = plain if _as_good(plain, found) else found
    if family in {"nbinom1", "nbinom2"} and response.constant and _vanishing(found, family):
        plain = replace(response.fitted("poisson", zero), equidispersed=True)
        if added:
            none = replace(response.fitted("poisson", None), absent=zero, equidispersed=True)
            plain = none if _as_good(none, plain) else plain
        found = plain if _as_good(plain, found) else found
    return found


def scaled_groups(data: MixedData, y: Floats) -> MixedData:
    """The matrices with random effects in units of the response's deviation."""
    s = float(np.std(y))

    def scaled(factor: GroupingFactor) -> GroupingFactor:
        return replace(factor, Z=factor.Z * s, C=factor.C / s, C_inverse=factor.C_inverse * s)

    return replace(data, factors=tuple(map(scaled, data.factors)))


def _as_good(limit: Found, found: Found) -> bool:
    return limit.optimum.at.value <= found.optimum.at.value + EQUAL


def _vanishing(found: Found, family: str) -> bool:
    """Whether the dispersion may be that of Poisson's."""
    last = float(found.optimum.at.x[-1])
    near = last > math.log(LARGE) if family == "nbinom2" else last < -math.log(LARGE)
    return near or not found.optimum.converged


def _mean(link: str, eta: Floats) -> Floats:
    if link == "identity":
        return eta
    if link == "logit":
        result: Floats = np.exp(logit(eta)[0].log)
        return result
    return np.maximum(np.exp(np.clip(eta, -30, 30)), 1e-10)


def _there(
    conditional: Conditional, first: WithoutRandomEffects, further: list[Floats]
) -> WithoutRandomEffects:
    """The model with the distribution itself where a simpler one stood for it."""
    with quiet():
        there = conditional.at(first.eta, further)
    if not np.all(np.isfinite(there.loglik)) or not np.any(there.weight > 0):
        return first
    weight = np.maximum(there.weight, WEAK * float(there.weight.max()))
    return replace(first, there=there._replace(weight=weight))


def _of_zeros(y: Floats, zero: ZeroPart, *, halved: bool) -> Floats:
    """Coefficients of a logistic regression of being zero, shape (r,), for ``zero.design``.

    The odds are ``halved`` where some zeros are counts'.
    """
    is_zero = binomial((y == 0).astype(float), np.ones(len(y)), logit)
    fitted = without_random_effects(is_zero, zero.design, np.zeros(len(y)))
    less = math.log(2) if halved else 0.0
    bounded = np.clip(fitted.eta - less, -FARTHEST, FARTHEST)
    result: Floats = zero.design.T @ bounded / len(y)
    return result
