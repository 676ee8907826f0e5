"""The same model fitted again: to another response, or by maximum likelihood."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from ..arguments import numbers, shown
from ..errors import DataError, MethodError
from ..likelihood.model import MixedData
from .fit import lmer_of
from .lme import lme_of
from .result import LinearMixedModel


def refit(model: LinearMixedModel, y: ArrayLike) -> LinearMixedModel:
    """The same model fitted to another response of shape (nobs,).

    Raises
    ------
    MethodError
        If ``model`` is not a fit of :func:`lmer` or :func:`lme`.
    DataError
        If ``y`` does not hold as many finite numbers as the fit has observations.
    """
    check_model("refit", model)
    response = numbers("the response", y)
    if response.shape != (model.nobs,) or not np.all(np.isfinite(response)):
        msg = f"the response must be {model.nobs} finite numbers, not {shown(y)}"
        raise DataError(msg)
    return _again(model, replace(model.data, y=response - model.data.frame.offset), REML=model.REML)


def check_model(function: str, model: object) -> None:
    """Refuse for a function what is not a fit of :func:`lmer` or :func:`lme`."""
    if not isinstance(model, LinearMixedModel):
        msg = f"{function}() takes a fit of lmer() or lme(), not {shown(model)}"
        raise MethodError(msg)


def by_maximum_likelihood(model: LinearMixedModel) -> LinearMixedModel:
    """The fit to the same response, by maximum likelihood."""
    return _again(model, model.data, REML=False)


def fitted_again(model: LinearMixedModel, data: MixedData) -> LinearMixedModel:
    """The same model fitted to other data."""
    return _again(model, data, REML=model.REML)


def _again(model: LinearMixedModel, data: MixedData, *, REML: bool) -> LinearMixedModel:
    fit = lmer_of if model.phi is None and model.psi is None else lme_of
    return replace(fit(data, REML=REML), tool=model.tool)
