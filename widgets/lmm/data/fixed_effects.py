"""The fixed effects of a model: the independent columns of its model matrix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..errors import NotEstimableError
from ..linalg import independent_columns, triangular_inverse
from .design import Frame, ModelMatrix

FEW = 3
"""Coefficients that an error names, which is enough to see a number that was read as text."""


@dataclass(frozen=True)
class FixedEffects:
    """The fixed part: the independent columns of X, also as Q R.

    Attributes
    ----------
    X : shape (n, p); Q : shape (n, p), orthonormal; R : shape (p, p), X = Q R
    R_inverse : shape (p, p)
    names, assign : of the columns kept
    dropped : names of columns left out because they depend on the others
    """

    X: Floats
    Q: Floats
    R: Floats
    R_inverse: Floats
    names: tuple[str, ...]
    assign: tuple[int, ...]
    dropped: tuple[str, ...]

    @property
    def p(self) -> int:
        """Number of coefficients."""
        return len(self.names)

    @property
    def logdet_R(self) -> float:
        """log|R'R| = log|X'X|."""
        return 2 * float(np.log(np.diagonal(self.R)).sum())

    def coefficients(self, coordinates: Floats) -> Floats:
        """The coefficients of X with the given ones of Q, shape (p,)."""
        return self.R_inverse @ coordinates

    def covariance(self, Phi: Floats) -> Floats:
        """The covariance of the coefficients of X from that of the ones of Q, shape (p, p)."""
        return self.R_inverse @ Phi @ self.R_inverse.T

    def by_name(self, values: Floats) -> dict[str, float]:
        """Values of shape (p,) by coefficient."""
        return dict(zip(self.names, values.tolist(), strict=True))


def fixed_effects(matrix: ModelMatrix, n: int) -> FixedEffects:
    """The independent columns of a model matrix.

    Raises
    ------
    NotEstimableError
        If there are no more observations than coefficients.
    """
    kept, Q, R = independent_columns(matrix.X)
    if len(kept) >= n:
        names = ", ".join([matrix.names[j] for j in kept[:FEW]] + ["…"] * (len(kept) > FEW))
        msg = (
            f"{n} observations cannot estimate {len(kept)} coefficients ({names}) and a variance; "
            "more observations or fewer terms are needed"
        )
        raise NotEstimableError(msg)
    chosen = set(kept.tolist())
    return FixedEffects(
        matrix.X if len(chosen) == matrix.X.shape[1] else matrix.X[:, kept],
        Q,
        R,
        triangular_inverse(R),
        tuple(matrix.names[j] for j in kept),
        tuple(matrix.assign[j] for j in kept),
        tuple(name for j, name in enumerate(matrix.names) if j not in chosen),
    )


def left_out(frame: Frame, fixed: FixedEffects) -> tuple[str, ...]:
    """Messages of the rows and columns that a model does without."""
    found = []
    if frame.omitted:
        found.append(f"{frame.omitted} rows with missing values were left out")
    if fixed.dropped:
        found.append(f"columns that depend on the others were dropped: {', '.join(fixed.dropped)}")
    return tuple(found)
