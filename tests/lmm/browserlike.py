"""A stand-in for numpy as it behaves in Pyodide; as a pytest plugin it holds for a whole run."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

PLUGIN = "LMM_BROWSERS_NUMPY"
"""Environment variable under which the plugin takes hold."""


class InertErrstate(contextlib.ContextDecorator):
    """``numpy.errstate`` without effect."""

    def __init__(self, **_settings: object) -> None:
        pass

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_error: object) -> None:
        return None


@contextlib.contextmanager
def browserlike() -> Iterator[None]:
    """Numpy whose Cholesky factorisation returns NaN and whose errstate is inert."""
    raising = np.linalg.cholesky

    def quiet(a: Any, **options: Any) -> Any:  # noqa: ANN401  stands for numpy's own function
        try:
            return raising(a, **options)
        except np.linalg.LinAlgError:
            array = np.asarray(a, dtype=float)
            if array.ndim == 2:
                return np.full_like(array, np.nan)
            return np.stack([quiet(one) for one in array])

    with pytest.MonkeyPatch.context() as patch, np.errstate(all="ignore"):
        patch.setattr(np.linalg, "cholesky", quiet)
        patch.setattr(np, "errstate", InertErrstate)
        yield


@pytest.fixture(autouse=bool(os.environ.get(PLUGIN)))
def _browsers_numpy() -> Iterator[None]:
    with browserlike():
        yield
