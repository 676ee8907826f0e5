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
    parameters: tuple[Floats, float, float | None, Floats | None],
    rng: Generator,
    n: int,
) -> Floats:
    """Responses of shape (nobs, n): mean + Z b + e with b = sigma Lambda u, all u and e normal.

    ``parameters`` are theta, sigma, phi and psi: with ``phi`` the e follow an AR(1) within the
    first grouping factor, with ``psi`` the structure of the data.
    """
    theta, sigma, phi, psi = parameters
    check_generator(rng)
    check_count("n", n)
    y = np.repeat(mean[:, None], n, axis=1)
    for term, T in zip(data.terms, term_factors(data.terms, theta), strict=True):
        u = rng.standard_normal((n, len(term.levels.levels), term.k))
        b = sigma * (u @ T.T)
        y += np.einsum("na,fna->nf", term.Z, b[:, term.levels.codes])
    e = rng.standard_normal(y.shape)
    if data.structure is not None and psi is not None:
        moved: Floats = y + sigma * data.structure.correlated(psi, e)
        return moved
    if phi is not None:
        e = steps_in_time(data).correlated(e, phi)
    if data.weights is not None:
        e /= np.sqrt(data.weights)[:, None]
    result: Floats = y + sigma * e
    return result
