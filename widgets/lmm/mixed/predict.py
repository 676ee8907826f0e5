"""Prediction for old and new data."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from widgets.lmm.arrays import Floats
from widgets.lmm.data.columns import Data
from widgets.lmm.data.design import Frame, model_frame, model_matrix
from widgets.lmm.data.random_effects import random_effects
from widgets.lmm.data.variables import Memory
from widgets.lmm.errors import DataError
from widgets.lmm.likelihood.model import MixedData


def predict(
    fit: MixedData,
    beta: Floats,
    modes: tuple[Floats, ...],
    newdata: Data | None,
    *,
    random: bool,
) -> Floats:
    """Expected response by row.

    Parameters
    ----------
    beta : shape (p,)
    modes : shape (J, k) for each grouping factor
    newdata : columns that the formula names; None for the rows of the fit
    random : whether to add the random effects; those of unknown levels are zero
    """
    formula = fit.formula if random else replace(fit.formula, random=())
    if newdata is None:
        frame = fit.frame
    else:
        memory = Memory(dict(fit.memory.scaling), dict(fit.memory.levels))
        frame = model_frame(formula, newdata, memory)
        if frame.omitted:
            msg = f"{frame.omitted} rows of the new data have missing values; fill or drop them"
            raise DataError(msg)
    matrix = model_matrix(formula.fixed, frame)
    places = {name: j for j, name in enumerate(matrix.names)}
    mean = matrix.X[:, [places[name] for name in fit.fixed.names]] @ beta + frame.offset
    if not random:
        return mean
    return mean + _random_part(fit, modes, frame)


def _random_part(fit: MixedData, modes: tuple[Floats, ...], frame: Frame) -> Floats:
    """Z b for the rows of a frame; the effects of unknown levels are zero."""
    total = np.zeros(frame.n)
    new_terms = random_effects(fit.formula, frame, like=fit.terms)
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
