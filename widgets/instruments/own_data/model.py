"""A reader's table: three analyses, what they say together, and the figures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from widgets.contract import Answer, Input, Instrument, InstrumentError, Readout
from widgets.instruments.own_data import figure, rows
from widgets.instruments.own_data.analyses import (
    TWO,
    Analysis,
    Mixed,
    mixed,
    naive,
    of_means,
    with_slopes,
)
from widgets.instruments.own_data.design import Design, design
from widgets.instruments.own_data.remarks import remarks
from widgets.instruments.own_data.spread import Spread, spread
from widgets.lmm import ModelError

LEVEL = 0.05
MOST_UNITS = 200
"""Units that the page lists."""

FIELDS = {
    "estimate": "decimal",
    "se": "decimal",
    "df": "df",
    "p": "p",
    "low": "decimal",
    "high": "decimal",
}

READOUTS = (
    *(
        Readout(f"{analysis}.{field}", style)  # type: ignore[arg-type]
        for analysis in ("naive", "means", "mixed")
        for field, style in FIELDS.items()
    ),
    *(Readout(f"ratio.{field}") for field in ("estimate", "low", "high")),
    *(Readout(f"icc.{field}") for field in ("estimate", "low", "high")),
    Readout("n_rows", "count"),
    Readout("n_units", "count"),
    Readout("n_effective", "df"),
    Readout("missing", "count"),
    Readout("design_effect"),
    Readout("sd_unit"),
    Readout("sd_residual"),
    Readout("se_ratio"),
    Readout("slopes.p", "p"),
    Readout("mixed.F"),
    Readout("mixed.numdf", "df"),
    Readout("mixed.dendf", "df"),
)


def answer(given: Input) -> Answer:
    """The analysis of the columns that ``roles`` names; see :func:`rows.read` for the input.

    Further entries of the input: ``same_units`` (``same`` or ``renumbered``), ``paired``, ``log``,
    ``words`` of the figures, and ``sizes``, those in which they are drawn.
    """
    read = rows.read(given)
    told = given.get("same_units")
    if told not in (None, "", "same", "renumbered"):
        msg = f"same_units: it is {told!r}; give 'same' or 'renumbered'"
        raise InstrumentError(msg)
    found = design(read, told or None, paired=bool(given.get("paired")))
    tests = not (found.stop or found.asks)
    analyses, fitted, share = _analysed(found) if tests else ({}, Mixed(), None)
    slopes = with_slopes(found) if tests else None
    return {
        "state": "asking" if found.asks else "ready",
        "readouts": _numbers(found, analyses, fitted, share) | {"slopes.p": slopes},
        "verdict": _verdict(found, analyses, slopes),
        "changed": _changed(found, fitted),
        "remarks": [
            {"name": one.name, "values": dict(one.values)}
            for one in remarks(found, analyses, fitted, share, given)
        ]
        if not found.asks
        else [],
        "design": _design(found),
        "formula": fitted.formula,
        "comparisons": _comparisons(found, fitted),
        "units": _units(found),
        "figures": _figures(found, analyses, given),
    }


def _analysed(found: Design) -> tuple[dict[str, Analysis], Mixed, Spread | None]:
    try:
        fitted = mixed(found)
    except ModelError:
        fitted = Mixed()
    analyses = {"naive": naive(found.rows), "means": of_means(found), "mixed": fitted}
    return analyses, fitted, spread(found, fitted)


def _numbers(
    found: Design, analyses: Mapping[str, Analysis], fitted: Mixed, share: Spread | None
) -> dict[str, float | None]:
    numbers: dict[str, float | None] = {
        "n_rows": len(found.rows.y),
        "n_units": len(found.rows.unit.levels) if len(found.rows.y) else 0,
        "missing": found.rows.missing,
    }
    for name, one in analyses.items():
        numbers[f"{name}.p"] = one.p
        numbers[f"{name}.df"] = one.dendf
        if one.first:
            for key in FIELDS:
                numbers[f"{name}.{key}"] = getattr(one.first, key)
    if fitted.first and found.rows.is_log:
        for key in ("estimate", "low", "high"):
            numbers[f"ratio.{key}"] = math.exp(getattr(fitted.first, key))
    if share:
        numbers |= {
            "icc.estimate": share.icc,
            "icc.low": share.low,
            "icc.high": share.high,
            "n_effective": share.n_effective,
            "design_effect": share.design_effect,
        }
    if fitted.variances:
        numbers["sd_unit"] = math.sqrt(fitted.variances["unit"])
        numbers["sd_residual"] = math.sqrt(fitted.variances["residual"])
        numbers |= {f"mixed.{key}": getattr(fitted, key) for key in ("F", "numdf", "dendf")}
        first = analyses["naive"].first
        if first and fitted.first and first.se > 0:
            numbers["se_ratio"] = fitted.first.se / first.se
    return {name: _finite(value) for name, value in numbers.items()}


def _finite(value: float | None) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None


def _verdict(found: Design, analyses: Mapping[str, Analysis], slopes: float | None) -> str:
    """The name of the sentence that says what a paper should report."""
    if found.asks:
        return "asking"
    if found.stop:
        return "no_test"
    if found.one_row_each:
        return "one_row_each"
    before, after = analyses["naive"].p, analyses["mixed"].p
    if before is None or after is None:
        return "no_model"
    if after < LEVEL and slopes is not None and slopes >= LEVEL:
        return "within_slopes"
    changes = {
        (True, True): "both",
        (True, False): "lost",
        (False, True): "gained",
        (False, False): "neither",
    }
    return f"{found.kind}_{changes[before < LEVEL, after < LEVEL]}"


def _changed(found: Design, fitted: Mixed) -> list[str]:
    """The sentences that say what changes from the naive analysis to the mixed model."""
    if not fitted.effects:
        return []
    if len(fitted.effects) >= TWO:
        return ["arms"]
    return [found.kind, *(["ratio"] if found.rows.is_log else [])]


def _design(found: Design) -> dict[str, Any]:
    arms = found.rows.arm
    return {
        "kind": found.kind,
        "stop": found.stop,
        "named": list(found.named),
        "blocks": found.blocks,
        "has_subunits": found.rows.subunit is not None,
        "n_same": found.n_same,
        "n_renumbered": found.n_renumbered,
        "log": found.rows.is_log,
        "arms": [
            {"name": name, "units": int(n), "rows": int(count)}
            for name, n, count in zip(arms.levels, found.units_by_arm, arms.counts, strict=False)
        ],
    }


def _comparisons(found: Design, fitted: Mixed) -> list[dict[str, Any]]:
    """Each arm against the reference by the mixed model, with Holm's adjustment."""
    if len(fitted.effects) < TWO:
        return []
    adjusted = _holm([one.p for one in fitted.effects])
    return [
        {"arm": name, "p_holm": p} | {key: _finite(getattr(one, key)) for key in FIELDS}
        for name, one, p in zip(found.rows.arm.levels[1:], fitted.effects, adjusted, strict=True)
    ]


def _holm(p: list[float]) -> list[float]:
    """Holm's adjusted p-values (Holm 1979, Scand. J. Statist. 6:65-70)."""
    order = np.argsort(p)
    found, worst = [0.0] * len(p), 0.0
    for place, index in enumerate(order):
        worst = max(worst, min(1.0, (len(p) - place) * p[index]))
        found[index] = worst
    return found


def _units(found: Design) -> list[dict[str, Any]]:
    data = found.rows
    if not len(data.y):
        return []
    mean = rows.means(data.unit.codes, data.y, len(data.unit.levels))
    counts = data.unit.counts
    first = np.unique(data.unit.codes, return_index=True)[1]
    return [
        {
            "unit": name,
            "arm": data.arm.levels[data.arm.codes[first[i]]] if found.kind == "between" else "",
            "rows": int(counts[i]),
            "mean": float(math.exp(mean[i]) if data.is_log else mean[i]),
        }
        for i, name in enumerate(data.unit.levels[:MOST_UNITS])
    ]


def _figures(
    found: Design, analyses: Mapping[str, Analysis], given: Input
) -> dict[str, dict[str, str]]:
    words = given.get("words")
    if not words or not len(found.rows.y):
        return {}
    sizes = [one for one in given.get("sizes") or figure.SIZES if one in figure.SIZES]
    return {
        "superplot": {size: figure.superplot(found, words, size) for size in sizes},
        "intervals": {size: figure.intervals(found.rows, analyses, words, size) for size in sizes},
    }


INSTRUMENT = Instrument(
    name="own-data",
    answer=answer,
    readouts=READOUTS,
    example={"roles": {"response": "expr", "treatment": "treat", "unit": "mouse"}},
    data="mice.csv",
)
