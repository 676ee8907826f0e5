"""What a reader would call agrees with R, for everything of the second set that there is."""

from __future__ import annotations

import pytest

from validation.calls import call_cases, disagreements

THERE = (
    "drop1-plots-kr",
    "drop1-plots-satterthwaite",
    "drop1-feedlot-kr",
    "pb-feedlot-diet",
    "pb-plots-four-fields",
    "influence-curves-animal",
    "influence-plots-field",
    "influence-feedlot-ml",
    "weights-lm",
    "weights-lmer-reml",
    "weights-lmer-kr",
    "weights-lmer-ml",
    "weights-glmer-binomial",
    "weights-geeglm-independence",
    "weights-geeglm-exchangeable",
    "formula-lmer-poly",
    "formula-lmer-ns",
    "formula-lmer-bs",
    "formula-lm-poly-interaction",
    "predict-some-groups",
    "predict-lmer-slope",
    "emmeans-lm-covariate",
    "emmeans-lm-at",
    "emmeans-lmer-kr",
    "emmeans-lmer-satterthwaite-by",
    "emmeans-lmer-cells",
    "emmeans-lmer-z",
    "emmeans-lmer-feedlot",
    "emmeans-glmer-link",
    "emmeans-glmer-response",
    "emmeans-glmmTMB-ratios",
    "emmeans-geeglm",
    "emtrends-lm",
    "emtrends-lmer-kenw",
    "emtrends-lmer-satt",
    "emtrends-glmer",
    "anova-plots-kr",
    "anova-plots-satterthwaite",
    "anova-feedlot-kr",
    "anova-three-models",
    "contrasts-lm-sum",
    "contrasts-lm-helmert",
    "contrasts-lm-poly",
    "contrasts-lm-no-intercept",
    "contrasts-lmer",
    "contrasts-glmmTMB",
    "gls-ar1-time",
    "gls-ar1-rows-ml",
    "lme-ar1-time",
    "geeglm-ar1-waves",
    "geeglm-ar1-waves-binomial",
    "glmmTMB-nbinom2-zi",
    "glmmTMB-poisson-zi",
    "glmmTMB-owls-nbinom2-zi",
)
"""Cases whose functions and arguments the engine has."""


@pytest.mark.parametrize("name", THERE)
def test_a_call_answers_as_r_does(name: str) -> None:
    assert list(disagreements(call_cases()[name])) == []
