"""The criterion of a mixed model whose residuals follow an AR(1), as a function of phi."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from .ar1 import Predecessors, Serial, best_phi, predecessors, products_by_phi
from .criterion import Problem
from .crossproducts import CrossProducts, cross_products
from .estimate import estimate
from .model import MixedData, problem_of
from .start import moment_start

SerialProblem = Callable[[float], Problem]
"""The problem by phi."""


def steps_in_time(data: MixedData) -> Predecessors:
    """Which row of the grouping factor precedes which, and by how much."""
    return predecessors(data.factors[0].levels, data.time)


def serial_problem(data: MixedData, *, REML: bool) -> SerialProblem:
    """The problems of a model with one grouping factor, residuals AR(1) within it."""
    independent, rows = problem_of(data, REML=REML), steps_in_time(data)
    Q, factor = data.fixed.Q, data.factors[0]
    Xy = np.column_stack([Q, data.y - Q @ (Q.T @ data.y)])

    def transformed(phi: float) -> CrossProducts:
        moved = replace(factor, Z=rows.transformed(factor.Z, phi))
        return cross_products((moved,), data.where, rows.transformed(Xy, phi))

    products = products_by_phi(rows, transformed)

    def at(phi: float) -> Problem:
        return replace(independent, A=products(phi), logdet_C=rows.logdet(phi))

    return at


def estimate_phi(at: SerialProblem) -> Serial:
    """The phi that minimises the criterion with theta profiled out."""
    start = moment_start(at(0.0))

    def profile(phi: float) -> tuple[float, Callable[[float], float]]:
        found = estimate(at(phi), start)
        return found.at.value, lambda other: at(other).evaluate(found.theta).value

    return best_phi(profile)
