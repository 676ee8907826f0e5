"""What the search for theta minimises, whatever the model."""

from __future__ import annotations

import math
from typing import Protocol, TypeVar

import numpy as np

from ..arrays import Floats
from ..optimiser import Objective
from .theta import Place

EQUAL = 1e-9
"""Criterion values closer than this are the same fit."""


class Evaluated(Protocol):
    """What is known at one point, at least the criterion; infinite where it has no value."""

    @property
    def value(self) -> float:
        """The criterion."""
        ...


At = TypeVar("At", bound=Evaluated)


class Criterion(Protocol[At]):
    """A function of theta and, behind it, of any further parameters; even in the columns of T."""

    @property
    def places(self) -> tuple[Place, ...]:
        """Where theta stands in the factors T."""
        ...

    def evaluate(self, theta: Floats) -> At:
        """Everything known at theta."""
        ...

    def gradient(self, at: At) -> Floats:
        """Derivative of the criterion, shape of theta."""
        ...


def objective_of(problem: Criterion[At]) -> Objective:
    """Value and gradient of the criterion."""

    def objective(theta: Floats) -> tuple[float, Floats]:
        at = problem.evaluate(theta)
        if not math.isfinite(at.value):
            return math.inf, np.zeros(len(theta))
        return at.value, problem.gradient(at)

    return objective
