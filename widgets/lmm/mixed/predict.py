"""Prediction for old and new data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ..arrays import Floats
from ..data.columns import Data
from ..data.design import Frame
from ..data.new_rows import fixed_part, frame_of_new_rows
from ..data.random_effects import random_effects_of_new_rows
from ..likelihood.model import MixedData


def predict(
    fit: MixedData,
    fixef: Mapping[str, float],
    modes: tuple[Floats, ...],
    newdata: Data | None,
    *,
    random: bool,
) -> Floats:
    """Expected response by row.

    Parameters
    ----------
    modes : shape (J, k) for each grouping factor
    newdata : columns that the formula names; None for the rows of the fit
    random : whether to add the random effects; those of unknown levels are zero
    """
    formula = fit.formula if random else replace(fit.formula, random=())
    frame = fit.frame if newdata is None else frame_of_new_rows(formula, newdata, fit.memory)
    mean = fixed_part(formula.fixed, frame, fixef)
    return mean + _random_part(fit, modes, frame) if random else mean


def _random_part(fit: MixedData, modes: tuple[Floats, ...], frame: Frame) -> Floats:
    """Z b for the rows of a frame; the effects of unknown levels are zero."""
    total = np.zeros(frame.n)
    new_terms = random_effects_of_new_rows(fit.formula, frame, fit.terms)
    for factor, b in zip(fit.factors, modes, strict=True):
        known = {level: i for i, level in enumerate(factor.levels.levels)}
        start = 0
        for i in factor.terms:
            term = new_terms[i]
            index = np.array([known.get(level, -1) for level in term.levels.levels])
            index = index[term.levels.codes]
            effects = np.where(index[:, None] >= 0, b[index, start : start + term.k], 0.0)
            total += np.einsum("nk,nk->n", term.Z, effects)
            start += term.k
    return total
