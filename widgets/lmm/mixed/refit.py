"""The same model fitted again: to another response, or by maximum likelihood."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from widgets.lmm.errors import DataError
from widgets.lmm.likelihood.model import MixedData
from widgets.lmm.mixed.fit import lmer_of
from widgets.lmm.mixed.lme import lme_of
from widgets.lmm.mixed.result import LinearMixedModel


def refit(model: LinearMixedModel, y: ArrayLike) -> LinearMixedModel:
    """The same model fitted to another response of shape (nobs,)."""
    response = np.asarray(y, dtype=float)
    if response.shape != (model.nobs,) or not np.all(np.isfinite(response)):
        msg = f"the response must be {model.nobs} finite numbers, not of shape {response.shape}"
        raise DataError(msg)
    return _again(model, replace(model.data, y=response - model.data.frame.offset), REML=model.REML)


def by_maximum_likelihood(model: LinearMixedModel) -> LinearMixedModel:
    """The fit to the same response, by maximum likelihood."""
    return _again(model, model.data, REML=False)


def _again(model: LinearMixedModel, data: MixedData, *, REML: bool) -> LinearMixedModel:
    fit = lmer_of if model.phi is None else lme_of
    return replace(fit(data, REML=REML), tool=model.tool)
