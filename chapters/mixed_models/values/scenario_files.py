"""The data sets that readers can download, analysed as the scenarios say and as they warn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from chapters.mixed_models.datasets import centres, clinics, electrodes, patients
from widgets.lmm import factor, lm, lmer
from widgets.lmm.coefficients import Coefficient
from widgets.notation import relation, text


@dataclass(frozen=True, slots=True)
class Study:
    """A data set, its question, and two analyses of it."""

    table: Callable[[], Mapping[str, list[Any]]]
    question: str
    """The column asked about; with the level that is not the reference, a coefficient."""

    levels: tuple[str, str]
    labels: tuple[str, ...]
    """Columns of numbers that are names."""

    coefficient: str
    right: str
    wrong: str


FIXED_CENTRES = "expression ~ disease + age + sex"
COURSE = "hba1c ~ time + treat + time:treat"

STUDIES = {
    "patients": Study(
        patients.table,
        "treat",
        ("usual", "new"),
        (),
        "time:treatnew",
        right=f"{COURSE} + (1 + time | patient)",
        wrong=f"{COURSE} + (1 | patient)",
    ),
    "clinics": Study(
        clinics.table,
        "arm",
        ("usual", "new"),
        (),
        "armnew",
        right="score ~ arm + age + (1 | clinic)",
        wrong="score ~ arm + age",
    ),
    "electrodes": Study(
        electrodes.table,
        "stim",
        ("off", "on"),
        ("channel", "unit"),
        "stimon",
        right="rate ~ stim + (1 + stim | rat) + (1 | rat:channel) + (1 | rat:channel:unit)",
        wrong="rate ~ stim + (1 | rat/channel/unit)",
    ),
    "centres": Study(
        centres.table,
        "disease",
        ("control", "case"),
        (),
        "diseasecase",
        right=f"{FIXED_CENTRES} + (1 | center) + (1 | batch)",
        wrong=FIXED_CENTRES,
    ),
}


def values() -> dict[str, str]:
    """Return estimates, intervals and p-values by file and analysis."""
    found = {"centres.true": text(centres.EFFECT, "decimal")}
    for name in STUDIES:
        found |= _written(f"{name}.right", fitted(name))
        found |= _written(f"{name}.wrong", fitted(name, right=False))
    return found


def fitted(name: str, *, right: bool = True) -> Coefficient:
    """What the right or the wrong analysis of a file says about its question."""
    study = STUDIES[name]
    data: dict[str, Any] = dict(study.table())
    data[study.question] = factor(data[study.question], study.levels)
    data |= {label: list(map(str, data[label])) for label in study.labels}
    formula = study.right if right else study.wrong
    if "|" not in formula:
        return lm(formula, data).coefficients()[study.coefficient]
    return lmer(formula, data).coefficients("Kenward-Roger")[study.coefficient]


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
    return f"{value:z.3f}".replace("-", "−") if abs(value) < 0.1 else text(value, "decimal")  # noqa: PLR2004
