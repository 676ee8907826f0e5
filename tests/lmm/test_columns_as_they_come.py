"""Columns as programs hand them over: long ids, numbers as text, missing values as text."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from widgets.lmm import DataError, factor, geeglm, lm, lmer

IDS: list[list[Any]] = [
    [10**20 + i for i in range(10)],
    [2**63 - 5 + i for i in range(10)],  # some that numpy's int64 holds, and some that it does not
    [-(2**63) + i for i in range(9)] + [2**63],  # a mixture that numpy makes floats of
]


def objects(values: list[Any]) -> Any:  # noqa: ANN401  an array
    return np.array(values, dtype=object)


def rows(**columns: Any) -> dict[str, Any]:  # noqa: ANN401  of any type
    rng = np.random.default_rng(5)
    mouse = np.repeat(np.arange(10), 6)
    y = rng.normal(size=10)[mouse] + rng.normal(size=60)
    return {"y": y, "x": rng.normal(size=60), "mouse": mouse, **columns}


@pytest.mark.parametrize("ids", IDS)
@pytest.mark.parametrize("kind", [list, objects, pd.Series, lambda ids: list(map(str, ids))])
def test_ids_of_any_length_are_different_mice(ids: list[Any], kind: Any) -> None:  # noqa: ANN401
    plain = lmer("y ~ x + (1 | mouse)", rows())
    fit = lmer("y ~ x + (1 | mouse)", rows(mouse=kind([one for one in ids for _ in range(6)])))
    assert fit.ngroups == {"mouse": 10}
    assert set(fit.ranef["mouse"]) == set(map(str, ids))
    assert fit.loglik == pytest.approx(plain.loglik, abs=1e-8)


def test_ids_of_any_length_are_different_clusters() -> None:
    ids = [10**20 + i for i in range(10) for _ in range(6)]
    assert geeglm("y ~ x", rows(mouse=ids), "mouse").nclusters == 10


def test_whole_numbers_that_are_rounded_as_floats_are_no_names() -> None:
    with pytest.raises(DataError, match=r"called 1e\+20.*give such names as text"):
        lmer("y ~ x + (1 | mouse)", rows(mouse=[1e20 + i // 6 for i in range(60)]))


def test_numbers_that_agree_in_fifteen_digits_are_one_category() -> None:
    assert factor([0.1 + 0.2, 0.3, 0.4]).levels == ("0.3", "0.4")
    assert factor([0.1 + 0.2, 0.3, 0.4]).codes.tolist() == [0, 0, 1]


@pytest.mark.parametrize("kind", [list, np.array, objects])
def test_the_text_na_is_a_missing_value(kind: Any) -> None:  # noqa: ANN401
    fit = lm("y ~ t", rows(t=kind(["a", "b", "NA"] * 20)))
    assert list(fit.fixef) == ["(Intercept)", "tb"]
    assert fit.messages == ("20 rows with missing values were left out",)
    mixed = lmer("y ~ x + (1 | mouse)", rows(mouse=kind(["NA", *"123456789"] * 6)))
    assert mixed.ngroups == {"mouse": 9}
    assert mixed.nobs == 54


def test_numbers_that_came_as_text_beside_na_are_told() -> None:
    with pytest.raises(DataError, match=r"'x' holds numbers as text, such as '1.5', and 'NA'"):
        lm("y ~ x", rows(x=["1.5", "2.5", "NA"] * 20))


def test_a_level_that_is_asked_for_may_be_called_na() -> None:
    region = factor(["EU", "NA"] * 30, ["EU", "NA"])
    assert list(lm("y ~ region", rows(region=region)).fixef) == ["(Intercept)", "regionNA"]
