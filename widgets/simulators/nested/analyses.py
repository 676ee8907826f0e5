"""Three answers to the same data: cells as independent, the mixed model, the means of mice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np

from widgets.lmm import LinearMixedModel, lm, lmer, t_test
from widgets.simulators.nested.experiment import ARMS, Floats, Layout, Values

Answer = Mapping[str, float | None]
"""``estimate se df t p low high`` of the treatment effect, ``None`` where it has none."""

METHODS = ("ols", "mixed", "means")
COLUMNS = ("estimate", "se", "df", "t", "p", "low", "high")
EFFECT = f"treatment{ARMS[1]}"
FORMULA = "y ~ treatment + (1 | mouse)"
FIXED_FORMULA = "y ~ treatment"

FEWEST_MICE_BETWEEN = 3
"""With one mouse in each arm the treatment cannot be told from the mouse."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """The three answers, and the mixed model behind the second if it could be fitted."""

    answers: Mapping[str, Answer]
    model: LinearMixedModel | None


def has_answer(values: Values) -> bool:
    """Whether mice can be told from treatment at all."""
    return values["design"] == "within" or values["n_mice"] >= FEWEST_MICE_BETWEEN


def analyse(values: Values, layout: Layout, y: Floats) -> Analysis:
    """Return what each analysis says of the treatment effect; y has one value a cell."""
    data = {"y": y, "treatment": layout.treatment, "mouse": layout.mouse}
    ols = asdict(lm(FIXED_FORMULA, data).coefficients()[EFFECT])
    if not has_answer(values):
        nothing: Answer = dict.fromkeys(COLUMNS) | {"estimate": ols["estimate"]}
        return Analysis({"ols": ols, "mixed": nothing, "means": nothing}, None)
    model = lmer(FORMULA, data)
    mixed = asdict(model.coefficients(ddf="Kenward-Roger")[EFFECT])
    return Analysis({"ols": ols, "mixed": mixed, "means": _means(values, layout, y)}, model)


def _means(values: Values, layout: Layout, y: Floats) -> Answer:
    """Return the t-test on one number a mouse: its mean, or its own difference between the arms."""
    cells = y.reshape(values["n_mice"], values["m_cells"])
    treated = layout.treated.reshape(cells.shape)
    if values["design"] == "within":
        return asdict(t_test(cells[:, 1::2].mean(axis=1), cells[:, ::2].mean(axis=1), paired=True))
    mean = cells.mean(axis=1)
    return asdict(t_test(mean[treated[:, 0]], mean[~treated[:, 0]]))


def sds(model: LinearMixedModel | None) -> tuple[float | None, float | None]:
    """Return the estimated SDs between and within mice."""
    if model is None:
        return None, None
    return float(model.varcorr[0].sdcor), float(model.sigma)


def icc(sd_between: float | None, sd_within: float | None) -> float | None:
    """Return the share of the variance that lies between mice."""
    if sd_between is None or sd_within is None:
        return None
    return float(np.square(sd_between) / (np.square(sd_between) + np.square(sd_within)))
