from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chapters.mixed_models.datasets import patients
from chapters.mixed_models.datasets.writing import FOLDER, files
from chapters.mixed_models.values.scenario_files import fitted
from widgets.lmm import lmer, t_test

ROOT = Path(__file__).resolve().parents[3]

# R 4.2.2, lme4 1.1-31, lmerTest 3.1-3 with ddf = "Kenward-Roger": estimate, se, df, p
R = {
    "patients": (-0.04772867133, 0.01605104772, 48.0, 0.00459403882),
    "clinics": (2.7908750852, 1.1799836423, 17.9962941794, 0.0294562597),
    "centres": (0.278785752, 0.0555097317, 980.512810, 6.06424727e-07),
    # Satterthwaite's degrees of freedom; the design is balanced
    "electrodes": (-0.215781250, 0.391310738, 4.000363073, 0.610689433),
}


@pytest.mark.parametrize("name", sorted(files()))
def test_the_file_to_download_is_what_its_module_draws(name: str) -> None:
    assert (ROOT / FOLDER / name).read_text(encoding="utf-8") == files()[name]


@pytest.mark.parametrize("name", sorted(R))
def test_the_scenarios_model_gives_what_lme4_gives(name: str) -> None:
    row = fitted(name)
    # lme4's optimiser stops some 1e-4 short of the optimum of a model with four variances
    assert (row.estimate, row.se, row.df, row.p) == pytest.approx(R[name], rel=2e-4)


def test_with_random_slopes_the_interaction_is_tested_on_the_patients_slopes() -> None:
    hba1c = patients.sample()
    time = np.arange(patients.MONTHS) - (patients.MONTHS - 1) / 2
    slopes = hba1c @ time / (time @ time)
    treated = patients.treated()
    data = patients.table() | {"both": np.outer(treated, time).ravel()}
    fit = lmer("hba1c ~ time + treat + both + (1 + time | patient)", data)
    row = fit.coefficients("Kenward-Roger")["both"]
    by_hand = t_test(slopes[treated], slopes[~treated])
    assert (row.estimate, row.t, row.df, row.p) == pytest.approx(
        (by_hand.estimate, by_hand.t, by_hand.df, by_hand.p), rel=1e-4
    )
