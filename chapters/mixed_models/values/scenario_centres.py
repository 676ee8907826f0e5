"""Five centres, in which different shares of the samples are ill, and a gene that does not care."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from chapters.mixed_models.datasets.centres import CENTRES, SAMPLES, disease, draw
from widgets.lmm import lm_many, lmer_many
from widgets.lmm.many.fits import ManyFits
from widgets.notation import text

SEED = 24
EXPERIMENTS = 2_000


def values() -> dict[str, str]:
    """Return false alarms with centres left out, as a random effect, and as fixed effects."""
    y = draw(default_rng(SEED), 0.0, EXPERIMENTS).reshape(EXPERIMENTS, -1).T
    centre = np.repeat(np.arange(CENTRES), SAMPLES)
    data = {"disease": disease().ravel().astype(float), "center": centre}
    data |= {f"center{place}": (centre == place).astype(float) for place in range(1, CENTRES)}
    fixed = " + ".join(f"center{place}" for place in range(1, CENTRES))
    return {
        "samples": text(CENTRES * SAMPLES, "count"),
        "ignored": _alarms(lm_many("y ~ disease", data, y)),
        "random": _alarms(lmer_many("y ~ disease + (1 | center)", data, y)),
        "fixed": _alarms(lm_many(f"y ~ disease + {fixed}", data, y)),
    }


def _alarms(fits: ManyFits) -> str:
    return f"{100 * (fits.p['disease'] < 0.05).mean():.0f}%"  # noqa: PLR2004  the usual promise; more digits are chance
