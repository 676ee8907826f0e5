"""The data sets that readers can download, analysed as the scenarios say and as they warn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.datasets import centres, clinics, electrodes, patients
from widgets.lmm import factor, lm, lmer
from widgets.lmm.coefficients import Coefficient
from widgets.notation import relation, text


def claim() -> dict[str, str]:
    """Return estimates with their p-values, by file and model."""
    return _patients() | _clinics() | _electrodes() | _centres()


def _patients() -> dict[str, str]:
    data = patients.table() | _levels(patients.table(), treat=("usual", "new"))
    fixed, row = "hba1c ~ time + treat + time:treat", "time:treatnew"
    return {
        **_written("patients.slope", _row(f"{fixed} + (1 + time | patient)", data, row)),
        **_written("patients.intercept", _row(f"{fixed} + (1 | patient)", data, row)),
    }


def _clinics() -> dict[str, str]:
    data = clinics.table() | _levels(clinics.table(), arm=("usual", "new"))
    return {
        **_written("clinics.mixed", _row("score ~ arm + age + (1 | clinic)", data, "armnew")),
        **_written("clinics.ignored", lm("score ~ arm + age", data).coefficients()["armnew"]),
    }


def _electrodes() -> dict[str, str]:
    data = electrodes.table() | _levels(electrodes.table(), stim=("off", "on"))
    data |= {name: list(map(str, data[name])) for name in ("channel", "unit")}
    nested = "rate ~ stim + (1 | rat/channel/unit)"
    slope = "rate ~ stim + (1 + stim | rat) + (1 | rat:channel) + (1 | rat:channel:unit)"
    return {
        **_written("electrodes.nested", _row(nested, data, "stimon")),
        **_written("electrodes.slope", _row(slope, data, "stimon")),
    }


def _centres() -> dict[str, str]:
    data = centres.table() | _levels(centres.table(), disease=("control", "case"))
    fixed = "expression ~ disease + age + sex"
    mixed = _row(f"{fixed} + (1 | center) + (1 | batch)", data, "diseasecase")
    return {
        **_written("centres.mixed", mixed),
        **_written("centres.ignored", lm(fixed, data).coefficients()["diseasecase"]),
        "centres.true": text(centres.EFFECT, "decimal"),
    }


def _levels(columns: Mapping[str, list[Any]], **levels: tuple[str, ...]) -> dict[str, Any]:
    """The columns as factors whose first level is the reference."""
    return {name: factor(columns[name], given) for name, given in levels.items()}


def _row(formula: str, data: Mapping[str, Any], name: str) -> Coefficient:
    return lmer(formula, data).coefficients("Kenward-Roger")[name]


def _written(name: str, row: Coefficient) -> dict[str, str]:
    return {
        f"{name}.estimate": _signed(row.estimate),
        f"{name}.low": _signed(row.low),
        f"{name}.high": _signed(row.high),
        f"{name}.df": text(row.df, "count"),
        f"{name}.p": relation(row.p, "p"),
    }


def _signed(value: float) -> str:
    """The number with three digits if it is a small one."""
    return f"{value:.3f}".replace("-", "−") if abs(value) < 0.1 else text(value, "decimal")  # noqa: PLR2004
