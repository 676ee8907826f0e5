"""Arithmetic of truncated Taylor series: exact derivatives of a log-density from its formula.

A series in the linear predictor, to the third order, beside one to the second order for the first
derivative by each further predictor: all that Laplace's approximation and its gradient need
(Griewank & Walther 2008, *Evaluating Derivatives*, ch. 13: products are convolutions, functions
follow from their derivatives at the centre).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..arrays import Floats
from ..distributions.polygamma import log_gamma
from ..families import LARGEST_LOG
from .conditional import Derivatives, Further

Four = tuple[Floats, Floats, Floats, Floats]
Three = tuple[Floats, Floats, Floats]

ZERO = np.zeros(())

MANY = 3e3
"""From x beyond this many times y the series of :func:`rising` is exact to double precision."""


@dataclass(frozen=True)
class Taylor:
    """A quantity near one point.

    Attributes
    ----------
    c : coefficients of 1, e, e², e³ in the distance e of the linear predictor
    d : for each further predictor those of 1, e, e² of the derivative by it
    """

    c: Four
    d: tuple[Three, ...]

    def __add__(self, other: Taylor | Floats | float) -> Taylor:
        """The sum."""
        if not isinstance(other, Taylor):
            return Taylor((self.c[0] + other, *self.c[1:]), self.d)
        c0, c1, c2, c3 = (a + b for a, b in zip(self.c, other.c, strict=True))
        parts = zip(self.d, other.d, strict=True)
        return Taylor(
            (c0, c1, c2, c3), tuple((a[0] + b[0], a[1] + b[1], a[2] + b[2]) for a, b in parts)
        )

    def __neg__(self) -> Taylor:
        """Minus the quantity."""
        return self * -1.0

    def __sub__(self, other: Taylor | Floats | float) -> Taylor:
        """The difference."""
        return self + (-other)

    def __mul__(self, other: Taylor | Floats | float) -> Taylor:
        """The product."""
        if not isinstance(other, Taylor):
            c0, c1, c2, c3 = (a * other for a in self.c)
            return Taylor(
                (c0, c1, c2, c3), tuple((a[0] * other, a[1] * other, a[2] * other) for a in self.d)
            )
        a, b = self.c, other.c
        c = (
            a[0] * b[0],
            a[0] * b[1] + a[1] * b[0],
            a[0] * b[2] + a[1] * b[1] + a[2] * b[0],
            a[0] * b[3] + a[1] * b[2] + a[2] * b[1] + a[3] * b[0],
        )
        return Taylor(
            c,
            tuple(
                (
                    p[0] * b[0] + a[0] * q[0],
                    p[0] * b[1] + p[1] * b[0] + a[0] * q[1] + a[1] * q[0],
                    p[0] * b[2]
                    + p[1] * b[1]
                    + p[2] * b[0]
                    + a[0] * q[2]
                    + a[1] * q[1]
                    + a[2] * q[0],
                )
                for p, q in zip(self.d, other.d, strict=True)
            ),
        )

    def through(self, f: Callable[[Floats], Four]) -> Taylor:
        """A function of the quantity, from its value and first three derivatives."""
        f0, f1, f2, f3 = f(self.c[0])
        _, a, b, g = self.c
        h1, h2 = f2 * a, f2 * b + f3 * a * a / 2
        return Taylor(
            (f0, f1 * a, f1 * b + f2 * a * a / 2, f1 * g + f2 * a * b + f3 * a * a * a / 6),
            tuple(
                (p[0] * f1, p[1] * f1 + p[0] * h1, p[2] * f1 + p[1] * h1 + p[0] * h2)
                for p in self.d
            ),
        )


def predictors(eta: Floats, further: tuple[Floats, ...]) -> tuple[Taylor, ...]:
    """The linear predictor and the further ones, as variables."""
    m, one = len(further), np.ones(())
    nothing = (ZERO, ZERO, ZERO)
    found = [Taylor((eta, one, ZERO, ZERO), (nothing,) * m)]
    for k, value in enumerate(further):
        d = tuple((one, ZERO, ZERO) if j == k else nothing for j in range(m))
        found.append(Taylor((value, ZERO, ZERO, ZERO), d))
    return tuple(found)


def exp(x: Taylor) -> Taylor:
    """The exponential."""

    def f(v: Floats) -> Four:
        e = np.exp(np.clip(v, -LARGEST_LOG, LARGEST_LOG))
        return e, e, e, e

    return x.through(f)


def log(x: Taylor) -> Taylor:
    """The logarithm."""

    def f(v: Floats) -> Four:
        r = 1 / v
        return np.log(v), r, -r * r, 2 * r * r * r

    return x.through(f)


def log1p(x: Taylor) -> Taylor:
    """The logarithm of 1 + x."""

    def f(v: Floats) -> Four:
        r = 1 / (1 + v)
        return np.log1p(v), r, -r * r, 2 * r * r * r

    return x.through(f)


def reciprocal(x: Taylor) -> Taylor:
    """One over x."""

    def f(v: Floats) -> Four:
        r = 1 / v
        return r, -r * r, 2 * r**3, -6 * r**4

    return x.through(f)


def softplus(x: Taylor) -> Taylor:
    """log(1 + exp(x))."""

    def f(v: Floats) -> Four:
        p = _logistic(v)
        q = p * _logistic(-v)
        return np.logaddexp(0.0, v), p, q, q * (1 - 2 * p)

    return x.through(f)


def logistic(x: Taylor) -> Taylor:
    """1/(1 + exp(-x))."""

    def f(v: Floats) -> Four:
        p, q = _logistic(v), _logistic(-v)
        return p, p * q, p * q * (q - p), p * q * (1 - 6 * p * q)

    return x.through(f)


def _logistic(v: Floats) -> Floats:
    result: Floats = 1 / (1 + np.exp(np.clip(-v, -LARGEST_LOG, LARGEST_LOG)))
    return result


def log1mexp(x: Taylor) -> Taylor:
    """log(1 - exp(-x)) for x > 0."""

    def f(v: Floats) -> Four:
        v = np.maximum(v, 1e-300)
        q, rest = np.exp(-v), -np.expm1(-v)
        first = q / rest
        return np.log(rest), first, -first / rest, first * (1 + q) / rest**2

    return x.through(f)


def lgamma(x: Taylor) -> Taylor:
    """The logarithm of the gamma function, for x > 0."""
    return x.through(log_gamma)


def rising(x: Taylor, y: Floats) -> Taylor:
    """The sum of log(1 + j/x) over j < y: log gamma(x + y)/(gamma(x) x^y), for whole y.

    By its series where x is large, so that nothing is lost.
    """

    def f(v: Floats) -> Four:
        far = v > MANY * (y + 1)
        near = np.where(far, 1.0, v)
        a, b, r = log_gamma(near + y), log_gamma(near), 1 / near
        exact = (
            a.value - b.value - y * np.log(near),
            a.first - b.first - y * r,
            a.second - b.second + y * r * r,
            a.third - b.third - 2 * y * r**3,
        )
        if not np.any(far):
            return exact
        one, r = y * (y - 1) / 2, 1 / v
        two, three = -one * (2 * y - 1) / 6, one * one / 3
        series = (
            ((three * r + two) * r + one) * r,
            -((3 * three * r + 2 * two) * r + one) * r**2,
            ((12 * three * r + 6 * two) * r + 2 * one) * r**3,
            -((60 * three * r + 24 * two) * r + 6 * one) * r**4,
        )
        w, z, p, q = (np.where(far, s, e) for s, e in zip(series, exact, strict=True))
        return w, z, p, q

    return x.through(f)


def where(rows: NDArray[np.bool_], a: Taylor, b: Taylor) -> Taylor:
    """The one quantity in some rows, the other elsewhere."""
    c0, c1, c2, c3 = (np.where(rows, p, q) for p, q in zip(a.c, b.c, strict=True))
    pairs = zip(a.d, b.d, strict=True)
    return Taylor(
        (c0, c1, c2, c3),
        tuple(
            (np.where(rows, p[0], q[0]), np.where(rows, p[1], q[1]), np.where(rows, p[2], q[2]))
            for p, q in pairs
        ),
    )


def derivatives(x: Taylor) -> Derivatives:
    """A log-density's series as what the marginal likelihood needs, all of the shape of eta."""
    shape = np.broadcast_shapes(*(np.shape(one) for one in x.c))

    def full(value: Floats) -> Floats:
        return np.broadcast_to(value, shape) * 1.0

    observed = full(-2 * x.c[2])
    by_further = tuple(Further(full(d[0]), full(d[1]), full(-2 * d[2])) for d in x.d)
    return Derivatives(
        full(x.c[0]), full(x.c[1]), observed, observed, full(-6 * x.c[3]), by_further
    )
