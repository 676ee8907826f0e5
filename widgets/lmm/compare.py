"""Comparison of nested models by the likelihood ratio, as R's ``anova(model0, model1)``."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import overload

from widgets.lmm.distributions import chi2
from widgets.lmm.errors import DesignError, MethodError
from widgets.lmm.linear.least_squares import LinearModel
from widgets.lmm.mixed.fit import lmer_of
from widgets.lmm.mixed.result import LinearMixedModel
from widgets.lmm.mixed.wald import Ddf
from widgets.lmm.results import LikelihoodRatioTest, TermTest

Model = LinearMixedModel | LinearModel


@overload
def anova(model0: LinearMixedModel, *, ddf: Ddf | None = None) -> Mapping[str, TermTest]: ...


@overload
def anova(model0: Model, model1: Model) -> LikelihoodRatioTest: ...


def anova(
    model0: Model, model1: Model | None = None, *, ddf: Ddf | None = None
) -> LikelihoodRatioTest | Mapping[str, TermTest]:
    """Type III F tests of one mixed model, or the likelihood ratio test of two nested models.

    Parameters
    ----------
    model0 : a fit of :func:`lmer`, or with ``model1`` of :func:`lmer` or :func:`lm`
    model1 : another fit to the same rows; the order of the two does not matter
    ddf : for one model, "Kenward-Roger" or "Satterthwaite"

    Returns
    -------
    dict of TermTest by term, or LikelihoodRatioTest
        REML fits are refitted by maximum likelihood for the latter, and it says so.
    """
    if model1 is not None:
        return likelihood_ratio(model0, model1)
    if isinstance(model0, LinearMixedModel):
        return model0.anova(ddf)
    msg = "type III tests are for fits of lmer(); give two models for a likelihood ratio test"
    raise MethodError(msg)


def likelihood_ratio(model0: Model, model1: Model) -> LikelihoodRatioTest:
    """Twice the difference of log-likelihoods against chi-square.

    Raises
    ------
    DesignError
        If the models have the same number of parameters or different rows.

    Notes
    -----
    Degrees of freedom are the difference in parameters; conservative for a variance that the
    smaller model puts on its boundary.
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
    if model.phi is not None:
        msg = "a REML fit with an AR(1) cannot be compared; fit it with REML=False"
        raise MethodError(msg)
    return lmer_of(model.data, REML=False), ("REML fits were refitted by maximum likelihood",)


def _variances(model: Model) -> int:
    return 0 if isinstance(model, LinearModel) else len(model.varcorr)
