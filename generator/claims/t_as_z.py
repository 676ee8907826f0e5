"""What becomes of the promised 5% when a t-value from six mice is read as a normal deviate."""

from __future__ import annotations

from numpy.random import default_rng

from widgets.lmm import lmer_many
from widgets.lmm.distributions import t
from widgets.notation import text
from widgets.simulators import load
from widgets.simulators.nested.analyses import EFFECT, FORMULA
from widgets.simulators.nested.experiment import draw, layout

SEED = 4
EXPERIMENTS = 10_000
NORMAL = 1.96


def claim() -> dict[str, str]:
    """Return the shares of false alarms without any effect, and the critical value of t."""
    values = load("nested").values({"beta": 0})
    design = layout(values)
    data = {"treatment": design.treatment, "mouse": design.mouse}
    fits = lmer_many(FORMULA, data, draw(values, default_rng(SEED), EXPERIMENTS))
    return {
        "z": text(float((abs(fits.t[EFFECT]) > NORMAL).mean()), "percent"),
        "kr": text(float((fits.p[EFFECT] < 0.05).mean()), "percent"),  # noqa: PLR2004  the promise
        "critical": text(float(t.ppf(0.975, values["n_mice"] - 2)), "decimal"),
    }
