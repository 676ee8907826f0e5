"""Mixed-effects models in pure numpy, named after the R functions that the chapter teaches.

Public names::

    lmer(formula, data, REML=True)             LinearMixedModel
        .coefficients(ddf, level)              estimate se df t p low high, by coefficient
        .anova(ddf, type) .test(L, ddf)        F tests of terms (type III or II), of contrasts
        .confint(method, level)                profile likelihood, or Wald
        .varcorr .ranef .condvar .icc() .r2()  random effects and what they explain
        .predict(newdata) .simulate(rng, n) .summary()
    lme(formula, data, correlation, time, REML, variances=)   LinearMixedModel, residuals in time
    glmer(formula, data, family, link, nAGQ)   GeneralizedLinearMixedModel: binomial, Poisson
    glmmTMB(formula, data, family, ziformula, dispformula)   the same: thirteen families
    gls(formula, data, group, correlation, time, REML, variances=)   GeneralizedLeastSquares
    lm(formula, data)                          LinearModel: .coefficients() .cluster_robust(cluster)
    geeglm(formula, data, id, family, corstr, time)   MarginalModel: .coefficients(bias, reference)
    brm(formula, data, prior)                  Posterior: .mean .sd .quantile() .density() …
    anova(model0, model1, …)                   likelihood ratio tests, each model against the next
    anova(model, ddf=, type=3)                 F tests of terms, type III or II
    emmeans(model, specs, by, at, ddf, type)   EstimatedMeans: .rows .pairs(adjust) .contrast()
    emtrends(model, specs, var)                the same of slopes
    drop1(model, ddf)                          F tests of the terms that may be left out
    pb_test(model0, model1, rng, n)            likelihood ratio by parametric bootstrap
    influence(model, group)                    fits without each group, Cook's distances
    bootstrap(model, rng, n) · refit(model, y)
    lmer_many(formula, data, responses, ddf)   one model, many responses (n, F): ManyFits
    lm_many(formula, data, responses)          the same by least squares
    geeglm_many(formula, data, id, responses, bias)   the same by estimating equations
    degrees_of_freedom(formula, data)          left by a random-intercept design: (between, within)
    icc(values, groups)                        one-way intraclass correlation with its F interval
    design_effect(m, icc, cv=0)                what clustering costs
    TwoArms(clusters, size, effect, sd_between, sd_within)   a plan with two arms of clusters
    plan(n_units, m, effect, sd_between, sd_within, design, outcome)   Plan: power by formula
    solve_plan(solve, target_power, …)         the smallest plan, or the detectable effect
    optimal_allocation(cost_unit, cost_subunit, icc, budget)   the best plan for the money
    power(design, test, n_sim, rng, executor)  PowerEstimate by simulation; closed_form_power()
    t_test(x, y=None, paired=, var_equal=)     estimate se df t p low high
    wilson(successes, n, level)                a share with its score interval: (share, low, high)
    factor(values, levels=None)                a categorical column
    distributions                              normal, t, f, chi2: cdf sf ppf isf
    Fit                                        what every fit can be asked: coefficients() confint()
        test(L) predict() summary() fixef se vcov fitted residuals nobs messages
    ModelError and its kin                     what is wrong, where, and what would be right

The way from formula to result::

    formula/        text to terms
    data/           columns to factors, model matrix X, random effects Z
    likelihood/     the profiled deviance and REML criterion, and its optimum
    inference/      Satterthwaite, Kenward-Roger, type III, profile likelihood
    mixed/          lmer, lme, and what their fits can be asked
    glmm/           glmer, glmmTMB
    linear/         the same without random effects: lm, gls, t_test, icc
    gee/            marginal models: geeglm
    bayes/          posteriors by quadrature: brm
    many/           one model, many responses
    means/          estimated means and slopes of any fit: emmeans, emtrends
    planning/       power of a two-arm cluster design
    compare.py      likelihood ratio tests: anova
    linalg.py, optimiser.py, distributions/, arrays.py      numerical ground
    families.py     binomial, Poisson and Gaussian responses with their links
    fits.py, coefficients.py, criteria.py, results.py    what comes back
    printing.py     how a summary shows it
    arguments.py, errors.py                     what can be wrong

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

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import distributions
    from .bayes.fit import brm
    from .bayes.posterior import Posterior
    from .coefficients import Coefficient
    from .compare import anova, drop1
    from .data.estimable import degrees_of_freedom
    from .data.factors import Factor, factor
    from .errors import (
        DataError,
        DesignError,
        FormulaError,
        MethodError,
        ModelError,
        NotEstimableError,
    )
    from .fits import Fit
    from .gee.fit import geeglm
    from .gee.result import MarginalModel
    from .glmm import GeneralizedLinearMixedModel, glmer, glmmTMB
    from .linear.design_effect import design_effect
    from .linear.gls import GeneralizedLeastSquares, gls
    from .linear.least_squares import LinearModel, lm
    from .linear.oneway import OneWayICC, icc
    from .linear.proportion import wilson
    from .linear.ttest import t_test
    from .many.fits import ManyFits
    from .many.geeglm_many import ManyMarginalFits, geeglm_many
    from .many.lm_many import lm_many
    from .many.lmer_many import lmer_many
    from .means.emmeans import EstimatedMeans, emmeans, emtrends
    from .mixed.bootstrap import Bootstrap, bootstrap
    from .mixed.fit import lmer
    from .mixed.influence import Influence, influence
    from .mixed.lme import lme
    from .mixed.parametric_test import ParametricTest, pb_test
    from .mixed.refit import refit
    from .mixed.result import LinearMixedModel
    from .planning.allocation import Allocation, optimal_allocation
    from .planning.closed_form import closed_form_power
    from .planning.design import TwoArms
    from .planning.plan import Plan, plan
    from .planning.simulation import PowerEstimate, power
    from .planning.solve import Solution, solve_plan
    from .predictions import Prediction

_HOMES = {
    "bayes.fit": "brm",
    "bayes.posterior": "Posterior",
    "coefficients": "Coefficient",
    "compare": "anova drop1",
    "data.factors": "Factor factor",
    "data.estimable": "degrees_of_freedom",
    "fits": "Fit",
    "errors": "DataError DesignError FormulaError MethodError ModelError NotEstimableError",
    "gee.fit": "geeglm",
    "gee.result": "MarginalModel",
    "glmm": "GeneralizedLinearMixedModel glmer glmmTMB",
    "linear.design_effect": "design_effect",
    "linear.gls": "GeneralizedLeastSquares gls",
    "linear.least_squares": "LinearModel lm",
    "linear.oneway": "OneWayICC icc",
    "linear.proportion": "wilson",
    "linear.ttest": "t_test",
    "many.fits": "ManyFits",
    "many.geeglm_many": "ManyMarginalFits geeglm_many",
    "many.lm_many": "lm_many",
    "many.lmer_many": "lmer_many",
    "means.emmeans": "EstimatedMeans emmeans emtrends",
    "mixed.bootstrap": "Bootstrap bootstrap",
    "mixed.fit": "lmer",
    "mixed.influence": "Influence influence",
    "mixed.lme": "lme",
    "mixed.parametric_test": "ParametricTest pb_test",
    "mixed.refit": "refit",
    "mixed.result": "LinearMixedModel",
    "planning.allocation": "Allocation optimal_allocation",
    "planning.closed_form": "closed_form_power",
    "planning.design": "TwoArms",
    "planning.plan": "Plan plan",
    "planning.simulation": "PowerEstimate power",
    "planning.solve": "Solution solve_plan",
    "predictions": "Prediction",
}
"""Where each name lives, for who runs the code; the imports above say it to who only reads it.

A module is imported when its first name is asked for: a simulator in a browser waits for the models
that it uses, and for no others.
"""

_HOME = {name: module for module, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    found: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__


__all__ = [
    "Allocation",
    "Bootstrap",
    "Coefficient",
    "DataError",
    "DesignError",
    "EstimatedMeans",
    "Factor",
    "Fit",
    "FormulaError",
    "GeneralizedLeastSquares",
    "GeneralizedLinearMixedModel",
    "Influence",
    "LinearMixedModel",
    "LinearModel",
    "ManyFits",
    "ManyMarginalFits",
    "MarginalModel",
    "MethodError",
    "ModelError",
    "NotEstimableError",
    "OneWayICC",
    "ParametricTest",
    "Plan",
    "Posterior",
    "PowerEstimate",
    "Prediction",
    "Solution",
    "TwoArms",
    "anova",
    "bootstrap",
    "brm",
    "closed_form_power",
    "degrees_of_freedom",
    "design_effect",
    "distributions",
    "drop1",
    "emmeans",
    "emtrends",
    "factor",
    "geeglm",
    "geeglm_many",
    "glmer",
    "glmmTMB",
    "gls",
    "icc",
    "influence",
    "lm",
    "lm_many",
    "lme",
    "lmer",
    "lmer_many",
    "optimal_allocation",
    "pb_test",
    "plan",
    "power",
    "refit",
    "solve_plan",
    "t_test",
    "wilson",
]
