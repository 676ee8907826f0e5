"""The engine on a numpy that behaves as in the browser.

There ``linalg.cholesky`` of a matrix that is not positive definite returns NaN instead of raising,
and ``errstate`` does nothing. What of the suite gets there is run again under such a numpy
(``test_installed_by_itself.py``).
"""

from __future__ import annotations

import numpy as np
import pytest

from tests.lmm.browserlike import browserlike
from widgets.lmm import linalg, lmer

INDEFINITE = np.array([[1.0, 2.0], [2.0, 1.0]])


def test_the_stand_in_returns_nan_and_leaves_errstate_inert() -> None:
    with browserlike():
        assert np.all(np.isnan(np.linalg.cholesky(INDEFINITE)))
        before = np.geterr()
        with np.errstate(all="raise"):
            assert np.geterr() == before


@pytest.mark.parametrize("size", [2, 3, 5, 8])
def test_a_failed_factorisation_is_seen_by_value(size: int) -> None:
    matrix = np.eye(size)
    matrix[:2, :2] = INDEFINITE
    batch = np.stack([np.eye(size), matrix])
    with browserlike():
        inverse, logdet = linalg.spd_inverse(batch)
    plain_inverse, plain_logdet = linalg.spd_inverse(batch)
    for found, determinant in ((inverse, logdet), (plain_inverse, plain_logdet)):
        assert np.array_equal(found[0], np.eye(size))
        assert np.all(np.isnan(found[1]))
        assert determinant[0] == 0
        assert np.isnan(determinant[1])


def test_a_fit_needs_neither_exceptions_nor_errstate() -> None:
    rng = np.random.default_rng(1)
    mouse = np.repeat(np.arange(5), 6)
    data = {"y": rng.normal(size=30), "x": rng.normal(size=30), "mouse": mouse}
    with browserlike():
        there = lmer("y ~ x + (x | mouse)", data)
    here = lmer("y ~ x + (x | mouse)", data)
    assert there.loglik == here.loglik
    assert there.fixef == here.fixef
