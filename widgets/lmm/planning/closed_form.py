"""Power by the design effect and Student's t distribution."""

from __future__ import annotations

import math

from ..arguments import check_share
from ..distributions import noncentral_t
from ..distributions import t as student
from .design import ARMS, TwoArms


def closed_form_power(design: TwoArms, alpha: float = 0.05) -> float:
    """Probability that a two-sided t-test between clusters rejects equal means.

    The mean of an arm has the information that generalised least squares draws from its clusters,
    the sum of 1/(sd_between² + sd_within²/m) over their sizes m (Manatunga, Hudgens & Chen 2001,
    Biom. J. 43:75-86), and t has as many degrees of freedom as there are clusters more than arms
    (Donner & Klar 2000, *Design and Analysis of Cluster Randomization Trials*, ch. 5). Exact for
    clusters of equal size, where it is the t-test on cluster means; for others it takes the
    variances as known when it weighs the clusters.

    Parameters
    ----------
    design : the plan
    alpha : of the test, in (0, 1)

    Raises
    ------
    MethodError
        If ``alpha`` does not lie between 0 and 1.
    """
    check_share("alpha", alpha)
    of_means = design.sd_between**2 + design.sd_within**2 / design.sizes[: design.clusters]
    se = math.sqrt(ARMS / float((1 / of_means).sum()))
    df, away = ARMS * (design.clusters - 1), design.effect / se
    critical = float(student.isf(alpha / 2, df))
    above, below = noncentral_t.sf(critical, df, away), noncentral_t.sf(critical, df, -away)
    return float(above + below)
