"""Predictions with their standard errors and intervals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from .arguments import check_choice, check_share
from .arrays import Floats
from .coefficients import t_quantiles
from .errors import MethodError

IntervalOf = Literal["confidence", "prediction"] | None


@dataclass(frozen=True, eq=False)
class Prediction:
    """Predictions by row, arrays of shape (n,).

    Attributes
    ----------
    estimate : as without standard errors
    se : of the expected value
    low, high : ends of the interval, None where none was asked for
    """

    estimate: Floats
    se: Floats
    low: Floats | None = None
    high: Floats | None = None


def check_asked(
    interval: object, level: object, *, se: object, random: object = False, whole: bool = True
) -> bool:
    """Whether standard errors are asked for.

    Parameters
    ----------
    random : what is asked of the random effects, whose errors are not known here
    whole : whether there is an interval for a new observation

    Raises
    ------
    MethodError
        If an argument is not what it must be.
    """
    check_choice("se", se, (True, False))
    check_choice("interval", interval, (None, "confidence", *(["prediction"] if whole else [])))
    check_share("level", level)
    asked = bool(se) or interval is not None
    if asked and random is not False:
        msg = "standard errors are those of the fixed effects; ask for them with random=False"
        raise MethodError(msg)
    return asked


def predicted(
    X: Floats,
    estimate: Floats,
    vcov: Floats,
    df: float,
    interval: IntervalOf,
    level: float,
    extra: Floats | float = 0.0,
) -> Prediction:
    """Predictions with sqrt(x'Vx) and, if asked for, estimate -+ quantile times it.

    Parameters
    ----------
    X : shape (n, p), rows in the order of ``vcov`` (p, p)
    estimate : shape (n,)
    df : of Student's t, infinite for the normal distribution
    extra : variance of a new observation beside that of its mean, for ``"prediction"``
    """
    variance = np.einsum("na,ab,nb->n", X, vcov, X)
    se = np.sqrt(np.maximum(variance, 0.0))
    if interval is None:
        return Prediction(estimate, se)
    width = np.sqrt(variance + extra) if interval == "prediction" else se
    margin = t_quantiles((1 - level) / 2, (float(df),))[0] * width
    return Prediction(estimate, se, estimate - margin, estimate + margin)


def on_response(found: Prediction, mean: Callable[[Floats], Floats], slope: Floats) -> Prediction:
    """A prediction of the link taken back: its se by the delta method, the ends moved."""
    ends = [None if end is None else mean(end) for end in (found.low, found.high)]
    return replace(
        found, estimate=mean(found.estimate), se=np.abs(slope) * found.se, low=ends[0], high=ends[1]
    )
