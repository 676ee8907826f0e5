"""The tests that a two-arm cluster design can be analysed with, of many responses at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from ..arrays import Floats, Integers
from ..data.factors import Factor
from ..data.sums import sum_rows
from ..gee.sandwich import Bias
from ..many.geeglm_many import geeglm_many
from ..many.lm_many import lm_many
from ..many.lmer_many import lmer_many

EFFECT = "armtreated"

Test = Literal[
    "OLS", "means", "Kenward-Roger", "Satterthwaite", "GEE", "GEE-MD", "GEE-KC", "GEE-FG"
]


class Clustered(Protocol):
    """A design of two arms, whose control clusters come first."""

    @property
    def clusters(self) -> int:
        """Clusters of the control arm."""

    @property
    def sizes(self) -> Integers:
        """Rows of each cluster."""

    @property
    def cluster(self) -> Integers:
        """Number of the cluster by row."""

    @property
    def arm(self) -> Factor:
        """Arm by row."""


@dataclass(frozen=True)
class Outcomes:
    """What a test says of F responses: arrays of shape (F,).

    Attributes
    ----------
    p : p-values, NaN where the fit failed
    singular : whether the variance between clusters was estimated as zero
    """

    p: Floats
    singular: NDArray[np.bool_]

    @property
    def failed(self) -> NDArray[np.bool_]:
        """Whether there is no p-value."""
        return np.isnan(self.p)


def ordinary(design: Clustered, responses: Floats) -> Outcomes:
    """Least squares on rows as if they were independent: what clusters make wrong."""
    p = lm_many("y ~ arm", {"arm": design.arm}, responses).p[EFFECT]
    return Outcomes(p, np.zeros(len(p), dtype=bool))


def of_means(design: Clustered, responses: Floats) -> Outcomes:
    """Student's t-test on cluster means."""
    sizes = design.sizes
    means = sum_rows(design.cluster, responses, len(sizes)) / sizes[:, None]
    treated = (np.arange(len(sizes)) >= design.clusters).astype(np.intp)
    p = lm_many("y ~ arm", {"arm": Factor(treated, design.arm.levels)}, means).p[EFFECT]
    return Outcomes(p, np.zeros(len(p), dtype=bool))


def mixed(
    design: Clustered, responses: Floats, ddf: Literal["Kenward-Roger", "Satterthwaite"]
) -> Outcomes:
    """A random intercept for every cluster, by REML."""
    data = {"arm": design.arm, "cluster": design.cluster}
    fits = lmer_many("y ~ arm + (1 | cluster)", data, responses, ddf)
    return Outcomes(fits.p[EFFECT], fits.singular)


def marginal(design: Clustered, responses: Floats, bias: Bias | None) -> Outcomes:
    """Estimating equations with an exchangeable correlation; z without a correction, else t."""
    data = {"arm": design.arm, "cluster": design.cluster}
    fits = geeglm_many("y ~ arm", data, "cluster", responses, bias)
    p = np.where(fits.converged, fits.p[EFFECT], np.nan)
    return Outcomes(p, np.zeros(len(p), dtype=bool))


TESTS: dict[str, Callable[[Clustered, Floats], Outcomes]] = {
    "OLS": ordinary,
    "means": of_means,
    "Kenward-Roger": partial(mixed, ddf="Kenward-Roger"),
    "Satterthwaite": partial(mixed, ddf="Satterthwaite"),
    "GEE": partial(marginal, bias=None),
    "GEE-MD": partial(marginal, bias="MD"),
    "GEE-KC": partial(marginal, bias="KC"),
    "GEE-FG": partial(marginal, bias="FG"),
}
