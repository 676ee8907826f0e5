"""The two-arm cluster design: whole clusters (mice, wells, classes) get one of two treatments."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Integral, Real

import numpy as np
from numpy.random import Generator

from ..arguments import check_generator
from ..arrays import Floats, Integers
from ..data.factors import Factor
from ..errors import DesignError
from ..linear.design_effect import design_effect

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
        several = isinstance(self.size, Iterable)
        sizes = tuple(self.size) if isinstance(self.size, Iterable) else (self.size,)
        for argument, rule, holds in (
            ("clusters", "be at least 2 and whole", _is_whole(self.clusters, ARMS)),
            ("size", "be at least 1 and whole", all(_is_whole(one, 1) for one in sizes)),
            (
                "size",
                "have a number for each cluster of an arm",
                not several or len(sizes) == self.clusters,
            ),
            ("effect", "be finite", _is_finite(self.effect)),
            ("sd_between", "be at least 0", _is_finite(self.sd_between) and self.sd_between >= 0),
            ("sd_within", "be above 0", _is_finite(self.sd_within) and self.sd_within > 0),
        ):
            if not holds:
                msg = f"{argument} must {rule}, not {getattr(self, argument)!r}"
                raise DesignError(msg)

    @property
    def sizes(self) -> Integers:
        """Rows in each cluster, first those of the one arm, then those of the other."""
        of_arm = np.broadcast_to(np.asarray(self.size, dtype=np.intp), self.clusters)
        return np.tile(of_arm, ARMS)

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


def _is_whole(value: object, least: int) -> bool:
    return isinstance(value, Integral) and int(value) >= least


def _is_finite(value: object) -> bool:
    return isinstance(value, Real) and math.isfinite(value)
