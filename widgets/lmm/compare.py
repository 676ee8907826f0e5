"""Comparison of nested models by the likelihood ratio, as R's ``anova(model0, model1)``."""

from __future__ import annotations

import math

from widgets.lmm.distributions import chi2
from widgets.lmm.errors import DesignError
from widgets.lmm.fit import lmer_of
from widgets.lmm.least_squares import LinearModel
from widgets.lmm.mixed import LinearMixedModel
from widgets.lmm.results import LikelihoodRatioTest

Model = LinearMixedModel | LinearModel


def anova(model0: Model, model1: Model) -> LikelihoodRatioTest:
    """Likelihood ratio test of two nested models; REML fits are refitted by maximum likelihood.

    Parameters
    ----------
    model0, model1 : fits of :func:`lmer` or :func:`lm` to the same rows, in either order

    Raises
    ------
    DesignError
        If the models have the same number of parameters or different rows.

    Notes
    -----
    Chi-square with the difference in parameters; conservative for a variance on its boundary.
    """
    if model0.nobs != model1.nobs:
        msg = f"the models have {model0.nobs} and {model1.nobs} observations; use the same rows"
        raise DesignError(msg)
    (first, said), (second, said_too) = (_by_ml(model) for model in (model0, model1))
    null, full = sorted((first, second), key=lambda model: model.df)
    df = full.df - null.df
    if df == 0:
        msg = f"both models have {null.df} parameters; a likelihood ratio test needs nested models"
        raise DesignError(msg)
    chisq = max(2 * (full.loglik - null.loglik), 0.0)
    messages = [*dict.fromkeys([*said, *said_too])]
    if _variances(full) > _variances(null):
        messages.append(
            "the null hypothesis puts a variance on its boundary: p is conservative (up to twice "
            "too large)"
        )
    p = float(chi2.sf(chisq, df)) if math.isfinite(chisq) else math.nan
    return LikelihoodRatioTest(chisq, df, p, null.loglik, full.loglik, tuple(messages))


def _by_ml(model: Model) -> tuple[Model, tuple[str, ...]]:
    if isinstance(model, LinearModel) or not model.REML:
        return model, ()
    return lmer_of(model.data, REML=False), ("REML fits were refitted by maximum likelihood",)


def _variances(model: Model) -> int:
    return 0 if isinstance(model, LinearModel) else len(model.varcorr)
