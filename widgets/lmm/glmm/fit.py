"""From a model's matrices and the distribution of its response to the optimum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..arrays import Floats
from ..likelihood.estimate import Estimate, estimate
from ..likelihood.model import MixedData
from .conditional import Conditional
from .marginal import MarginalEvaluation
from .problem import Prepared, prepared
from .separation import separating
from .start import WithoutRandomEffects
from .zero_part import ZeroPart

AS_LOW = 1e-7
"""Criterion values closer than this are one optimum."""


@dataclass(frozen=True)
class Found:
    """What a search has found.

    Attributes
    ----------
    data : the model's matrices
    ready : the criterion and the way back from its parameters
    optimum : where it is least
    separated : coefficients without a finite estimate
    zero : the part of the zeros, if there is one
    dispersion : the part of the dispersion, if the family has one
    absent : a zero-inflated part that was asked for, but whose probability is nil
    equidispersed : whether a negative binomial was asked for, but its theta is infinite
    """

    data: MixedData
    ready: Prepared
    optimum: Estimate[MarginalEvaluation]
    separated: tuple[str, ...] = ()
    zero: ZeroPart | None = None
    absent: ZeroPart | None = None
    equidispersed: bool = False
    dispersion: ZeroPart | None = None


def search(
    data: MixedData,
    conditional: Conditional,
    first: WithoutRandomEffects,
    *,
    points: int = 1,
    further: Sequence[tuple[Floats, Floats]] = (),
    zero: ZeroPart | None = None,
    elsewhere: Sequence[Floats] = (),
) -> Found:
    """The optimum of a model's marginal likelihood.

    Parameters
    ----------
    first : the model without random effects, in terms of the orthonormal Q
    points : of the quadrature, 1 for Laplace's approximation
    further : model matrix (n, r) and start values (r,) of each further predictor
    elsewhere : parameters from which to search as well, until two searches end at the best optimum
    """
    separated = separating(first, data.fixed, *conditional.ends())
    ready = prepared(data, conditional, first, points=points, further=further)
    best = estimate(ready.marginal, ready.start)
    for start in elsewhere:
        other = estimate(ready.marginal, start)
        agree = best.converged and abs(other.at.value - best.at.value) <= AS_LOW
        best = other if _better(other, best) else best
        if agree:
            break
    return Found(data, ready, best, separated, zero)


def _better(one: Estimate[MarginalEvaluation], best: Estimate[MarginalEvaluation]) -> bool:
    """Whether an optimum lies lower, or as low and is proved to be one."""
    if abs(one.at.value - best.at.value) <= AS_LOW:
        return one.converged and not best.converged
    return one.at.value < best.at.value
