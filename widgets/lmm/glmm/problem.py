"""A formula, data and a distribution made into a criterion in well-scaled parameters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..likelihood.model import MixedData
from ..linalg import block_diagonal, cholesky, triangular_inverse
from .conditional import Conditional
from .marginal import Marginal
from .rows import precision, rows_of
from .start import WithoutRandomEffects, information, moment_theta


@dataclass(frozen=True)
class Prepared:
    """A criterion, where its search begins, and the way back to coefficients.

    beta = ``centre + basis @ x`` for the working coefficients x, which are zero at the model
    without random effects and have nearly unit information.

    Attributes
    ----------
    marginal : the criterion
    start : its parameters to begin with
    centre : shape (p,)
    basis : shape (p, p)
    """

    marginal: Marginal
    start: Floats
    centre: Floats
    basis: Floats


def prepared(
    data: MixedData,
    conditional: Conditional,
    first: WithoutRandomEffects,
    *,
    points: int = 1,
    further: Sequence[tuple[Floats, Floats]] = (),
) -> Prepared:
    """The criterion of a model.

    Parameters
    ----------
    first : the model without random effects, in terms of the orthonormal Q
    points : of the quadrature
    further : model matrix (n, r) and start values (r,) of each further predictor
    """
    rows = rows_of(data.factors, data.where)
    theta = moment_theta(data.factors, data.places, first.there)
    V = rows.Z @ block_diagonal([place.T(theta) for place in data.places])
    weight = first.there.weight
    known = information(rows, V, weight, precision(rows, V, weight), data.fixed.Q)
    C = triangular_inverse(cholesky(known).T)
    if not np.all(np.isfinite(C)):  # separation: nothing is known in its direction
        C = math.sqrt(data.n) * np.eye(data.fixed.p)
    marginal = Marginal(
        conditional,
        rows,
        data.fixed.Q @ C,
        data.frame.offset + data.fixed.Q @ first.beta,
        tuple(D for D, _ in further),
        data.places,
        points,
    )
    start = np.concatenate([theta, np.zeros(data.fixed.p), *(value for _, value in further)])
    R = data.fixed.R_inverse
    return Prepared(marginal, start, R @ first.beta, R @ C)
