"""The engine's times, JSON text in and out: natively, or in a browser.

:mod:`benchmarks.engine_browser` puts this file in the place of ``widgets/host.py``, so it imports
nothing that is not there.
"""

from __future__ import annotations

import json
import math
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from widgets.lmm import lmer

BATCH = 0.03
"""Seconds that are timed at once, since a browser's clock is coarse."""


def answer(request: str) -> str:
    """By design, milliseconds of the fit and of the fit with Kenward-Roger's table."""
    asked = json.loads(request)
    return json.dumps({one["name"]: _times(one, asked["seconds"]) for one in asked["designs"]})


def _times(design: dict[str, Any], seconds: float) -> dict[str, float]:
    formula = design["formula"]
    columns = {name: np.array(values) for name, values in design["columns"].items()}
    return {
        "fit": _median(lambda: lmer(formula, columns), seconds),
        "+ Kenward-Roger": _median(lambda: lmer(formula, columns).coefficients(), seconds),
    }


def _median(call: Callable[[], object], seconds: float) -> float:
    first = _milliseconds(call, 1)
    calls = max(1, math.ceil(1000 * BATCH / max(first, 0.01)))
    batches = max(3, math.ceil(seconds / BATCH))
    return statistics.median(_milliseconds(call, calls) for _ in range(batches))


def _milliseconds(call: Callable[[], object], calls: int) -> float:
    start = time.perf_counter()
    for _ in range(calls):
        call()
    return 1000 * (time.perf_counter() - start) / calls
