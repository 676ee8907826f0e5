"""Many responses at once are the same as one after the other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from widgets.lmm import DataError, DesignError, MethodError, NotEstimableError, geeglm, geeglm_many
from widgets.lmm.arrays import Floats

CLUSTER = np.repeat(np.arange(9), [3, 5, 2, 8, 4, 6, 1, 5, 7])


def clustered(between: float) -> tuple[dict[str, Any], Floats]:
    """Clusters of unequal size with their rows mixed, and 30 responses."""
    rng = np.random.default_rng(3)
    g = rng.permutation(CLUSTER)
    x = rng.normal(size=len(g))
    noise = between * rng.normal(size=(9, 30))[g] + rng.normal(size=(len(g), 30))
    return {"x": x, "z": g % 2, "g": g}, noise + x[:, None]


@pytest.mark.parametrize("bias", [None, "MD", "KC", "FG"])
@pytest.mark.parametrize("between", [0.0, 1.0])
def test_many_fits_are_those_of_geeglm(between: float, bias: Any) -> None:  # noqa: ANN401
    data, responses = clustered(between)
    many = geeglm_many("y ~ x + z", data, "g", responses, bias)
    for f, y in enumerate(responses.T):
        try:
            one = geeglm("y ~ x + z", {**data, "y": y}, "g")
        except NotEstimableError:
            assert np.isnan(many.p["x"][f])
            continue
        assert many.converged[f]
        assert many.alpha[f] == pytest.approx(one.alpha, abs=1e-9)
        assert many.scale[f] == pytest.approx(one.scale, rel=1e-9)
        for name, row in one.coefficients(bias).items():
            assert many.estimate[name][f] == pytest.approx(row.estimate, abs=1e-9)
            assert many.se[name][f] == pytest.approx(row.se, rel=1e-8)
            assert many.df[name][f] == row.df
            assert many.t[name][f] == pytest.approx(row.t, rel=1e-7, abs=1e-9)
            assert many.p[name][f] == pytest.approx(row.p, rel=1e-6)


def test_a_cluster_that_alone_determines_a_coefficient_has_no_correction() -> None:
    data, responses = clustered(1.0)
    data["alone"] = (data["g"] == 3).astype(float)
    many = geeglm_many("y ~ alone", data, "g", responses, "KC")
    assert np.all(np.isnan(many.p["alone"]))
    assert np.all(np.isfinite(many.estimate["alone"]))


@pytest.mark.parametrize(("rows", "bias"), [(slice(0, 3), None), (slice(0, 10), "MD")])
def test_too_few_clusters_are_refused(rows: slice, bias: Any) -> None:  # noqa: ANN401
    x = np.arange(float(len(CLUSTER[rows])))
    data = {"x": x, "z": x**2, "g": CLUSTER[rows]}
    with pytest.raises(DesignError, match="clusters are too few"):
        geeglm_many("y ~ x + z" if bias else "y ~ 1", data, "g", np.sin(x)[:, None], bias)


def test_responses_of_the_wrong_shape_and_unknown_corrections_are_refused() -> None:
    data, responses = clustered(1.0)
    with pytest.raises(DataError, match="responses must have the shape"):
        geeglm_many("y ~ x", data, "g", responses[:-1])
    with pytest.raises(MethodError, match="bias must be one of"):
        geeglm_many("y ~ x", data, "g", responses, "HC3")  # type: ignore[arg-type]
