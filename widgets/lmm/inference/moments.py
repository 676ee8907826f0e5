"""What Kenward-Roger and Satterthwaite need of the covariance matrix and its derivatives.

V = sum_i gamma_i G_i + I in units of sigma², one G_i = Z_a Z_b' + Z_b Z_a' (or Z_a Z_a') per
variance or covariance, and the last component G_e = I. With C = Z'V⁻¹Z and D = Z'V⁻¹X all traces
and products with the G_i are sums over entries of C and D, and those with G_e follow from

    V⁻¹ G_e = I - sum_i gamma_i V⁻¹ G_i.

Cost O(B m³) for B components with m random effects each: O(J) for one grouping factor with J
levels, O(q³) for crossed ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import Floats, Integers
from ..likelihood.criterion import Evaluation, Problem
from ..linalg import spd_inverse


@dataclass(frozen=True)
class Component:
    """One variance or covariance: columns ``a`` and ``b`` of each component, paired by level."""

    a: Integers
    b: Integers
    gamma: float

    @property
    def pairs(self) -> tuple[tuple[Integers, Integers], ...]:
        """The pair, and for a covariance also its mirror image."""
        return ((self.a, self.b),) if self.a is self.b else ((self.a, self.b), (self.b, self.a))


@dataclass(frozen=True)
class Moments:
    """Traces and products, the residual component last (c components in all).

    Attributes
    ----------
    XVX : shape (p, p), X'V⁻¹X
    P : shape (c, p, p), -X'V⁻¹ G_i V⁻¹ X
    Q : shape (c, c, p, p), X'V⁻¹ G_i V⁻¹ G_j V⁻¹ X
    trace : shape (c, c), tr(V⁻¹ G_i V⁻¹ G_j)
    quad : shape (c,), y'P G_i P y with P = V⁻¹ - V⁻¹X(X'V⁻¹X)⁻¹X'V⁻¹
    quad2 : shape (c, c), y'P G_i P G_j P y
    slope : shape (c,), tr(V⁻¹ G_i)
    """

    XVX: Floats
    P: Floats
    Q: Floats
    trace: Floats
    quad: Floats
    quad2: Floats
    slope: Floats


@dataclass(frozen=True)
class _Dense:
    """Per component: C (B, m, m), D (B, m, p), w = Z'Py (B, m)."""

    C: Floats
    D: Floats
    w: Floats


def moments(problem: Problem, at: Evaluation) -> Moments:
    """All moments at one theta, for the orthonormal X."""
    dense = _dense(problem, at)
    parts = components(problem, at)
    p, n = problem.p, problem.n
    gamma = np.array([part.gamma for part in parts])
    XVX = at.reduced.XyVXy[:p, :p]
    P = np.array([_P(dense, part) for part in parts]).reshape(len(parts), p, p)
    ED = [_weighted(part, dense.D) for part in parts]
    CED = [dense.C @ one for one in ED]
    Q = np.array([[np.tensordot(a, b, axes=([0, 1], [0, 1])) for b in CED] for a in ED])
    Q = Q.reshape(len(parts), len(parts), p, p)
    trace = np.array([[_trace(dense, a, b) for b in parts] for a in parts])
    slope = np.array([_slope(dense, part) for part in parts])
    Ew = [_weighted(part, dense.w[..., None])[..., 0] for part in parts]
    quad = np.array([float((one * dense.w).sum()) for one in Ew])
    wED = np.array([np.einsum("bm,bmp->p", one, dense.D) for one in Ew])
    CEw = [(dense.C @ one[..., None])[..., 0] for one in Ew]
    quad2 = np.array([[float((a * b).sum()) for b in CEw] for a in Ew])
    quad2 = quad2 - wED @ at.Phi @ wED.T
    return _with_residual(gamma, Moments(XVX, P, Q, trace, quad, quad2, slope), n, at.r2)


def components(problem: Problem, at: Evaluation) -> tuple[Component, ...]:
    """The variances and covariances in the order of theta."""
    where = problem.where
    inner = where.slots[0].size * problem.places[0].k
    found: dict[int, Component] = {}
    for number, (place, slots, T) in enumerate(zip(problem.places, where.slots, at.T, strict=True)):
        start = (inner if number else 0) + slots.offset
        first = start + np.arange(slots.size) * place.k
        columns = [first + a for a in range(place.k)]
        S = T @ T.T
        for index, a, b in zip(place.index, place.row, place.col, strict=True):
            found[int(index)] = Component(columns[a], columns[b], float(S[a, b]))
    return tuple(found[i] for i in sorted(found))


def _dense(problem: Problem, at: Evaluation) -> _Dense:
    """C and D by eliminating all random effects of a component at once."""
    A, where, p = problem.A, problem.where, problem.p
    B, s, k, r = A.A1r.shape
    m = s * k + r
    full, Lambda = np.zeros((B, m, m)), np.zeros((m, m))
    cells = np.arange(s)
    full[:, : s * k, : s * k].reshape(B, s, k, s, k)[:, cells, :, cells] = A.A11.swapaxes(0, 1)
    full[:, : s * k, s * k :] = A.A1r.reshape(B, s * k, r)
    full[:, s * k :, : s * k] = full[:, : s * k, s * k :].swapaxes(1, 2)
    full[:, s * k :, s * k :] = A.Arr
    for number, (slots, T) in enumerate(zip(where.slots, at.T, strict=True)):
        start = (s * k if number else 0) + slots.offset
        size = slots.size * len(T)
        Lambda[start : start + size, start : start + size] = np.kron(np.eye(slots.size), T)
    right = np.concatenate([A.A1x.reshape(B, s * k, -1), A.Arx], axis=1)
    AL = full @ Lambda
    H, _ = spd_inverse(Lambda.T @ AL + np.eye(m))
    ALH = AL @ H
    C = full - ALH @ AL.swapaxes(1, 2)
    D = right - ALH @ (Lambda.T @ right)
    return _Dense(C, D[..., :p], D[..., p] - D[..., :p] @ at.beta)


def _weighted(part: Component, D: Floats) -> Floats:
    """E_i D, where G_i = Z E_i Z'."""
    result = np.zeros_like(D)
    for a, b in part.pairs:
        result[:, a] += D[:, b]
    return result


def _P(dense: _Dense, part: Component) -> Floats:
    total = np.zeros((dense.D.shape[2],) * 2)
    for a, b in part.pairs:
        total -= np.tensordot(dense.D[:, a], dense.D[:, b], axes=([0, 1], [0, 1]))
    return total


def _slope(dense: _Dense, part: Component) -> float:
    return float(sum(dense.C[:, a, b].sum() for a, b in part.pairs))


def _trace(dense: _Dense, first: Component, second: Component) -> float:
    """tr(C E_i C E_j)."""
    total = 0.0
    for a, b in first.pairs:
        for c, d in second.pairs:
            block = dense.C[:, b[:, None], c]
            mirror = block if a is b and c is d else dense.C[:, a[:, None], d]
            total += float((block * mirror).sum())
    return total


def _with_residual(gamma: Floats, m: Moments, n: int, r2: float) -> Moments:
    """Add the residual component by V⁻¹ G_e = I - sum gamma_i V⁻¹ G_i."""
    Pe = -m.XVX - np.tensordot(gamma, m.P, axes=1)
    Qie = -m.P - np.einsum("j,ijab->iab", gamma, m.Q)
    Qee = -Pe - np.tensordot(gamma, Qie, axes=1)
    Q = np.concatenate([m.Q, Qie[:, None]], axis=1)
    last = np.concatenate([Qie.swapaxes(1, 2), Qee[None]])
    slope = np.append(m.slope, n - gamma @ m.slope)
    quad = np.append(m.quad, r2 - gamma @ m.quad)
    return Moments(
        m.XVX,
        np.concatenate([m.P, Pe[None]]),
        np.concatenate([Q, last[None]]),
        _bordered(m.trace, gamma, slope),
        quad,
        _bordered(m.quad2, gamma, quad),
        slope,
    )


def _bordered(table: Floats, gamma: Floats, total: Floats) -> Floats:
    side = total[:-1] - table @ gamma
    corner = total[-1] - gamma @ side
    whole = np.empty((len(total), len(total)))
    whole[:-1, :-1], whole[-1, -1] = table, corner
    whole[:-1, -1] = whole[-1, :-1] = side
    return whole
