"""Simulation from a fitted model."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from ..arguments import check_count, check_generator
from ..arrays import Floats
from ..likelihood.model import MixedData
from ..likelihood.serial import steps_in_time
from ..likelihood.theta import term_factors


def simulate(
    data: MixedData,
    mean: Floats,
    theta: Floats,
    sigma: float,
    phi: float | None,
    rng: Generator,
    n: int,
) -> Floats:
    """Responses of shape (nobs, n): mean + Z b + e with b = sigma Lambda u, all u and e normal.

    With ``phi`` the e follow an AR(1) within the first grouping factor.
    """
    check_generator(rng)
    check_count("n", n)
    y = np.repeat(mean[:, None], n, axis=1)
    for term, T in zip(data.terms, term_factors(data.terms, theta), strict=True):
        u = rng.standard_normal((n, len(term.levels.levels), term.k))
        b = sigma * (u @ T.T)
        y += np.einsum("na,fna->nf", term.Z, b[:, term.levels.codes])
    e = rng.standard_normal(y.shape)
    if phi is not None:
        e = steps_in_time(data).correlated(e, phi)
    if data.weights is not None:
        e /= np.sqrt(data.weights)[:, None]
    result: Floats = y + sigma * e
    return result
