"""Sample size in clusters: the design effect, and the ceiling that more members cannot lift.

With clusters of one size m and intraclass correlation ICC, the mean of a cluster-randomised arm
varies ``DE = 1 + (m - 1) ICC`` times as much as that of as many independent members
(Donner & Klar 2000, Design and Analysis of Cluster Randomization Trials, ch. 5). With sizes of
mean m and coefficient of variation CV it is ``1 + ((1 + CV²) m - 1) ICC`` where every member
counts alike (Eldridge, Ashby & Kerry 2006, Int. J. Epidemiol. 35:1292).
"""

from __future__ import annotations

import math
from typing import TypedDict

import numpy as np
from numpy.random import Generator

from widgets.contract import Readout, Result, Slider, Table, Try, Widget
from widgets.lmm import design_effect
from widgets.notation import text

ARMS = 2
SIZES = np.unique(np.round(np.geomspace(2, 200, 60)))
FAMILY = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
"""The intraclass correlations whose curves stand behind the reader's own."""

NEAR_CEILING = 0.75
"""Share of the ceiling from which on more members hardly help."""

MILD = 1.25
"""A design effect below this costs less than a quarter more."""

FEWEST_CLUSTERS = 4
"""Clusters in each arm that a trial should have at the very least (Hayes & Moulton 2017, Cluster
Randomised Trials): with fewer, t asks for much more than the normal z of ordinary formulas."""

CEILING_IN_SIGHT = 2.0
"""The ceiling is drawn when it is at most this many times the largest effective n of the curve."""

HEADROOM = 1.15
"""The axis of the effective n reaches this many times beyond what is drawn."""


class Values(TypedDict):
    """What the reader sets."""

    icc: float
    m: int
    n_independent: int
    cv: float


def simulate(values: Values, _rng: Generator) -> Result:
    """Return what the design needs and what its members are worth; nothing here is random."""
    icc, m, cv = values["icc"], values["m"], values["cv"]
    de = float(design_effect(m, icc, cv))
    n_required = math.ceil(round(values["n_independent"] * de, 9))
    clusters_per_arm = math.ceil(n_required / (ARMS * m))
    clusters = ARMS * clusters_per_arm
    n_effective = clusters * m / de
    limit = _limit(clusters, icc, cv)
    return Result(
        readouts={
            "de": de,
            "n_required": n_required,
            "clusters_per_arm": clusters_per_arm,
            "n_effective": n_effective,
            "ceiling": _limit(clusters, icc),
            "ceiling_unequal": limit,
        },
        verdict=_verdict(clusters_per_arm, de, n_effective, limit),
        notes=_notes(values, clusters_per_arm),
        tables=_design_effect_tables(values, de) | _effective_n_tables(values, clusters),
    )


def _limit(clusters: int, icc: float, cv: float = 0.0) -> float | None:
    """Return the effective n of endless members: the limit of clusters * m / DE as m grows."""
    return clusters / (icc * (1 + cv**2)) if icc > 0 else None


def _verdict(clusters_per_arm: int, de: float, n_effective: float, limit: float | None) -> str:
    if limit is None:
        return "no_clustering"
    if clusters_per_arm == 1:
        return "one_cluster"
    if n_effective > NEAR_CEILING * limit:
        return "near_ceiling"
    return "mild" if de < MILD else "costly"


def _notes(values: Values, clusters_per_arm: int) -> tuple[str, ...]:
    applies = {
        "few_clusters": 1 < clusters_per_arm < FEWEST_CLUSTERS,
        "unequal_sizes": values["cv"] > 0,
    }
    return tuple(note for note, does in applies.items() if does and values["icc"] > 0)


def _design_effect_tables(values: Values, de: float) -> dict[str, Table]:
    """Return the family of curves, the reader's own curve and her point on it."""
    family = {icc: np.asarray(design_effect(SIZES, icc, values["cv"])) for icc in FAMILY}
    own = np.asarray(design_effect(SIZES, values["icc"], values["cv"]))
    return {
        "family": {
            "icc": [icc for icc in family for _ in SIZES],
            "m": SIZES.tolist() * len(family),
            "de": np.concatenate(list(family.values())).tolist(),
        },
        "family_ends": {
            "icc": list(family),
            "m": [float(SIZES[-1])] * len(family),
            "de": [float(curve[-1]) for curve in family.values()],
        },
        "own": {"m": SIZES.tolist(), "de": own.tolist()},
        "point": {"m": [values["m"]], "de": [de], "label": [text(de, "decimal")]},
    }


def _effective_n_tables(values: Values, clusters: int) -> dict[str, Table]:
    """Return what the members are worth at each cluster size, with the number of clusters kept."""
    icc, cv, m = values["icc"], values["cv"], values["m"]
    worth = clusters * SIZES / np.asarray(design_effect(SIZES, icc, cv))
    limit = _limit(clusters, icc, cv) or math.inf
    in_sight = limit <= CEILING_IN_SIGHT * float(worth[-1])
    top = HEADROOM * (limit if in_sight else float(worth[-1]))
    counted = clusters * SIZES
    visible = counted <= top
    return {
        "effective": {"m": SIZES.tolist(), "n": worth.tolist()},
        "counted": {"m": SIZES[visible].tolist(), "n": counted[visible].tolist()},
        "ceiling": {"n": [limit] if in_sight else []},
        "worth_frame": {"n": [0.0, top]},
        "effective_point": {
            "m": [m],
            "n": [clusters * m / float(design_effect(m, icc, cv))],
        },
    }


def dataset(values: Values, _rng: Generator) -> Table:
    """Return the reader's curve, one row a cluster size."""
    de = np.asarray(design_effect(SIZES, values["icc"], values["cv"]))
    return {
        "m": SIZES.astype(int).tolist(),
        "de": de.tolist(),
        "n_required": (values["n_independent"] * de).tolist(),
    }


WIDGET = Widget[Values](
    name="design-effect",
    controls=(
        Slider("icc", 0, 0.6, 0.05, step=0.005),
        Slider("m", 2, 200, 20),
        Slider("n_independent", 20, 2000, 200, step=10),
        Slider("cv", 0, 1.5, 0, step=0.05),
    ),
    readouts=(
        Readout("de"),
        Readout("n_required", "count"),
        Readout("clusters_per_arm", "count"),
        Readout("n_effective", "effective"),
        Readout("ceiling", "count"),
        Readout("ceiling_unequal", "count"),
    ),
    verdicts=("no_clustering", "one_cluster", "mild", "costly", "near_ceiling"),
    notes=("few_clusters", "unequal_sizes"),
    simulate=simulate,
    dataset=dataset,
    tries=(
        Try("school", {"icc": 0.05, "m": 25}),
        Try("primary_care", {"icc": 0.02, "m": 50}),
        Try("cage", {"icc": 0.2, "m": 4}),
        Try("neurons", {"icc": 0.3, "m": 20}),
    ),
)
