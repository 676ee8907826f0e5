"""The families of :func:`glmmTMB`: what their responses can be, and where a search begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..errors import DataError
from .conditional import Conditional, binomial
from .counts import negative_binomial, poisson
from .dispersed import dispersed
from .hurdle import Hurdle
from .tails import logit
from .zero_inflation import ZeroInflated

LEAST_SHARE = 1e-3


@dataclass(frozen=True)
class TmbFamily:
    """What is known of a family.

    Attributes
    ----------
    link : of the mean
    values : what a response can be
    disperses : whether it has a dispersion
    zeros : what a formula of zeros means: "added", "hurdle", or None where it has none
    extra : names of its further parameters behind the dispersion
    """

    link: str
    values: str
    disperses: bool = True
    zeros: str | None = None
    extra: tuple[str, ...] = ()


FAMILIES: Mapping[str, TmbFamily] = {
    "nbinom2": TmbFamily("log", "counts", zeros="added"),
    "poisson": TmbFamily("log", "counts", disperses=False, zeros="added"),
    "nbinom1": TmbFamily("log", "counts", zeros="added"),
    "compois": TmbFamily("log", "counts", zeros="added"),
    "truncated_poisson": TmbFamily("log", "counts", disperses=False, zeros="hurdle"),
    "truncated_nbinom2": TmbFamily("log", "counts", zeros="hurdle"),
    "truncated_nbinom1": TmbFamily("log", "counts", zeros="hurdle"),
    "gaussian": TmbFamily("identity", "numbers"),
    "binomial": TmbFamily("logit", "shares of successes", disperses=False),
    "Gamma": TmbFamily("log", "positive numbers"),
    "beta": TmbFamily("logit", "numbers between 0 and 1, neither of them among them"),
    "ordbeta": TmbFamily("logit", "numbers from 0 to 1", extra=("lower cutpoint", "distance")),
    "tweedie": TmbFamily("log", "numbers from 0 on", extra=("power",)),
}
"""By R's names."""


def check_response(family: str, y: Floats, name: str, *, hurdle: bool) -> None:
    """Refuse a response that cannot come from a family, NaN being left aside.

    Raises
    ------
    DataError
        With the first such value, and what would be right.
    """
    present = y[~np.isnan(y)]
    values = FAMILIES[family].values
    wrong = {
        "counts": (present < 0) | (present != np.floor(present)),
        "positive numbers": present <= 0,
        "numbers between 0 and 1, neither of them among them": (present <= 0) | (present >= 1),
        "numbers from 0 to 1": (present < 0) | (present > 1),
        "numbers from 0 on": present < 0,
    }.get(values, np.zeros(len(present), dtype=bool))
    instead = ""
    if family.startswith("truncated") and not hurdle:
        wrong = wrong | (present == 0)
        values, instead = "counts from 1 on", "; with ziformula zeros are a part of the model"
    if family == "beta":
        instead = "; 'ordbeta' takes both"
    if np.any(wrong):
        what = f"{name} has the value {present[wrong][0]:g}"
        msg = f"{what}; a response of the family {family!r} has {values}{instead}"
        raise DataError(msg)


def conditional_of(
    family: str, y: Floats, trials: Floats, *, zeros: bool, constant: bool
) -> Conditional:
    """The distribution of the response.

    Parameters
    ----------
    zeros : whether the zeros have a part of their own
    constant : whether the dispersion is the same in all rows
    """
    if family == "binomial":
        return binomial(np.rint(y * trials), trials, logit)
    if family.startswith("truncated"):
        positive = dispersed(family, np.where(y == 0, 1.0, y))
        return Hurdle(positive, y == 0) if zeros else positive
    counts: Conditional = dispersed(family, y) if family != "poisson" else poisson(y)
    if family == "nbinom2" and constant:
        counts = negative_binomial(y)
    return ZeroInflated(counts, y == 0) if zeros else counts


def level_of_dispersion(family: str, y: Floats, mu: Floats) -> float:
    """A value near that of the dispersion's predictor, from moments."""
    square = (y - mu) ** 2
    name = family.removeprefix("truncated_")
    if name == "gaussian":
        return float(np.log(max(float(square.mean()), 1e-300)))
    if name in {"beta", "ordbeta"}:
        inside = (y > 0) & (y < 1)
        share = float((square / (mu * (1 - mu)))[inside].mean()) if np.any(inside) else 0.2
        return float(np.log(np.clip(1 / max(share, 1e-4) - 1, 0.5, 1e3)))
    if name == "nbinom2":
        excess = float((square - mu).sum() / (mu * mu).sum())
        return float(-np.log(np.clip(excess, 0.05, 5.0)))
    power, shift, least, most, sign = {
        "nbinom1": (1.0, 1.0, 0.05, 5.0, 1),
        "Gamma": (2.0, 0.0, 1e-4, 5.0, -1),
        "tweedie": (1.5, 0.0, 1e-3, 1e3, 1),
        "compois": (1.0, 0.0, 0.2, 5.0, 1),
    }[name]
    ratio = float((square / mu**power).mean()) - shift
    return sign * float(np.log(np.clip(ratio, least, most)))


def extra_levels(family: str, y: Floats, eta: Floats) -> list[float]:
    """Values near those of the parameters behind the dispersion."""
    if family == "tweedie":
        return [0.0]
    if family != "ordbeta":
        return []
    low = float(np.clip((y <= 0).mean(), LEAST_SHARE, 1 - LEAST_SHARE))
    high = float(np.clip((y >= 1).mean(), LEAST_SHARE, 1 - LEAST_SHARE))
    centre = float(eta.mean())
    lower = centre + np.log(low / (1 - low))
    upper = centre - np.log(high / (1 - high))
    return [lower, float(np.log(max(upper - lower, 0.5)))]
