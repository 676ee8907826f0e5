"""Few clusters: the sandwich of a GEE promises 5% for endlessly many of them.

Half of the clusters are treated, ten members each, and the treatment does nothing. The response of
a member has SD 1, of which the cluster has the share ICC of the variance.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from widgets.contract import (
    Choice,
    Readout,
    Repeats,
    Result,
    Seed,
    Slider,
    Style,
    Table,
    Tally,
    Try,
    Widget,
)
from widgets.lmm import geeglm, geeglm_many, lm, lm_many
from widgets.notation import text
from widgets.simulators.counted_shares import counted_shares, share_readouts
from widgets.simulators.few_clusters.false_alarms import ALPHA, MEMBERS, METHODS, share

Floats = NDArray[np.float64]

FEWEST, MOST = 4, 60
CURVE = (4, 6, 8, 10, 12, 16, 20, 24, 30, 36, 42, 50, 60)
IGNORED = (4, 10, 24, 60)
"""Clusters at which the curves are computed; that of what ignores clusters is nearly straight."""

BIASES = {"plain": None, "kc": "KC", "md": "MD"}
FORMULA = "y ~ treated"
COLUMNS = ("estimate", "se", "df", "p")
NEAR = 0.06
"""A plain sandwich whose false alarms are fewer than these nearly keeps its promise."""


FALSE_ALARM = 58
"""A seed on which only what is not corrected finds an effect at the opening setting."""


class Values(TypedDict):
    """What the reader sets."""

    correction: str
    n_clusters: int
    icc: float
    seed: int


def layout(values: Values) -> dict[str, NDArray[np.float64]]:
    """Return cluster and treatment (0 or 1) of each member."""
    cluster = np.repeat(np.arange(float(values["n_clusters"])), MEMBERS)
    return {"cluster": cluster, "treated": 1.0 * (cluster >= values["n_clusters"] // 2)}


def draw(values: Values, rng: Generator, experiments: int) -> Floats:
    """Return responses without an effect, shape (experiments, n_clusters, MEMBERS)."""
    of_cluster = rng.normal(size=(experiments, values["n_clusters"], 1))
    of_member = rng.normal(size=(experiments, values["n_clusters"], MEMBERS))
    icc = values["icc"]
    return np.asarray(np.sqrt(icc) * of_cluster + np.sqrt(1 - icc) * of_member)


def simulate(values: Values, rng: Generator) -> Result:
    """Return the effect judged in four ways, and the false alarms of each."""
    y = draw(values, rng, 1)[0]
    data = layout(values) | {"y": y.ravel()}
    fit = geeglm(FORMULA, data, "cluster", corstr="exchangeable")
    effects = {"ignored": lm(FORMULA, data).coefficients()["treated"]}
    for name, bias in BIASES.items():
        effects[name] = fit.coefficients(bias=bias)["treated"]  # type: ignore[arg-type]
    shares = {name: share(name, values["n_clusters"], values["icc"]) for name in METHODS}
    readouts: dict[str, float | None] = {f"{name}.false": one for name, one in shares.items()}
    for name, effect in effects.items():
        for column in COLUMNS:
            number = float(getattr(effect, column))
            readouts[f"{name}.{column}"] = number if np.isfinite(number) else None
    return Result(
        readouts=readouts,
        verdict=_verdict(values, shares),
        tables=_arms(y, values) | _curves(values, shares),
    )


def _verdict(values: Values, shares: Mapping[str, float]) -> str:
    correction = values["correction"]
    if correction == "ignored":
        return "ignored" if values["icc"] > 0 else "ignored_alike"
    if correction == "plain":
        return "plain_near" if shares["plain"] < NEAR else "plain"
    return correction


def _arms(y: Floats, values: Values) -> dict[str, Table]:
    """Return members and means of clusters, arm by arm, and the ends of the axis."""
    clusters = values["n_clusters"]
    k = clusters // 2
    place = np.arange(clusters) % k
    x = np.where(np.arange(clusters) < k, 0.0, 1.0) + 0.08 + 0.84 * (place + 0.5) / k
    reach = max(3.0, float(np.ceil(np.abs(y).max())))
    half = 0.36 / k
    return {
        "members": {
            "x": np.repeat(x, MEMBERS).tolist(),
            "y": y.ravel().tolist(),
            "hue": np.repeat(np.mod(250 + 137.508 * np.arange(clusters), 360), MEMBERS).tolist(),
        },
        "clusters": {
            "x": (x - half).tolist(),
            "x2": (x + half).tolist(),
            "y": y.mean(axis=1).tolist(),
            "hue": np.mod(250 + 137.508 * np.arange(clusters), 360).tolist(),
        },
        "arm_frame": {"x": [0.0, 2.0], "y": [-reach, reach]},
    }


def _curves(values: Values, shares: Mapping[str, float]) -> dict[str, Table]:
    """Return the false alarms of every method over the number of clusters, and the reader's."""
    rows = [
        (name, clusters, share(name, clusters, values["icc"]))
        for name in METHODS
        for clusters in (IGNORED if name == "ignored" else CURVE)
    ]
    chosen = values["correction"]
    return {
        "curves": {
            "method": [row[0] for row in rows],
            "clusters": [row[1] for row in rows],
            "share": [row[2] for row in rows],
        },
        "point": {
            "method": [chosen],
            "clusters": [values["n_clusters"]],
            "share": [shares[chosen]],
            "label": [text(shares[chosen], "percent")],
        },
        "share_frame": {"share": [0.0, max(0.2, 1.1 * shares[chosen])]},
        "level": {"share": [ALPHA]},
    }


def run(values: Values, rng: Generator, count: int) -> Tally:
    """Return how many of ``count`` fresh experiments each way rejects."""
    y = draw(values, rng, count).reshape(count, -1).T
    data = layout(values)
    p = {"ignored": lm_many(FORMULA, data, y).p["treated"]}
    for name, bias in BIASES.items():
        p[name] = geeglm_many(FORMULA, data, "cluster", y, bias).p["treated"]  # type: ignore[arg-type]
    return {"n": [count]} | {name: [int((p[name] < ALPHA).sum())] for name in METHODS}


def summarise(values: Values, tally: Tally) -> Result:
    """Return the shares of false alarms, each with its Monte Carlo band."""
    counted = counted_shares(tally, METHODS)
    formula = [share(name, values["n_clusters"], values["icc"]) for name in METHODS]
    return Result(
        readouts=counted.readouts,
        verdict="counted",
        tables=counted.tables(ALPHA, formula=[*formula]),
    )


def dataset(values: Values, rng: Generator) -> Table:
    """Return the sample behind the figure, one row a member."""
    design = layout(values)
    return {
        "cluster": (design["cluster"].astype(int) + 1).tolist(),
        "treated": design["treated"].astype(int).tolist(),
        "y": draw(values, rng, 1).ravel().tolist(),
    }


STYLES: dict[str, Style] = {"df": "df", "p": "p", "false": "percent"}

WIDGET = Widget[Values](
    name="few-clusters",
    controls=(
        Choice("correction", METHODS, "plain"),
        Slider("n_clusters", FEWEST, MOST, 10, step=2),
        Slider("icc", 0, 0.5, 0.1, step=0.05),
        Seed(default=FALSE_ALARM),
    ),
    readouts=tuple(
        Readout(f"{method}.{column}", STYLES.get(column, "decimal"))
        for method in METHODS
        for column in (*COLUMNS, "false")
    ),
    verdicts=("plain", "plain_near", "kc", "md", "ignored", "ignored_alike"),
    comparison=METHODS,
    simulate=simulate,
    dataset=dataset,
    tries=(
        Try("md", {"correction": "md"}),
        Try("four", {"n_clusters": FEWEST}),
        Try("many", {"n_clusters": MOST}),
        Try("ignored", {"correction": "ignored"}, repeat=True),
    ),
    repeats=Repeats[Any](
        run=run,
        summarise=summarise,
        readouts=share_readouts(METHODS),
        verdicts=("counted",),
    ),
)
