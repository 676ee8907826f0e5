"""The profiled deviance and REML criterion with their gradient.

Bates et al. (2015), eq. (34) and (41), with beta and sigma profiled out:

    d(theta)   = log|L|² + n (1 + log(2 pi r²/n))
    d_R(theta) = log|L|² + log|RX|² + (n - p)(1 + log(2 pi r²/(n - p)))

The gradient by T of a grouping factor is 2 (S T), lower triangle, with

    S = sum over levels of [Z'PZ]_ll - nu/r² w_l w_l',   w = Z'V⁻¹(y - X beta),

where P = V⁻¹ - V⁻¹X(X'V⁻¹X)⁻¹X'V⁻¹ for REML and V⁻¹ for ML, V in units of sigma²: the chain rule on
d log|V| = tr(V⁻¹ dV) with dV = Z (dT T' + T dT') Z'. Bates et al., eq. (45)-(47), have it for the
deviance; Harville (1977, J. Am. Stat. Assoc. 72:320) for REML.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..linalg import spd_inverse
from .crossproducts import CrossProducts
from .layout import Layout
from .pls import Reduced, left, product, reduce, right_outer
from .theta import Place


@dataclass(frozen=True)
class Problem:
    """A model ready for its criterion to be evaluated.

    Attributes
    ----------
    A : cross-products, with orthonormal X and with y free of X
    where : layout of the levels
    places : where theta stands in the factors T
    n, p : numbers of observations and of fixed effects
    REML : which criterion
    logdet_R : 2 log|R| of X = Q R, which the orthonormal X leaves out of the REML criterion
    logdet_C : log-determinant of the residuals' correlation, whose rows A has independent
    """

    A: CrossProducts
    where: Layout
    places: tuple[Place, ...]
    n: int
    p: int
    REML: bool
    logdet_R: float
    logdet_C: float = 0.0

    @property
    def nu(self) -> int:
        """Divisor of the residual sum of squares."""
        return self.n - self.p if self.REML else self.n

    def evaluate(self, theta: Floats) -> Evaluation:
        """The criterion at theta."""
        return evaluate(self, theta)

    def gradient(self, at: Evaluation) -> Floats:
        """Derivative of the criterion by theta, shape of theta."""
        return gradient(self, at)


@dataclass(frozen=True)
class Evaluation:
    """Everything known at one theta (beta for the orthonormal X; sigma = 1 in Phi).

    ``value`` is infinite where the criterion cannot be computed.
    """

    theta: Floats
    T: tuple[Floats, ...]
    value: float
    reduced: Reduced
    Phi: Floats
    beta: Floats
    r2: float


def evaluate(problem: Problem, theta: Floats) -> Evaluation:
    """The criterion at theta."""
    return evaluate_at(problem, theta, tuple(place.T(theta) for place in problem.places))


def evaluate_at(problem: Problem, theta: Floats, T: tuple[Floats, ...]) -> Evaluation:
    """The criterion at relative covariance factors T, which need not be triangular."""
    reduced = reduce(problem.A, problem.where, T)
    p, nu = problem.p, problem.nu
    Phi, logdet_RX = spd_inverse(reduced.XyVXy[:p, :p])
    Xy = reduced.XyVXy[:p, p]
    beta = Phi @ Xy
    r2 = float(reduced.XyVXy[p, p] - beta @ Xy)
    value = math.inf
    if r2 > 0:
        value = problem.logdet_C + reduced.logdet + nu * (1 + math.log(2 * math.pi * r2 / nu))
        if problem.REML:
            value += float(logdet_RX) + problem.logdet_R
    return Evaluation(theta, T, value if value == value else math.inf, reduced, Phi, beta, r2)  # noqa: PLR0124  NaN


def gradient(problem: Problem, at: Evaluation) -> Floats:
    """Derivative of the criterion by theta, shape of theta."""
    grad = np.zeros(len(at.theta))
    scores = score(problem, at, problem.nu / at.r2)
    for place, ST in zip(problem.places, scores, strict=True):
        grad[place.index] = 2 * ST[place.row, place.col]
    return grad


def score(problem: Problem, at: Evaluation, precision: float) -> list[Floats]:
    """S T of each grouping factor, shape (k, k): half the derivative of the criterion by T.

    ``precision`` stands before w w' in S: nu/r² where sigma is profiled out, else 1/sigma².
    """
    traces = _traces(problem.A, problem.where, at)
    D1, Dr = projections(problem.A, at.reduced)
    scores = []
    for number, (slots, T, trace) in enumerate(zip(problem.where.slots, at.T, traces, strict=True)):
        k = len(T)
        if number == 0:
            D = D1.reshape(-1, k, D1.shape[-1])
        else:
            D = Dr[:, slots.offset : slots.offset + slots.size * k].reshape(-1, k, Dr.shape[-1])
        DX = D[..., : problem.p]
        w = D[..., problem.p] - DX @ at.beta
        S = -precision * (w.T @ w)
        if problem.REML:
            S = S - _sum_of_outer(DX @ at.Phi, DX)
        scores.append(trace + left(S, T))
    return scores


def _sum_of_outer(a: Floats, b: Floats) -> Floats:
    """Sum over blocks of a b', shapes (J, k, p), (J, k, p) and (k, k)."""
    k = a.shape[1]
    if k == 1:
        return np.array([[a.reshape(-1) @ b.reshape(-1)]])
    return a.swapaxes(0, 1).reshape(k, -1) @ b.swapaxes(0, 1).reshape(k, -1).T


def projections(A: CrossProducts, reduced: Reduced) -> tuple[Floats, Floats]:
    """Z'V⁻¹[X y], by inner levels (B, s, k, p + 1) and outer columns (B, r, p + 1)."""
    D1 = A.A1x - product(A.A11, reduced.B1)
    if not A.Arr.size:
        return D1, A.Arx
    B, s, k, r = A.A1r.shape
    coupling = A.A1r.reshape(B, s * k, r)
    D1 = D1 - (coupling @ reduced.Br).reshape(D1.shape)
    flat = reduced.B1.reshape(B, s * k, -1)
    return D1, A.Arx - coupling.swapaxes(1, 2) @ flat - A.Arr @ reduced.Br


def _traces(A: CrossProducts, where: Layout, at: Evaluation) -> list[Floats]:
    """Sums over levels of the diagonal blocks of Z'V⁻¹Z Lambda, for each grouping factor.

    Z'V⁻¹Z Lambda = A Lambda H with H the inverse of Lambda'A Lambda + I.
    """
    T1, reduced = at.T[0], at.reduced
    B, s, k, r = A.A1r.shape
    AT = A.A11 * T1[0, 0] if k == 1 else A.A11 @ T1
    total = product(AT, reduced.M).sum(axis=(0, 1))
    if r == 0:
        return [total]
    coupling = right_outer(A.A1r, where, at.T)
    fill = product(AT, reduced.G) - coupling
    HG = (reduced.G.reshape(B, s * k, r) @ reduced.H).reshape(reduced.G.shape)
    total = total + np.einsum("bsir,bsjr->ij", fill, HG)
    outer = right_outer(reduced.K, where, at.T)
    traces = [total]
    for slots, T in zip(where.slots[1:], at.T[1:], strict=True):
        rows = slice(slots.offset, slots.offset + slots.size * len(T))
        shape = (B, slots.size, len(T), r)
        a, b = outer[:, rows].reshape(shape), reduced.H[:, rows].reshape(shape)
        traces.append(np.einsum("bsir,bsjr->ij", a, b))
    return traces
