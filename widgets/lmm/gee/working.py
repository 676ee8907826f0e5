"""Working correlations: what rows of a cluster are taken to share, estimated as geepack does.

Each estimates one number alpha from all pairs of rows j, k of a cluster, as the least squares fit
of their correlation rho_jk(alpha) to r_j r_k / phi, with weights w_j w_k (Halekoh, Højsgaard & Yan
2006, J. Stat. Softw. 15(2), §2; Yan & Fine 2004, Stat. Med. 23:859). None forms the correlation
matrix R: its inverse is applied through sums over clusters or neighbours.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..arrays import Floats, Integers
from ..linalg import eigen, solve
from .clusters import Clusters

GRID = np.tanh(np.linspace(-7, 7, 281))
"""Where the search for an autocorrelation begins."""

NEWTON_STEPS = 50
TINY_STEP = 4e-16


Alpha = float | Floats | None
"""The one parameter of a correlation, the matrix (T, T) of an unstructured one, or nothing."""


class WorkingCorrelation(Protocol):
    """A correlation structure."""

    def estimate(self, r: Floats, w: Floats, phi: float, clusters: Clusters) -> Alpha:
        """Alpha from Pearson residuals ``r`` (n,) with weights ``w`` (n,) and scale ``phi``."""

    def solve(self, values: Floats, alpha: Alpha, clusters: Clusters) -> Floats:
        """R⁻¹ times the columns of ``values`` (n, m)."""

    def least_eigenvalue(self, alpha: Alpha, clusters: Clusters) -> float:
        """A bound below all eigenvalues of R, in every cluster; zero if R has no inverse."""


class Independence:
    """R = I."""

    def estimate(self, r: Floats, w: Floats, phi: float, clusters: Clusters) -> None:  # noqa: ARG002
        """Nothing."""
        return

    def solve(self, values: Floats, alpha: Alpha, clusters: Clusters) -> Floats:  # noqa: ARG002
        """The values themselves."""
        return values

    def least_eigenvalue(self, alpha: Alpha, clusters: Clusters) -> float:  # noqa: ARG002
        """One."""
        return 1.0


class Exchangeable:
    """The same correlation between any two rows of a cluster."""

    def estimate(self, r: Floats, w: Floats, phi: float, clusters: Clusters) -> float:
        """The weighted mean of r_j r_k / phi over all pairs."""
        weighted = np.column_stack([w * r, w])
        pairs = clusters.totals(weighted) ** 2 - clusters.totals(weighted * weighted)
        products, weights = pairs.sum(axis=0)
        return float(products / weights / phi) if weights > 0 else 0.0

    def solve(self, values: Floats, alpha: Alpha, clusters: Clusters) -> Floats:
        """Each value minus a share of its cluster's sum."""
        a = _number(alpha)
        share = a / (1 + (clusters.sizes - 1) * a)
        shared = share[:, None] * clusters.totals(values)
        return (values - shared[clusters.code]) / (1 - a)

    def least_eigenvalue(self, alpha: Alpha, clusters: Clusters) -> float:
        """The smaller of 1 - alpha and 1 + (m - 1) alpha for the largest cluster's m."""
        a = _number(alpha)
        return min(1 - a, 1 + (int(clusters.sizes.max()) - 1) * a)


class AutoRegressive:
    """Correlation alpha^|s - t| by the times s, t of two rows, or by their positions."""

    def estimate(self, r: Floats, w: Floats, phi: float, clusters: Clusters) -> float:
        """The alpha in (-1, 1) whose powers fit r_j r_k / phi best, over all lags."""
        weights, products = _by_lag(w, clusters), _by_lag(w * r, clusters) / phi
        most = len(weights)
        if not np.any(weights > 0):
            return 0.0
        # sum of weights (alpha^d)² - 2 products alpha^d, highest power first
        misfit = np.zeros(2 * most + 1)
        misfit[-3::-2] = weights
        misfit[-2 : -most - 2 : -1] -= 2 * products
        return _least(misfit)

    def solve(self, values: Floats, alpha: Alpha, clusters: Clusters) -> Floats:
        """By the tridiagonal inverse."""
        linked = clusters.position[1:] > 0
        since = np.where(linked, np.diff(clusters.time), 1)
        link = np.where(linked, _number(alpha) ** since, 0.0)[:, None]
        result = values.copy()
        result[1:] = (values[1:] - link * values[:-1]) / (1 - link * link)
        result[:-1] -= link * result[1:]
        return result

    def least_eigenvalue(self, alpha: Alpha, clusters: Clusters) -> float:  # noqa: ARG002
        """The least of the spectral density, (1 - |alpha|)/(1 + |alpha|)."""
        a = abs(_number(alpha))
        return (1 - a) / (1 + a)


class Unstructured:
    """A correlation of its own for each two times."""

    def estimate(self, r: Floats, w: Floats, phi: float, clusters: Clusters) -> Floats:
        """The weighted means of r_j r_k / phi over the clusters with both times, shape (T, T)."""
        index, T = _places(clusters)
        products, weights = np.zeros(T * T), np.zeros(T * T)
        for rows in clusters.batches:
            pair = (index[rows][:, :, None] * T + index[rows][:, None, :]).reshape(-1)
            wr, ww = (w * r)[rows], w[rows]
            both = (wr[:, :, None] * wr[:, None, :]).reshape(-1)
            products += np.bincount(pair, weights=both, minlength=T * T)
            both = (ww[:, :, None] * ww[:, None, :]).reshape(-1)
            weights += np.bincount(pair, weights=both, minlength=T * T)
        found = products / np.where(weights > 0, weights, 1.0) / phi
        matrix: Floats = found.reshape(T, T)
        np.fill_diagonal(matrix, 1.0)
        return matrix

    def solve(self, values: Floats, alpha: Alpha, clusters: Clusters) -> Floats:
        """By the matrices of the clusters, those of one size side by side."""
        index, _ = _places(clusters)
        R, result = np.asarray(alpha), np.empty_like(values)
        for rows in clusters.batches:
            own = R[index[rows][:, :, None], index[rows][:, None, :]]
            result[rows] = solve(own, values[rows])
        return result

    def least_eigenvalue(self, alpha: Alpha, clusters: Clusters) -> float:  # noqa: ARG002
        """The least one of the whole matrix, below all of its parts' (interlacing)."""
        return float(eigen(np.asarray(alpha))[0][0])


def seen_together(clusters: Clusters) -> NDArray[np.bool_]:
    """Whether some cluster has both of two times, shape (T, T)."""
    index, T = _places(clusters)
    found = np.zeros(T * T, dtype=bool)
    for rows in clusters.batches:
        found[(index[rows][:, :, None] * T + index[rows][:, None, :]).reshape(-1)] = True
    return found.reshape(T, T)


def _places(clusters: Clusters) -> tuple[Integers, int]:
    """The place of each row's time among all times, shape (n,), and their number."""
    times, index = np.unique(clusters.time, return_inverse=True)
    return index.reshape(-1), len(times)


def _number(alpha: Alpha) -> float:
    return 0.0 if alpha is None else float(np.asarray(alpha))


CORRELATIONS: dict[str, WorkingCorrelation] = {
    "independence": Independence(),
    "exchangeable": Exchangeable(),
    "ar1": AutoRegressive(),
    "unstructured": Unstructured(),
}


def _by_lag(values: Floats, clusters: Clusters) -> Floats:
    """The sums of v_j v_k within clusters by how far apart in time, from one on; shape (most,)."""
    ends = np.cumsum(clusters.sizes)
    spans = clusters.time[ends - 1] - clusters.time[ends - clusters.sizes]
    found = np.zeros(int(spans.max(initial=0)))
    for steps in range(1, int(clusters.sizes.max())):
        together = clusters.position[steps:] >= steps
        apart = (clusters.time[steps:] - clusters.time[:-steps])[together]
        products = (values[steps:] * values[:-steps])[together]
        found += np.bincount(apart - 1, products, minlength=len(found))
    return found


def _least(polynomial: Floats) -> float:
    """Where in (-1, 1) the polynomial is least: the best of a grid, then Newton's steps."""
    best = int(np.argmin(np.polyval(polynomial, GRID)))
    low, high = GRID[max(best - 1, 0)], GRID[min(best + 1, len(GRID) - 1)]
    slope = np.polyder(polynomial)
    curvature = np.polyder(slope)
    x = float(GRID[best])
    for _ in range(NEWTON_STEPS):
        bend = float(np.polyval(curvature, x))
        step = -float(np.polyval(slope, x)) / bend if bend > 0 else 0.0
        moved = float(np.clip(x + step, low, high))
        if abs(moved - x) < TINY_STEP:
            break
        x = moved
    return x
