"""The named records that fitted models are made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VarianceComponent:
    """A variance (``term2`` is None) with its sd, or a covariance with its correlation.

    Attributes
    ----------
    group : grouping factor, or ``Residual``
    term1, term2 : effects; both None for the residual
    vcov : variance or covariance, in the units of the effects
    sdcor : standard deviation, or correlation in [-1, 1] (NaN beside a variance of zero)
    """

    group: str
    term1: str | None
    term2: str | None
    vcov: float
    sdcor: float


@dataclass(frozen=True, slots=True)
class IntraclassCorrelation:
    """Share of the random effects in the variance.

    ``adjusted`` leaves the fixed effects' variance out of the total, ``unadjusted`` counts it in.
    Both are None for a singular fit, as R's performance gives none.
    """

    adjusted: float | None
    unadjusted: float | None


@dataclass(frozen=True, slots=True)
class ExplainedVariance:
    """R² of the fixed effects alone (``marginal``) and with the random ones (``conditional``)."""

    marginal: float
    conditional: float | None


@dataclass(frozen=True, slots=True)
class TermTest:
    """A row of a type III table: F test of one term.

    Attributes
    ----------
    F : scaled, for Kenward-Roger with several rows
    numdf, dendf : degrees of freedom of numerator and denominator
    p : in [0, 1]
    sumsq, meansq : of the term, in squared units of the response
    """

    F: float
    numdf: float
    dendf: float
    p: float
    sumsq: float
    meansq: float


@dataclass(frozen=True, slots=True)
class Interval:
    """Ends of a confidence interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class LikelihoodRatioTest:
    """Twice the difference of log-likelihoods against chi-square with ``df`` degrees of freedom.

    Attributes
    ----------
    chisq : at least 0
    df : difference in the numbers of parameters
    p : in [0, 1]
    loglik_null, loglik_full : of the model with fewer parameters, and of the other
    messages : what to know before p is believed
    """

    chisq: float
    df: int
    p: float
    loglik_null: float
    loglik_full: float
    messages: tuple[str, ...]
