"""The likelihood of the two standard deviations of a random-intercept model.

y = a + Xc b + u[group] + e with centred columns Xc, u ~ N(0, tau²), e ~ N(0, sigma²), b flat, and
the intercept a ~ t(3, location, scale): N(location, scale²/lambda) with lambda ~ Gamma(3/2, 3/2).
Given tau, sigma and lambda everything is normal and integrated in closed form (Lindley & Smith
1972, JRSS B 34:1); lambda is a sum of few terms. Data enter only through sums over groups, added
up over groups of one size: in a group of m rows V⁻¹ is 1/sigma² within it, 1/(sigma² + m tau²) for
its mean.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..data.factors import Factor
from ..data.sums import sum_rows
from ..linalg import independent_columns, spd_inverse, triangular_inverse
from .priors import DEFAULT_DF, Defaults
from .quadrature import half_line

X, WEIGHT = half_line(-2.4, 3.6, 18)
"""Nodes and weights of x = 3/2 lambda, for a relative error below 1e-9 at any variance."""

LAMBDA = X / (DEFAULT_DF / 2)
LOG_WEIGHT = np.log(WEIGHT) + np.log(X) - X


@dataclass(frozen=True)
class Sums:
    """What the likelihood needs of the data; W = [1 Q] (or Q) spans the model matrix.

    Attributes
    ----------
    n : number of rows
    sizes, counts : shape (K,), the distinct group sizes and how many groups have each
    within : shape (p + 1, p + 1), cross-products of [W r] within groups, r least squares residuals
    between : shape (K, p + 1, p + 1), those of the group means, times rows, by group size
    to_coefficients : shape (p, p), from coefficients of W to those of the model matrix
    least_squares : shape (p,), least squares coefficients of W
    intercept : prior of the first coefficient of W, None if the model has no intercept
    """

    n: int
    sizes: Floats
    counts: Floats
    within: Floats
    between: Floats
    to_coefficients: Floats
    least_squares: Floats
    intercept: Defaults | None


@dataclass(frozen=True)
class Given:
    """The normal distributions given N pairs of standard deviations, and L values of lambda.

    Attributes
    ----------
    loglik : shape (N,), of tau and sigma, up to a constant
    share : shape (N, L), posterior probability of each lambda
    estimate : shape (N, p), generalised least squares coefficients of W, less the least squares'
    covariance : shape (N, p, p), of these
    shift : shape (N, L), how far the prior moves the intercept, over its variance
    shrink : shape (N, L), variance that the intercept loses, over the square of its variance
    """

    loglik: Floats
    share: Floats
    estimate: Floats
    covariance: Floats
    shift: Floats
    shrink: Floats


def sums_of(X: Floats, y: Floats, groups: Factor, intercept: Defaults | None) -> Sums:
    """One pass over the n rows of ``X`` (n, p), whose first column is the intercept if given."""
    n, p = X.shape
    if intercept is None:
        centre = np.zeros(p)
        _, W, R = independent_columns(X)
    else:
        centre = X.mean(axis=0)
        _, Q, R_slopes = independent_columns(X[:, 1:] - centre[1:])
        W, R = np.column_stack([np.ones(n), Q]), np.eye(p)
        R[1:, 1:] = R_slopes
    back = triangular_inverse(R)
    if intercept is not None:
        back[0] -= centre[1:] @ back[1:]
    least_squares = W.T @ y / (W * W).sum(axis=0)  # the columns of W are orthogonal
    Wr = np.column_stack([W, y - W @ least_squares])
    of_group = np.bincount(groups.codes, minlength=len(groups.levels))
    means = sum_rows(groups.codes, Wr, len(of_group)) / of_group[:, None]
    inside = Wr - means[groups.codes]
    sizes, place, counts = np.unique(of_group, return_inverse=True, return_counts=True)
    products = of_group[:, None, None] * means[:, :, None] * means[:, None, :]
    between = sum_rows(place.reshape(-1), products.reshape(len(of_group), -1), len(sizes))
    return Sums(
        n,
        sizes.astype(float),
        counts.astype(float),
        inside.T @ inside,
        between.reshape(-1, p + 1, p + 1),
        back,
        least_squares,
        intercept,
    )


def given(sums: Sums, tau: Floats, sigma: Floats) -> Given:
    """The likelihood at N pairs of standard deviations, shapes (N,), and what it is made of."""
    p = sums.within.shape[0] - 1
    of_mean = sigma[:, None] ** 2 + sums.sizes * tau[:, None] ** 2  # variance of a mean times m
    products = sums.within / sigma[:, None, None] ** 2
    products = products + np.einsum("nk,kab->nab", 1 / of_mean, sums.between)
    covariance, logdet = spd_inverse(products[:, :p, :p])
    towards = products[:, :p, p]
    estimate = np.einsum("nab,nb->na", covariance, towards)
    misfit = products[:, p, p] - (estimate * towards).sum(axis=1)
    logdet_V = 2 * (sums.n - sums.counts.sum()) * np.log(sigma) + np.log(of_mean) @ sums.counts
    loglik = -0.5 * (logdet_V + logdet + misfit)
    if sums.intercept is None:
        nothing = np.zeros((len(tau), 1))
        return Given(loglik, nothing + 1, estimate, covariance, nothing, nothing)
    away = sums.intercept.location - sums.least_squares[0] - estimate[:, :1]
    spread = LAMBDA * covariance[:, :1, 0] + sums.intercept.scale**2
    # gamma density lambda^(1/2) exp(-x), normal density 1/sqrt(spread/lambda) exp(...)
    log_weight = LOG_WEIGHT - 0.5 * np.log(spread) - 0.5 * LAMBDA * away**2 / spread
    top = log_weight.max(axis=1)
    weight = np.exp(log_weight - top[:, None])
    total = weight.sum(axis=1)
    return Given(
        loglik + top + np.log(total),
        weight / total[:, None],
        estimate,
        covariance,
        LAMBDA * away / spread,
        LAMBDA / spread,
    )


@dataclass(frozen=True)
class Components:
    """The normal distributions of the coefficients: mean and variance, shape (N, L, p)."""

    mean: Floats
    variance: Floats


def coefficients(sums: Sums, at: Given) -> Components:
    """Given the standard deviations and lambda, in terms of the columns of the model matrix."""
    T = sums.to_coefficients
    along = at.covariance[:, 0] @ T.T  # covariance of the coefficients with the intercept of W
    plain = np.einsum("ja,nab,jb->nj", T, at.covariance, T, optimize=True)
    centre = (at.estimate + sums.least_squares) @ T.T
    return Components(
        centre[:, None] + at.shift[..., None] * along[:, None],
        plain[:, None] - at.shrink[..., None] * along[:, None] ** 2,
    )
