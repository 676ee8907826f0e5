"""Prediction for old and new data."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..arrays import Floats
from ..data.columns import Data
from ..data.design import Frame
from ..data.new_rows import fixed_part, fixed_rows, frame_of_new_rows
from ..data.random_effects import RandomEffects, random_effects_of_new_rows
from ..errors import MethodError
from ..formula import Formula
from ..likelihood.model import MixedData
from ..predictions import IntervalOf, Prediction, predicted
from ..results import VarianceComponent
from .rsquared import covariance


def predict(
    fit: MixedData,
    fixef: Mapping[str, float],
    modes: tuple[Floats, ...],
    newdata: Data | None,
    *,
    random: bool | Sequence[str],
) -> Floats:
    """Expected response by row.

    Parameters
    ----------
    modes : shape (J, k) for each grouping factor
    newdata : columns that the formula names; None for the rows of the fit
    random : whether to add the random effects, or the grouping factors whose effects are added;
        those of unknown levels are zero

    Raises
    ------
    MethodError
        If there is no such grouping factor.
    """
    groups = _chosen(fit, random)
    kept = tuple(term for term in fit.formula.random if term.name in groups)
    formula = replace(fit.formula, random=kept)
    frame = fit.frame if newdata is None else frame_of_new_rows(formula, newdata, fit.memory)
    mean = fixed_part(formula.fixed, frame, fixef)
    return mean + _random_part(fit, formula, modes, frame) if groups else mean


@dataclass(frozen=True)
class Spread:
    """What a new observation of a new group adds to the variance of its mean."""

    varcorr: Sequence[VarianceComponent]
    sigma: float

    def by_row(self, terms: Sequence[RandomEffects]) -> Floats:
        """The variance of Z b + e, z'Sz over all terms plus sigma²; shape (n,)."""
        total: Floats = np.full(len(terms[0].Z), self.sigma**2)
        place = 0
        for term in terms:
            size = term.k * (term.k + 1) // 2
            S = covariance(self.varcorr[place : place + size], term.k)
            place += size
            total = total + np.einsum("na,ab,nb->n", term.Z, S, term.Z)
        return total


def with_errors(
    fit: MixedData,
    fixef: Mapping[str, float],
    vcov: Floats,
    newdata: Data | None,
    interval: IntervalOf,
    level: float,
    spread: Spread | None = None,
) -> Prediction:
    """The fixed part by row with its standard errors and, if asked for, normal intervals.

    Parameters
    ----------
    spread : what a new observation varies by, for its interval
    """
    formula = fit.formula if spread is not None else replace(fit.formula, random=())
    frame = fit.frame if newdata is None else frame_of_new_rows(formula, newdata, fit.memory)
    X = fixed_rows(formula.fixed, frame, fixef)
    estimate = X @ np.array(list(fixef.values())) + frame.offset
    extra: Floats | float = 0.0
    if spread is not None:
        extra = spread.by_row(random_effects_of_new_rows(fit.formula, frame, fit.terms))
    return predicted(X, estimate, vcov, math.inf, interval, level, extra)


def _chosen(fit: MixedData, random: bool | Sequence[str]) -> tuple[str, ...]:
    """The grouping factors whose effects are added."""
    known = tuple(factor.name for factor in fit.factors)
    if isinstance(random, bool | np.bool_):
        return known if random else ()
    asked = (random,) if isinstance(random, str) else tuple(random)
    for name in asked:
        if name not in known:
            msg = f"random must be True, False or some of {', '.join(known)}, not {name!r}"
            raise MethodError(msg)
    return asked


def _random_part(
    fit: MixedData, formula: Formula, modes: tuple[Floats, ...], frame: Frame
) -> Floats:
    """Z b of the formula's terms for a frame; the effects of unknown levels are zero."""
    total = np.zeros(frame.n)
    groups = {term.name for term in formula.random}
    like = [term for term in fit.terms if term.group in groups]
    found = random_effects_of_new_rows(formula, frame, like)
    new_terms = {(term.group, term.names): term for term in found}
    for factor, b in zip(fit.factors, modes, strict=True):
        if factor.name not in groups:
            continue
        known = {level: i for i, level in enumerate(factor.levels.levels)}
        start = 0
        for i in factor.terms:
            term = new_terms[fit.terms[i].group, fit.terms[i].names]
            index = np.array([known.get(level, -1) for level in term.levels.levels])
            index = index[term.levels.codes]
            effects = np.where(index[:, None] >= 0, b[index, start : start + term.k], 0.0)
            total += np.einsum("nk,nk->n", term.Z, effects)
            start += term.k
    return total
