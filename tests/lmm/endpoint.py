"""Everything the engine says of reference cases, JSON text in and out: natively, or in a browser.

The browser's test puts this file in the place of ``widgets/host.py``, so it imports nothing that is
not there.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from typing import Any

import numpy as np

from widgets.lmm import (
    TwoArms,
    brm,
    closed_form_power,
    factor,
    geeglm,
    glmer,
    glmmTMB,
    gls,
    icc,
    lm,
    lme,
    lmer,
    power,
)

Numbers = dict[str, float | None]


def answer(request: str) -> str:
    """By case id, every number that a fit has."""
    asked = json.loads(request)
    found = {case["id"]: _numbers(case, asked["data"][case["data"]]) for case in asked["cases"]}
    return json.dumps(found)


def _numbers(case: dict[str, Any], columns: dict[str, list[Any]]) -> Numbers:
    data: dict[str, Any] = {name: np.array(values) for name, values in columns.items()}
    for name in case["factors"]:
        data[name] = factor(data[name], case["levels"][name])
    REML = case["method"] == "REML"
    found = _of_model(case, data, REML=REML)
    return {name: value if math.isfinite(value) else None for name, value in found.items()}


def _of_model(case: dict[str, Any], data: dict[str, Any], *, REML: bool) -> dict[str, float]:
    others = {"gee": _marginal, "glmm": _generalised, "brm": _posterior, "power": _power}
    if case["model"] in others:
        return others[case["model"]](case, data)
    if case["model"] == "ols":
        return _table(lm(case["formula"], data).coefficients())
    if case["model"] == "icc":
        one = icc(data[case["response"]], data[case["group"]].codes)
        return {"icc": one.icc, "low": one.interval.low, "high": one.interval.high, "p": one.p}
    if case["model"] == "gls-ar1" and case["random"] == "none":
        fit = gls(case["formula"], data, case["group"], REML=REML)
        assert fit.phi is not None
        return _table(fit.coefficients()) | {"loglik": fit.loglik, "phi": fit.phi}
    if case["model"] == "gls-ar1":
        serial = "AR1" if case["correlation"] == "ar1" else None
        mixed = lme(case["formula"], data, serial, REML=REML)  # type: ignore[arg-type]
    else:
        mixed = lmer(case["formula"], data, REML=REML)
    found = _table(mixed.coefficients()) | {"loglik": mixed.loglik, "sigma": mixed.sigma}
    found |= {f"theta {i}": float(value) for i, value in enumerate(mixed.theta)}
    found |= {f"fitted {i}": float(mixed.fitted[i]) for i in range(0, mixed.nobs, 17)}
    if case["model"] == "lmm":
        satterthwaite = mixed.coefficients("Satterthwaite")
        found |= {f"{name} Satterthwaite": row.df for name, row in satterthwaite.items()}
    return found


def _generalised(case: dict[str, Any], data: dict[str, Any]) -> dict[str, float]:
    if "glmmTMB" in case["tool"]:
        fit = glmmTMB(case["formula"], data, case["family"], case["zi_formula"])
    else:
        points = int(case["method"].partition(":")[2] or 1)
        fit = glmer(case["formula"], data, case["family"], case["link"], points)
    found = _table(fit.coefficients()) | {"loglik": fit.loglik, "df": fit.df}
    found |= {f"theta {i}": float(value) for i, value in enumerate(fit.theta)}
    found |= {f"fitted {i}": float(fit.fitted[i]) for i in range(0, fit.nobs, 17)}
    found |= {f"zeros {name}": value for name, value in fit.zi_fixef.items()}
    if fit.nbinom2_theta is not None:
        found["dispersion"] = fit.nbinom2_theta
    return found


def _marginal(case: dict[str, Any], data: dict[str, Any]) -> dict[str, float]:
    fit = geeglm(case["formula"], data, case["group"], case["family"], case["method"])
    found = {"scale": fit.scale, "alpha": fit.alpha or 0.0}
    for bias in (None, "MD", "KC", "FG"):
        rows = _table(fit.coefficients(bias))
        found |= {f"{name} {bias}": value for name, value in rows.items()}
    return found


def _posterior(case: dict[str, Any], data: dict[str, Any]) -> dict[str, float]:
    fit = brm(case["formula"], data, case.get("prior"))
    found: dict[str, float] = {}
    for name in fit.quantities:
        low, high = fit.quantile(name, [0.025, 0.975])
        found |= {f"{name} mean": fit.mean[name], f"{name} sd": fit.sd[name]}
        found |= {f"{name} low": float(low), f"{name} high": float(high)}
        found[f"{name} density"] = float(fit.density(name, fit.mean[name]))
    return found


def _power(case: dict[str, Any], _data: dict[str, Any]) -> dict[str, float]:
    design = TwoArms(clusters=4, size=(3, 5, 8, 12), effect=1.0, sd_between=0.5, sd_within=1.0)
    found = power(design, case["formula"], 60, np.random.default_rng(1))
    return {"closed form": closed_form_power(design), **asdict(found)}


def _table(rows: Any) -> dict[str, float]:  # noqa: ANN401  a table of any model
    fields = ("estimate", "se", "df", "t", "p", "low", "high")
    return {f"{name} {key}": getattr(row, key) for name, row in rows.items() for key in fields}
