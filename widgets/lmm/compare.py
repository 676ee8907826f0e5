"""Comparison of nested models by the likelihood ratio, as R's ``anova(model0, model1)``."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Literal, overload

import numpy as np

from .arguments import shown
from .arrays import Floats
from .distributions import chi2
from .errors import DesignError, MethodError
from .formula import LinearTerms
from .glmm import GeneralizedLinearMixedModel
from .inference.type2 import type2_contrasts
from .linear.gls import GeneralizedLeastSquares, gls_of
from .linear.least_squares import LinearModel
from .mixed.refit import by_maximum_likelihood
from .mixed.result import LinearMixedModel
from .mixed.wald import Ddf
from .nesting import Model, check_nested
from .results import LikelihoodRatioTest, TermTest

WORSE = 1e-4
"""Of a log-likelihood: a nested model that is better by more has another optimum."""


@overload
def anova(
    model0: LinearMixedModel, *, ddf: Ddf | None = None, type: Literal[2, 3] | None = None
) -> Mapping[str, TermTest]: ...


@overload
def anova(model0: Model, model1: Model) -> LikelihoodRatioTest: ...


@overload
def anova(
    model0: Model, model1: Model, model2: Model, /, *more: Model
) -> tuple[LikelihoodRatioTest, ...]: ...


def anova(
    model0: Model,
    model1: Model | None = None,
    *more: Model,
    ddf: Ddf | None = None,
    type: Literal[2, 3] | None = None,  # noqa: A002  R's name
) -> LikelihoodRatioTest | tuple[LikelihoodRatioTest, ...] | Mapping[str, TermTest]:
    """F tests of the terms of one mixed model, or likelihood ratio tests of nested models.

    Parameters
    ----------
    model0 : a fit of :func:`lmer` or :func:`lme`; with ``model1`` also of :func:`gls` or
        :func:`lm`, or both of :func:`glmer` or :func:`glmmTMB`
    model1 : another fit to the same rows; the order of the two does not matter
    more : further fits; each is compared with the one that has the next fewer parameters
    ddf : for one model, "Kenward-Roger", "Satterthwaite" or "inner-outer"
    type : for one model, 3 (the default) or 2: each term after all that do not contain it

    Returns
    -------
    dict of TermTest by term, LikelihoodRatioTest, or of k models a tuple of k - 1 of these
        REML fits are refitted by maximum likelihood for the latter, and it says so.

    Raises
    ------
    MethodError
        If a model is none of these, or ``ddf`` is not for it.
    DesignError
        If the two cannot be compared.
    """
    if model1 is not None:
        if ddf is not None:
            msg = f"ddf is for the F tests of one model; two are compared without, not with {ddf!r}"
            raise MethodError(msg)
        if type is not None:
            msg = f"type is for the F tests of one model; two are compared without, not {type!r}"
            raise MethodError(msg)
        return _chain((model0, model1, *more)) if more else likelihood_ratio(model0, model1)
    if isinstance(model0, LinearMixedModel):
        return model0.anova(ddf, 3 if type is None else type)
    msg = "type III tests are for fits of lmer(); give two models for a likelihood ratio test"
    raise MethodError(msg)


def drop1(fit: Model, ddf: Ddf | None = None) -> Mapping[str, TermTest]:
    """F tests of the terms that may be left out: those that no other term contains.

    Parameters
    ----------
    fit : of :func:`lmer`, :func:`lme`, :func:`lm` or :func:`gls`
    ddf : of a mixed model, as for :func:`anova`

    Raises
    ------
    MethodError
        If it is another fit, or has no such degrees of freedom.
    """
    if isinstance(fit, LinearMixedModel):
        data = fit.data
        terms, rows = (
            data.formula.fixed,
            type2_contrasts(data.formula.fixed, data.frame, data.fixed),
        )
        names = _droppable(terms)
        return {name: fit.test(L, ddf) for name, L in rows.items() if name in names}
    if ddf is not None:
        msg = f"ddf is for mixed models; this fit has the residual degrees of freedom, not {ddf!r}"
        raise MethodError(msg)
    if isinstance(fit, LinearModel):
        parts = fit.parsed.fixed, fit.frame, fit.fixed
    elif isinstance(fit, GeneralizedLeastSquares):
        parts = fit.data.formula.fixed, fit.data.frame, fit.data.fixed
    else:
        msg = f"drop1() is for fits of lmer, lme, lm and gls, not {shown(fit)}"
        raise MethodError(msg)
    names, found = _droppable(parts[0]), type2_contrasts(*parts)
    return {name: fit.test(L) for name, L in found.items() if name in names}


def _droppable(terms: LinearTerms) -> set[str]:
    """The names of the terms that no other contains."""
    return {
        ":".join(term)
        for term in terms.terms
        if not any(set(term) < set(other) for other in terms.terms)
    }


def _chain(models: Sequence[Model]) -> tuple[LikelihoodRatioTest, ...]:
    """Each model against the one with the next fewer parameters."""
    for model in models:
        _check_likelihood(model)
    ordered = sorted(models, key=lambda model: model.df)
    return tuple(likelihood_ratio(*pair) for pair in pairwise(ordered))


def likelihood_ratio(model0: Model, model1: Model) -> LikelihoodRatioTest:
    """Twice the difference of log-likelihoods against chi-square.

    Raises
    ------
    MethodError
        If a model has no likelihood that could be compared.
    DesignError
        If the models have the same number of parameters, different rows or responses, or are not
        nested.

    Notes
    -----
    Degrees of freedom are the difference in parameters; conservative for a variance that the
    smaller model puts on its boundary.
    """
    for model in (model0, model1):
        _check_likelihood(model)
    _check_alike(model0, model1)
    (first, said), (second, said_too) = (_by_ml(model) for model in (model0, model1))
    null, full = sorted((first, second), key=lambda model: model.df)
    df = full.df - null.df
    if df == 0:
        msg = f"both models have {null.df} parameters; a likelihood ratio test needs nested models"
        raise DesignError(msg)
    check_nested(null, full)
    if full.loglik < null.loglik - WORSE:
        msg = (
            f"the larger model {full.formula!r} has the lower log-likelihood ({full.loglik:.6g}, "
            f"not {null.loglik:.6g}), so a fit is not at its optimum; look at their messages"
        )
        raise DesignError(msg)
    chisq = max(2 * (full.loglik - null.loglik), 0.0)
    messages = [*dict.fromkeys([*said, *said_too])]
    if _bounded(full) > _bounded(null):
        messages.append(
            "the null hypothesis puts a variance on its boundary: p is conservative (up to twice "
            "too large)"
        )
    p = float(chi2.sf(chisq, df)) if math.isfinite(chisq) else math.nan
    return LikelihoodRatioTest(chisq, df, p, null.loglik, full.loglik, tuple(messages))


def _check_likelihood(model: object) -> None:
    if not isinstance(model, Model):
        msg = f"anova() compares fits of lm, gls, lme, lmer, glmer or glmmTMB, not {shown(model)}"
        raise MethodError(msg)


def _check_alike(model0: Model, model1: Model) -> None:
    """Refuse models of other rows or responses, or of another approximation to the likelihood."""
    if model0.nobs != model1.nobs:
        msg = f"the models have {model0.nobs} and {model1.nobs} observations; use the same rows"
        raise DesignError(msg)
    (kind0, y0), (kind1, y1) = _response(model0), _response(model1)
    if kind0 != kind1:
        msg = f"a model of {kind0} and one of {kind1} cannot be compared"
        raise DesignError(msg)
    if not np.allclose(y0, y1, atol=1e-9 * float(np.ptp(y0))):
        msg = "the models have different responses; their likelihoods cannot be compared"
        raise DesignError(msg)
    generalised = [m for m in (model0, model1) if isinstance(m, GeneralizedLinearMixedModel)]
    points = [m.nAGQ for m in generalised]
    if len(set(points)) > 1:
        msg = f"the models have nAGQ = {points[0]} and {points[1]}; use the same approximation"
        raise DesignError(msg)


def _response(model: Model) -> tuple[str, Floats]:
    """What kind of response a model has, and its values."""
    if isinstance(model, GeneralizedLinearMixedModel):
        return ("shares" if model.family == "binomial" else "counts"), model.response
    return "measurements", model.fitted + model.residuals


def _by_ml(model: Model) -> tuple[Model, tuple[str, ...]]:
    if isinstance(model, LinearModel | GeneralizedLinearMixedModel) or not model.REML:
        return model, ()
    refitted = ("REML fits were refitted by maximum likelihood",)
    if isinstance(model, GeneralizedLeastSquares):
        return gls_of(model.data, REML=False), refitted
    return by_maximum_likelihood(model), refitted


def _bounded(model: Model) -> int:
    """How many parameters have a boundary: a dispersion and a share of zeros are such, too."""
    if isinstance(model, LinearMixedModel):
        return len(model.varcorr)
    if isinstance(model, GeneralizedLinearMixedModel):
        return len(model.varcorr) + (model.family == "nbinom2") + (model.zero is not None)
    return 0
