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

from widgets.lmm.arrays import Floats
from widgets.lmm.errors import NotEstimableError
from widgets.lmm.gee.equations import At, MarginalData
from widgets.lmm.linalg import cholesky, eigen

Bias = Literal["MD", "KC", "FG"]

BOUND = 0.75
"""Fay and Graubard's b, which keeps one cluster from weighing too much."""

WHOLE = 1 - 1e-10
"""From here on a cluster's leverage counts as one."""


@dataclass(frozen=True)
class Sandwich:
    """Scores and information by cluster, in the coordinates of Q where X = QR.

    Attributes
    ----------
    M : shape (p, p), naive covariance
    scores : shape (J, p), U_i
    information : shape (J, p, p), B_i
    R, R_inverse : shape (p, p)
    names : of the J clusters
    """

    M: Floats
    scores: Floats
    information: Floats
    R: Floats
    R_inverse: Floats
    names: tuple[str, ...]

    def naive(self) -> Floats:
        """The covariance of the coefficients if the working correlation is right."""
        return self.R_inverse @ self.M @ self.R_inverse.T

    def robust(self, bias: Bias | None = None) -> Floats:
        """The sandwich, with the correction of that name; shape (p, p).

        Raises
        ------
        NotEstimableError
            If a cluster alone determines a coefficient, so that MD and KC divide by zero.
        """
        if bias is None:
            influence = self.scores @ self.M
        elif bias == "FG":
            influence = self._fay_graubard() @ self.M
        else:
            influence = self._by_leverage(-1.0 if bias == "MD" else -0.5)
        half = influence @ self.R_inverse.T
        return half.T @ half

    def _fay_graubard(self) -> Floats:
        """C_i U_i, which is defined by the columns of X, not of Q."""
        BM = np.swapaxes(self.R, 0, 1) @ (self.information @ self.M) @ self.R_inverse.T
        leverage = np.diagonal(BM, axis1=1, axis2=2)
        factor = 1 / np.sqrt(1 - np.minimum(BOUND, leverage))
        result: Floats = (self.scores @ self.R * factor) @ self.R_inverse
        return result

    def _by_leverage(self, power: float) -> Floats:
        """M C_i U_i with (I - H_i)^power, as rows."""
        L = cholesky(self.M)
        S = np.swapaxes(L, 0, 1) @ self.information @ L
        leverage, vectors = eigen((S + np.swapaxes(S, 1, 2)) / 2)
        whole = np.flatnonzero(leverage[:, -1] > WHOLE)
        if whole.size:
            msg = (
                f"cluster {self.names[int(whole[0])]!r} alone determines a coefficient: its "
                "residuals tell nothing of their variance, and the correction is not defined; "
                "use bias='FG' or None, or fewer terms"
            )
            raise NotEstimableError(msg)
        turned = np.einsum("jab,ja->jb", vectors, self.scores @ L)
        result: Floats = np.einsum("jab,jb->ja", vectors, (1 - leverage) ** power * turned) @ L.T
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
        clusters.names,
    )
