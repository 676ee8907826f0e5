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


@dataclass(frozen=True)
class Found:
    """What a search has found.

    Attributes
    ----------
    data : the model's matrices
    ready : the criterion and the way back from its parameters
    optimum : where it is least
    separated : coefficients without a finite estimate
    zero : the zero-inflated part, if there is one
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


def search(
    data: MixedData,
    conditional: Conditional,
    first: WithoutRandomEffects,
    *,
    points: int = 1,
    further: Sequence[tuple[Floats, Floats]] = (),
    zero: ZeroPart | None = None,
) -> Found:
    """The optimum of a model's marginal likelihood.

    Parameters
    ----------
    first : the model without random effects, in terms of the orthonormal Q
    points : of the quadrature, 1 for Laplace's approximation
    further : model matrix (n, r) and start values (r,) of each further predictor
    """
    separated = separating(first, data.fixed, *conditional.ends())
    ready = prepared(data, conditional, first, points=points, further=further)
    return Found(data, ready, estimate(ready.marginal, ready.start), separated, zero)
