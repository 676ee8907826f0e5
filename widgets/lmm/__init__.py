"""Mixed-effects models in pure numpy, named after the R functions that the chapter teaches.

Public names::

    lmer(formula, data, REML=True)     linear mixed model      .coefficients(ddf) .icc() .varcorr …
    lm(formula, data)                  least squares           .coefficients()
    t_test(x, y=None, paired=, var_equal=)                     estimate se df t p low high
    lmer_many(formula, data, responses, ddf)                   one model, many responses (n, F)
    lm_many(formula, data, responses)                          the same by least squares
    factor(values, levels=None)        a categorical column
    design_effect(m, icc, cv=0)        what clustering costs
    distributions                      normal, t, f, chi2: cdf sf ppf isf
    NotEstimableError                  a design that leaves nothing to estimate from

Symbols (Bates, Maechler, Bolker & Walker 2015, J. Stat. Softw. 67(1)):

    ======= ============================================== ===========
    symbol  meaning                                        shape
    ======= ============================================== ===========
    y       response                                       n
    X       model matrix of the fixed effects              n x p
    Z       model matrix of the random effects             n x q
    beta    fixed effects                                  p
    b = Λu  random effects; u spherical                    q
    theta   parameters of the relative covariance factor
    Λ       relative covariance factor: Var b = sigma² ΛΛ' q x q
    sigma   residual standard deviation
    L       Cholesky factor of Λ'Z'ZΛ + I                  q x q
    RZX RX  L⁻¹Λ'Z'X and the factor of X'X - RZX'RZX       q x p, p x p
    ======= ============================================== ===========
"""

from __future__ import annotations

from widgets.lmm import distributions
from widgets.lmm.bootstrap import Bootstrap, bootstrap
from widgets.lmm.coefficients import Coefficient
from widgets.lmm.columns import Factor, factor
from widgets.lmm.compare import anova
from widgets.lmm.design_effect import design_effect
from widgets.lmm.errors import (
    DataError,
    DesignError,
    FormulaError,
    MethodError,
    ModelError,
    NotEstimableError,
)
from widgets.lmm.fit import lmer, refit
from widgets.lmm.gls import GeneralizedLeastSquares, gls
from widgets.lmm.least_squares import LinearModel, lm
from widgets.lmm.lme import lme
from widgets.lmm.many import ManyFits, degrees_of_freedom, lm_many, lmer_many
from widgets.lmm.mixed import LinearMixedModel
from widgets.lmm.oneway import OneWayICC, icc
from widgets.lmm.ttest import t_test

__all__ = [
    "Bootstrap",
    "Coefficient",
    "DataError",
    "DesignError",
    "Factor",
    "FormulaError",
    "GeneralizedLeastSquares",
    "LinearMixedModel",
    "LinearModel",
    "ManyFits",
    "MethodError",
    "ModelError",
    "NotEstimableError",
    "OneWayICC",
    "anova",
    "bootstrap",
    "degrees_of_freedom",
    "design_effect",
    "distributions",
    "factor",
    "gls",
    "icc",
    "lm",
    "lm_many",
    "lme",
    "lmer",
    "lmer_many",
    "refit",
    "t_test",
]
