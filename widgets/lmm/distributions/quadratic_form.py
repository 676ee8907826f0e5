"""Sums of weighted chi-squared variables, such as the numerator of an F test less its bound."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from ..arrays import Floats

NODES = 4096
"""Gauss-Legendre nodes of the integral, in panels of 32."""

PANEL = 32


def positive_probability(
    weights: Sequence[float], df: Sequence[float], ncp: Sequence[float]
) -> float:
    """P(Σ w_k χ²(df_k, ncp_k) > 0), absolute accuracy about 1e-8 from five degrees of freedom on.

    Parameters
    ----------
    weights : of either sign, shape (K,); zeros are left out
    df : degrees of freedom, above 0, shape (K,)
    ncp : noncentralities, at least 0, shape (K,)

    Notes
    -----
    Imhof (1961, Biometrika 48:419, eq. 3.2): 1/2 + 1/π ∫ sin θ(u) / (u ρ(u)) du over u > 0, here
    with u = v/(1 − v) and v in (0, 1).
    """
    w, nu, delta2 = (np.asarray(values, dtype=float) for values in (weights, df, ncp))
    used = (w != 0) & (nu > 0)
    if not used.any():
        return 0.0
    w, nu, delta2 = w[used], nu[used], delta2[used]
    w = w / np.abs(w).max()
    v, dv = _rule()
    u = (v / (1 - v))[:, None]
    wu = w * u
    square = wu * wu
    theta = 0.5 * (nu * np.arctan(wu) + delta2 * wu / (1 + square)).sum(axis=1)
    log_rho = (0.25 * nu * np.log1p(square) + 0.5 * delta2 * square / (1 + square)).sum(axis=1)
    integrand = np.sin(theta) * np.exp(-log_rho) / (v * (1 - v))
    return float(np.clip(0.5 + (integrand * dv).sum() / np.pi, 0.0, 1.0))


@cache
def _rule() -> tuple[Floats, Floats]:
    """Nodes and weights on (0, 1), panel by panel."""
    x, weight = np.polynomial.legendre.leggauss(PANEL)  # type: ignore[no-untyped-call]
    panels = NODES // PANEL
    left = np.arange(panels)[:, None] / panels
    nodes = left + (x + 1) / (2 * panels)
    return nodes.ravel(), np.tile(weight / (2 * panels), panels)
