"""Prior distributions of standard deviations, and brms's defaults.

Each is known up to its normalising constant: the posterior is normalised as a whole.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..errors import MethodError

MAD_TO_SD = 1.4826
"""R's mad is the median absolute deviation times this: the sd of a normal distribution."""

LEAST_SCALE = 2.5
"""brms's least scale of a default prior."""

DEFAULT_DF = 3.0


@dataclass(frozen=True)
class Prior:
    """A prior of a standard deviation.

    Attributes
    ----------
    name : as brms writes it
    log_density : x > 0 -> log density up to a constant
    """

    name: str
    log_density: Callable[[Floats], Floats]


@dataclass(frozen=True)
class Defaults:
    """brms's default priors for a response: Student t with 3 degrees of freedom.

    Attributes
    ----------
    location : of the intercept at centred predictors
    scale : of that intercept, and of both half-t priors of standard deviations
    """

    location: float
    scale: float

    @property
    def intercept(self) -> str:
        """The intercept's prior as brms writes it."""
        return f"student_t({DEFAULT_DF:g}, {self.location:g}, {self.scale:g})"

    @property
    def sd(self) -> Prior:
        """Of the standard deviation between groups, and of the residual one."""
        return student_t(DEFAULT_DF, self.scale)


def defaults_of(y: Floats) -> Defaults:
    """Median and the larger of 2.5 and the median absolute deviation, to one decimal as in brms."""
    median = _median(y)
    spread = MAD_TO_SD * _median(np.abs(y - median))
    return Defaults(round(median, 1), max(LEAST_SCALE, round(spread, 1)))


def _median(values: Floats) -> float:
    """The middle value, or the mean of both; numpy's needs masked arrays, which stay at home."""
    n = len(values)
    return float(np.sort(values)[(n - 1) // 2 : n // 2 + 1].mean())


def student_t(df: float, scale: float) -> Prior:
    """Half-t: Student's t distribution around 0, of positive values only."""
    return Prior(
        f"student_t({df:g}, 0, {scale:g})",
        lambda x: -(df + 1) / 2 * np.log1p((x / scale) ** 2 / df),
    )


def normal(scale: float) -> Prior:
    """Half-normal: the normal distribution around 0, of positive values only."""
    return Prior(f"normal(0, {scale:g})", lambda x: -0.5 * (x / scale) ** 2)


def exponential(rate: float) -> Prior:
    """Exponential with mean 1/rate."""
    return Prior(f"exponential({rate:g})", lambda x: -rate * x)


def inv_gamma(shape: float, scale: float) -> Prior:
    """Inverse gamma: 1/x has a gamma distribution with that shape and rate ``scale``."""
    return Prior(f"inv_gamma({shape:g}, {scale:g})", lambda x: -(shape + 1) * np.log(x) - scale / x)


FORMS: dict[str, tuple[str, Callable[..., Prior]]] = {
    "student_t": ("student_t(df, 0, scale)", lambda df, _, scale: student_t(df, scale)),
    "normal": ("normal(0, scale)", lambda _, scale: normal(scale)),
    "exponential": ("exponential(rate)", exponential),
    "inv_gamma": ("inv_gamma(shape, scale)", inv_gamma),
}


def read_prior(text: object) -> Prior:
    """The prior that a text such as ``"student_t(3, 0, 2.5)"`` describes, as brms writes them.

    Raises
    ------
    MethodError
        If there is no such distribution, or a parameter is not a positive number (the location of
        the half-t and the half-normal: not zero).
    """
    if isinstance(text, Prior):
        return text
    if not isinstance(text, str):
        msg = f"prior must be text such as 'normal(0, 2)', not {text!r}"
        raise MethodError(msg)
    found = re.fullmatch(r"\s*(\w+)\s*\(([^()]*)\)\s*", text)
    name = found[1] if found else ""
    if found is None or name not in FORMS:
        msg = f"prior {text!r} is not known; known are {_known()}"
        raise MethodError(msg)
    form, make = FORMS[name]
    wanted = form[len(name) + 1 : -1].split(", ")
    given = [_number(part) for part in found[2].split(",")]
    fits = len(given) == len(wanted) and all(
        value == 0 if what == "0" else 0 < value < math.inf
        for what, value in zip(wanted, given, strict=True)
    )
    if not fits:
        msg = f"prior {text!r} must be {form} with positive numbers"
        raise MethodError(msg)
    return make(*given)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _known() -> str:
    return ", ".join(form for form, _ in FORMS.values())
