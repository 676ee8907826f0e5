"""geeglm with a working correlation of its own for each two times."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from widgets.lmm import DataError, MethodError, NotEstimableError, geeglm


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    rng = np.random.default_rng(3)
    g, t = np.repeat(np.arange(30), 3), np.tile(np.arange(3), 30)
    y = 0.5 * t + rng.normal(size=30)[g] + rng.normal(size=90)
    return {"y": y, "t": t, "g": g}


def test_two_times_are_exchangeable(data: dict[str, Any]) -> None:
    two = {name: values[data["t"] < 2] for name, values in data.items()}
    one = geeglm("y ~ t", two, "g", corstr="unstructured", time="t")
    other = geeglm("y ~ t", two, "g", corstr="exchangeable")
    assert one.fixef == pytest.approx(other.fixef)
    assert one.se == pytest.approx(other.se)
    assert one.correlation_matrix is not None
    assert one.correlation_matrix[0, 1] == pytest.approx(other.alpha)
    assert one.alpha is None


def test_rows_may_stand_in_any_order_and_be_missing(data: dict[str, Any]) -> None:
    kept = np.random.default_rng(1).permutation(np.flatnonzero(np.arange(90) % 11 > 0))
    mixed = {name: values[kept] for name, values in data.items()}
    ordered = {name: values[np.sort(kept)] for name, values in data.items()}
    one, other = (
        geeglm("y ~ t", table, "g", corstr="unstructured", time="t") for table in (mixed, ordered)
    )
    assert one.fixef == pytest.approx(other.fixef)
    assert one.correlation_matrix == pytest.approx(other.correlation_matrix)
    assert "Correlation structure: unstructured\n" in one.summary()


def test_what_no_cluster_tells_is_refused(data: dict[str, Any]) -> None:
    apart = {**data, "t": data["t"] + 10 * (data["g"] > 15)}
    with pytest.raises(NotEstimableError, match="no cluster has both the times 0 and 10"):
        geeglm("y ~ 1", apart, "g", corstr="unstructured", time="t")
    with pytest.raises(DataError, match="twice in the group"):
        geeglm("y ~ 1", {**data, "t": np.ones(90)}, "g", corstr="unstructured", time="t")
    with pytest.raises(MethodError, match=re.escape("corstr must be one of")):
        geeglm("y ~ 1", data, "g", corstr="free")
