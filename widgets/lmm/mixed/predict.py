"""Prediction for old and new data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from ..arrays import Floats
from ..data.columns import Data
from ..data.design import Frame
from ..data.new_rows import fixed_part, frame_of_new_rows
from ..data.random_effects import random_effects_of_new_rows
from ..errors import MethodError
from ..formula import Formula
from ..likelihood.model import MixedData


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
