"""Robust covariances of the coefficients, with corrections for few clusters.

With U_i = D_i'V_i⁻¹(y_i - mu_i), B_i = D_i'V_i⁻¹D_i and the naive covariance M = (sum B_i)⁻¹
all are

    M (sum_i C_i U_i U_i' C_i') M.

Write M = LL' and S_i = L'B_iL, symmetric with eigenvalues in [0, 1]. Since
D'V⁻¹ f(D M D'V⁻¹) = f(B M) D'V⁻¹, the corrections by the n_i x n_i leverage H_i = D_i M D_i'V_i⁻¹
need only p x p matrices: L' C_i U_i = f(S_i) L'U_i.

==== ============================================ ===========================================
name C_i U_i                                      source
==== ============================================ ===========================================
None U_i                                          Liang & Zeger (1986), Biometrika 73:13
MD   D_i'V_i⁻¹ (I - H_i)⁻¹ (y_i - mu_i)           Mancl & DeRouen (2001), Biometrics 57:126
KC   D_i'V_i⁻¹ (I - H_i)^(-1/2) (y_i - mu_i)      Kauermann & Carroll (2001), JASA 96:1387
FG   diag{1 - min(b, [B_i M]_jj)}^(-1/2) U_i      Fay & Graubard (2001), Biometrics 57:1198
==== ============================================ ===========================================
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ..arrays import Floats
from ..linalg import cholesky, eigen
from .equations import At, MarginalData

Bias = Literal["MD", "KC", "FG"]

BIASES = (None, "MD", "KC", "FG")
"""The corrections that can be asked for, and none."""

BOUND = 0.75
"""Fay and Graubard's b, which keeps one cluster from weighing too much."""

WHOLE = 1 - 1e-10
"""From here on a cluster's leverage counts as one."""


@dataclass(frozen=True)
class Sandwich:
    """Scores and information by cluster, in the coordinates of Q where X = QR; of one or many fits.

    Attributes
    ----------
    M : shape (..., p, p), naive covariance
    scores : shape (..., J, p), U_i
    information : shape (..., J, p, p), B_i
    R, R_inverse : shape (p, p)
    """

    M: Floats
    scores: Floats
    information: Floats
    R: Floats
    R_inverse: Floats

    def naive(self) -> Floats:
        """The covariance of the coefficients if the working correlation is right; (..., p, p)."""
        return self.R_inverse @ self.M @ self.R_inverse.T

    def robust(self, bias: Bias | None = None) -> Floats:
        """The sandwich with the correction of that name, shape (..., p, p); NaN where it has none.

        MD and KC have none where a cluster alone determines a coefficient.
        """
        influence = self.influence(bias)
        return np.swapaxes(influence, -1, -2) @ influence

    def influence(self, bias: Bias | None = None) -> Floats:
        """What each cluster adds to the coefficients, M C_i U_i as rows; shape (..., J, p)."""
        if bias is None:
            return self.scores @ self.M @ self.R_inverse.T
        if bias == "FG":
            return self._fay_graubard() @ self.M @ self.R_inverse.T
        return self._by_leverage(-1.0 if bias == "MD" else -0.5) @ self.R_inverse.T

    def _fay_graubard(self) -> Floats:
        """C_i U_i, which is defined by the columns of X, not of Q."""
        BM = self.R.T @ (self.information @ self.M[..., None, :, :]) @ self.R_inverse.T
        leverage = np.diagonal(BM, axis1=-2, axis2=-1)
        factor = 1 / np.sqrt(1 - np.minimum(BOUND, leverage))
        result: Floats = (self.scores @ self.R * factor) @ self.R_inverse
        return result

    def _by_leverage(self, power: float) -> Floats:
        """M C_i U_i with (I - H_i)^power, as rows."""
        L = cholesky(self.M)
        LT = np.swapaxes(L, -1, -2)
        S = LT[..., None, :, :] @ self.information @ L[..., None, :, :]
        leverage, vectors = eigen((S + np.swapaxes(S, -1, -2)) / 2)
        left = np.where(leverage < WHOLE, 1 - leverage, np.nan)
        turned = np.einsum("...ab,...a->...b", vectors, self.scores @ L)
        result: Floats = np.einsum("...ab,...b->...a", vectors, left**power * turned) @ LT
        return result


def sandwich_of(data: MarginalData, at: At) -> Sandwich:
    """The parts of the sandwich where the equations are solved."""
    (n, p), clusters = at.D.shape, data.clusters
    products = (at.D[:, :, None] * at.RD[:, None, :]).reshape(n, p * p)
    return Sandwich(
        at.scale * at.bread,
        clusters.totals(at.RD * at.weighted[:, None]) / at.scale,
        clusters.totals(products).reshape(-1, p, p) / at.scale,
        data.fixed.R,
        data.fixed.R_inverse,
    )
