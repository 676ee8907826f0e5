"""What every fit with random effects says of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping

import numpy as np

from ..arrays import Floats
from ..likelihood.model import MixedData
from ..results import VarianceComponent
from .effects import Levels, RandomEstimates, as_mapping


class RandomPart(ABC):
    """Random effects by name, and the fixed part beside them."""

    data: MixedData
    fixef: Mapping[str, float]
    varcorr: tuple[VarianceComponent, ...]

    @property
    @abstractmethod
    def random_estimates(self) -> tuple[RandomEstimates, ...]:
        """Modes and covariances per grouping factor."""

    @property
    def nobs(self) -> int:
        """Number of observations."""
        return self.data.n

    @property
    def ngroups(self) -> Mapping[str, int]:
        """Number of levels by grouping factor."""
        return {factor.name: factor.J for factor in self.data.factors}

    @property
    def linear_predictor(self) -> Floats:
        """X beta, without offset and random effects, shape (n,)."""
        result: Floats = self.data.fixed.X @ np.array(list(self.fixef.values()))
        return result

    @property
    def ranef(self) -> Levels:
        """Random effects (conditional modes): group → level → effect."""
        return as_mapping(self.data, self.modes)

    @property
    def modes(self) -> tuple[Floats, ...]:
        """The same as arrays of shape (levels, k), per grouping factor."""
        return tuple(one.b for one in self.random_estimates)

    @property
    def condvar(self) -> Levels:
        """Their variances given y, the parameters taken as known: group → level → effect."""
        found = self.random_estimates
        return as_mapping(self.data, tuple(np.diagonal(one.cov, axis1=1, axis2=2) for one in found))

    @property
    def condcov(self) -> Mapping[str, Floats]:
        """Conditional covariances by group, arrays of shape (levels, k, k)."""
        pairs = zip(self.data.factors, self.random_estimates, strict=True)
        return {factor.name: one.cov for factor, one in pairs}
