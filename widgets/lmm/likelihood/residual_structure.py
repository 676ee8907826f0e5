"""Residuals that correlate within groups and differ in variance: nlme's structures.

The covariance of a group over sigma² is D C D: C one of AR(1), CAR(1), compound symmetry or
unstructured, D the standard deviations relative to those of the first level of a factor, over the
roots of weights (Pinheiro & Bates 2000, §5.2 and §5.3). The parameters are free of bounds: atanh
phi, logit phi, and for an unstructured C the rows (x_1, …, x_(k-1), 1) of its Cholesky factor
before they get length one (Pinheiro & Bates 1996, Stat. Comput. 6:289).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from ..arrays import Floats, Integers
from ..data.factors import Factor
from ..linalg import cholesky, solve, spd_inverse

Correlation = Literal["AR1", "CAR1", "CS", "UN"]

CORRELATIONS = ("AR1", "CAR1", "CS", "UN")

STARTS = (-0.3, 0.1, 0.4, 0.7, 0.95)
"""Correlations from the best of which a search begins."""

STEP = 1e-3
"""Of the fourth-order differences of the covariance by its parameters."""

BOUND = 30.0
"""Parameters farther out are the boundary to double precision."""


@dataclass(frozen=True)
class Structure:
    """The covariance of residuals over sigma², by its parameters psi.

    Attributes
    ----------
    correlation : within groups, or None
    groups : of each row
    time : shape (n,), of each row; without it the rows of a group stand one step apart
    levels : whose standard deviations differ, or None
    weights : shape (n,), by which variances are divided, or None
    grouped : whether groups stay together without a correlation, for their random effects
    """

    correlation: Correlation | None
    groups: Factor
    time: Floats | None = None
    levels: Factor | None = None
    weights: Floats | None = None
    grouped: bool = False

    @cached_property
    def batches(self) -> tuple[Integers, ...]:
        """Rows of groups of one size, shape (groups, size) each, in order of time."""
        n = len(self.groups)
        if self.correlation is None and not self.grouped:
            return (np.arange(n, dtype=np.intp)[:, None],)
        keys = (self.groups.codes,) if self.time is None else (self.time, self.groups.codes)
        order = np.lexsort(keys).astype(np.intp)
        sizes = np.bincount(self.groups.codes)
        starts = np.cumsum(sizes) - sizes
        return tuple(
            order[starts[sizes == m][:, None] + np.arange(m)] for m in np.unique(sizes[sizes > 0])
        )

    @cached_property
    def places(self) -> Floats:
        """When each row is: its time, or its position in the group; shape (n,)."""
        if self.time is not None:
            return self.time
        place = np.zeros(len(self.groups))
        for rows in self.batches:
            place[rows] = np.arange(rows.shape[1])
        return place

    @cached_property
    def times(self) -> Floats:
        """The different times, ascending."""
        return np.unique(self.places)

    @property
    def size(self) -> int:
        """The largest number of rows of a group."""
        return max(rows.shape[1] for rows in self.batches)

    @property
    def inside(self) -> int:
        """Number of parameters of the correlation."""
        if self.correlation == "UN":
            return len(self.times) * (len(self.times) - 1) // 2
        return int(self.correlation is not None)

    @property
    def parameters(self) -> int:
        """Number of all parameters."""
        return self.inside + (0 if self.levels is None else len(self.levels.levels) - 1)

    def phi(self, psi: Floats) -> float | None:
        """The correlation's one parameter, if it has one."""
        if self.correlation in {None, "UN"}:
            return None
        z = min(max(float(psi[0]), -BOUND), BOUND)
        if self.correlation == "AR1":
            return math.tanh(z)
        share = 1 / (1 + math.exp(-z))
        if self.correlation == "CAR1":
            return share
        return (self.size * share - 1) / (self.size - 1)

    def deviations(self, psi: Floats) -> dict[str, float] | None:
        """Standard deviations by level, relative to the first."""
        if self.levels is None:
            return None
        values = [1.0, *np.exp(psi[self.inside :]).tolist()]
        return dict(zip(self.levels.levels, values, strict=True))

    def matrix(self, psi: Floats) -> Floats:
        """The correlations of an unstructured C between all times, shape (T, T)."""
        T = len(self.times)
        rows, columns = np.tril_indices(T, -1)
        L = np.eye(T)
        L[rows, columns] = psi[: self.inside]
        L = L / np.sqrt((L * L).sum(axis=1))[:, None]
        result: Floats = L @ L.T
        return result

    def blocks(self, psi: Floats) -> list[Floats]:
        """The covariances of the groups of each batch, shape (groups, size, size)."""
        scale, found = self.scale(psi), []
        for rows in self.batches:
            s = scale[rows]
            found.append(self._correlations(psi, rows) * s[:, :, None] * s[:, None, :])
        return found

    def scale(self, psi: Floats) -> Floats:
        """The standard deviation of each row over sigma, shape (n,)."""
        scale = np.ones(len(self.groups))
        if self.levels is not None:
            scale = np.exp(np.append(0.0, psi[self.inside :]))[self.levels.codes]
        return scale if self.weights is None else scale / np.sqrt(self.weights)

    def _correlations(self, psi: Floats, rows: Integers) -> Floats:
        place = self.places[rows]
        if self.correlation == "UN":
            index = np.searchsorted(self.times, place)
            between: Floats = self.matrix(psi)[index[:, :, None], index[:, None, :]]
            return between
        phi, same = self.phi(psi), np.eye(rows.shape[1])
        if phi is None:
            return np.broadcast_to(same, (*rows.shape, rows.shape[1]))
        if self.correlation == "CS":
            return np.broadcast_to(phi + (1 - phi) * same, (*rows.shape, rows.shape[1]))
        apart = np.abs(place[:, :, None] - place[:, None, :])
        return np.asarray(phi**apart, dtype=float)

    def _phi_slope(self, psi: Floats, b: int) -> Floats:
        """The derivative of the covariances of a batch by the one parameter of a correlation."""
        ends = []
        for step in (-2, -1, 1, 2):
            moved = psi.copy()
            moved[0] += step * STEP
            ends.append(self.blocks(moved)[b])
        slope: Floats = (ends[0] - 8 * ends[1] + 8 * ends[2] - ends[3]) / (12 * STEP)
        return slope

    def _matrix_slopes(self, psi: Floats) -> Floats:
        """The derivatives of :meth:`matrix` by its parameters, shape (inside, T, T)."""
        found = []
        for k in range(self.inside):
            ends = []
            for step in (-2, -1, 1, 2):
                moved = psi.copy()
                moved[k] += step * STEP
                ends.append(self.matrix(moved))
            found.append((ends[0] - 8 * ends[1] + 8 * ends[2] - ends[3]) / (12 * STEP))
        return np.array(found)

    def starts(self) -> list[Floats]:
        """Parameters from which to look for the best to begin with."""
        rest = np.zeros(self.parameters - self.inside)
        if self.correlation in {None, "UN"}:
            return [np.zeros(self.parameters)]
        found = []
        for phi in STARTS:
            if self.correlation == "AR1":
                z = math.atanh(phi)
            else:
                share = phi
                if self.correlation == "CS":
                    share = (phi * (self.size - 1) + 1) / self.size
                if not 0 < share < 1:
                    continue
                z = math.log(share / (1 - share))
            found.append(np.append(z, rest))
        if self.correlation == "CAR1":  # times may lie far apart
            found += [np.append(z, rest) for z in (5.0, 8.0, -3.0)]
        return found

    def whitened(self, psi: Floats, columns: Floats) -> tuple[Floats, float]:
        """The columns (n, m) with independent residuals of variance one, and log|covariance|."""
        result, logdet = np.empty_like(columns), 0.0
        for rows, R in zip(self.batches, self.blocks(psi), strict=True):
            L = cholesky(R)
            result[rows] = solve(L, columns[rows])
            logdet += 2 * float(np.log(np.diagonal(L, axis1=1, axis2=2)).sum())
        return result, logdet

    def correlated(self, psi: Floats, columns: Floats) -> Floats:
        """Columns (n, m) of independent residuals made to have the covariance."""
        result = np.empty_like(columns)
        for rows, R in zip(self.batches, self.blocks(psi), strict=True):
            result[rows] = cholesky(R) @ columns[rows]
        return result

    def derivative(
        self, psi: Floats, X: Floats, e: Floats, at: Weighing, Z: Floats | None = None
    ) -> Floats:
        """The derivative of a profiled criterion by psi, all else held; shape of psi.

        With V = R + Z S Z' of a group, S of the random effects, it is the sum of tr(G dR) over
        groups, G = V⁻¹ - V⁻¹X Phi X'V⁻¹ (for REML) - nu/r² V⁻¹e e'V⁻¹ (Harville 1977).

        Parameters
        ----------
        X : shape (n, p); e : shape (n,), residuals
        Z : shape (n, k), times a root of S
        """
        total = np.zeros(self.parameters)
        T = len(self.times)
        between, by_level = np.zeros(T * T), np.zeros(self.parameters - self.inside + 1)
        for b, (rows, R) in enumerate(zip(self.batches, self.blocks(psi), strict=True)):
            V = R if Z is None else R + Z[rows] @ Z[rows].swapaxes(1, 2)
            inverse, _ = spd_inverse(V)
            u = (inverse @ e[rows][..., None])[..., 0]
            G = inverse - at.precision * u[:, :, None] * u[:, None, :]
            if at.Phi is not None:
                W = inverse @ X[rows]
                G = G - W @ at.Phi @ W.swapaxes(1, 2)
            if self.correlation == "UN":
                index = np.searchsorted(self.times, self.places[rows])
                pair = (index[:, :, None] * T + index[:, None, :]).reshape(-1)
                scale = self.scale(psi)[rows]
                weight = (G * scale[:, :, None] * scale[:, None, :]).reshape(-1)
                between += np.bincount(pair, weights=weight, minlength=T * T)
            elif self.correlation is not None:
                total[0] += float((G * self._phi_slope(psi, b)).sum())
            if self.levels is not None:
                codes = self.levels.codes[rows].reshape(-1)
                share = 2 * (G * R).sum(axis=2).reshape(-1)
                by_level += np.bincount(codes, weights=share, minlength=len(by_level))
        if self.correlation == "UN":
            total[: self.inside] = np.einsum(
                "kts,ts->k", self._matrix_slopes(psi), between.reshape(T, T)
            )
        total[self.inside :] = by_level[1:]
        return total


@dataclass(frozen=True)
class Weighing:
    """What a criterion's derivative weighs: nu/r², and for REML (X'V⁻¹X)⁻¹."""

    precision: float
    Phi: Floats | None
