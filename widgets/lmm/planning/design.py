"""The two-arm cluster design: whole clusters (mice, wells, classes) get one of two treatments."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from widgets.lmm.arguments import check_generator
from widgets.lmm.arrays import Floats, Integers
from widgets.lmm.data.factors import Factor
from widgets.lmm.errors import DesignError
from widgets.lmm.linear.design_effect import design_effect

ARMS = 2


@dataclass(frozen=True)
class TwoArms:
    """A plan, and what is thought to be true.

    Attributes
    ----------
    clusters : number in each arm, at least 2
    size : rows in each cluster; several numbers for the clusters of an arm, the same in both
    effect : difference of the arms' means
    sd_between : standard deviation between clusters of an arm
    sd_within : standard deviation within clusters

    Raises
    ------
    DesignError
        If a number is impossible.
    """

    clusters: int
    size: int | tuple[int, ...]
    effect: float
    sd_between: float
    sd_within: float

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        sizes = (self.size,) if isinstance(self.size, int) else self.size
        for rule, holds in (
            ("clusters must be at least 2", self.clusters >= ARMS),
            ("size must be at least 1", all(one >= 1 for one in sizes)),
            ("size must have a number for each cluster of an arm", self._has_all_sizes()),
            ("effect must be finite", np.isfinite(self.effect)),
            ("sd_between must be at least 0", 0 <= self.sd_between < np.inf),
            ("sd_within must be above 0", 0 < self.sd_within < np.inf),
        ):
            if not holds:
                raise DesignError(rule)

    def _has_all_sizes(self) -> bool:
        return isinstance(self.size, int) or len(self.size) == self.clusters

    @property
    def sizes(self) -> Integers:
        """Rows in each cluster, first those of the one arm, then those of the other."""
        of_arm = np.full(self.clusters, self.size) if isinstance(self.size, int) else self.size
        return np.tile(np.asarray(of_arm, dtype=np.intp), ARMS)

    @property
    def cluster(self) -> Integers:
        """Number of the cluster by row."""
        return np.repeat(np.arange(ARMS * self.clusters), self.sizes)

    @property
    def arm(self) -> Factor:
        """Arm by row."""
        return Factor((self.cluster >= self.clusters).astype(np.intp), ("control", "treated"))

    @property
    def icc(self) -> float:
        """Intraclass correlation."""
        return self.sd_between**2 / (self.sd_between**2 + self.sd_within**2)

    @property
    def design_effect(self) -> float:
        """What clustering costs, by the mean and the variation of the sizes."""
        sizes = self.sizes
        return float(design_effect(sizes.mean(), self.icc, sizes.std() / sizes.mean()))

    def draw(self, rng: Generator) -> Floats:
        """One response, shape (rows,)."""
        check_generator(rng)
        cluster = self.cluster
        between = self.sd_between * rng.normal(size=ARMS * self.clusters)
        within = self.sd_within * rng.normal(size=len(cluster))
        response: Floats = self.effect * (cluster >= self.clusters) + between[cluster] + within
        return response
