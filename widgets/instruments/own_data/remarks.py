"""What a reader has to know about her rows: names of sentences with what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from widgets import notation
from widgets.instruments.own_data.analyses import TWO, Analysis, Mixed, text
from widgets.instruments.own_data.design import Design, crossed
from widgets.instruments.own_data.figure import thinned
from widgets.instruments.own_data.rows import Floats, Rows, means
from widgets.instruments.own_data.spread import Spread
from widgets.lmm import ModelError, glmer, glmmTMB

FEW = 3
"""Units in an arm up to which the degrees of freedom have to be put in words."""

LISTED = 8
"""Labels that a sentence lists."""

STEEP = 0.6
"""Slope of log SD on log mean over units from which a logarithm is worth a try."""

MOST_COUNTS = 100
"""Mean up to which whole numbers are taken for counts of events."""


@dataclass(frozen=True)
class Remark:
    """A sentence by its name, and the texts for its places."""

    name: str
    values: Mapping[str, str] = field(default_factory=dict)


def remarks(
    design: Design,
    found: Mapping[str, Analysis],
    fitted: Mixed,
    spread: Spread | None,
    given: Mapping[str, object],
) -> list[Remark]:
    """Every remark on these rows, the most important first."""
    return [
        *_stops(design),
        *_of_design(design, fitted),
        *_of_fit(design, found, fitted, spread),
        *_of_response(design, given),
        *_of_rows(design, given),
    ]


def listed(labels: Sequence[str]) -> str:
    """Labels in a row; of many the first."""
    shown = ", ".join(labels[:LISTED])
    return shown if len(labels) <= LISTED else f"{shown}, …"


def _stops(design: Design) -> Iterator[Remark]:
    if design.stop is None:
        return
    names = design.named
    values = {"units": listed(names), "n": str(len(names)), "arms": listed(names)}
    if design.stop == "confounded":
        values = {"block": names[0], "blocks": listed(names[1:])}
    treatment, unit = design.rows.arm.name, design.rows.unit.name
    yield Remark(f"stop_{design.stop}", values | {"treatment": treatment, "unit": unit})


def _of_design(design: Design, fitted: Mixed) -> Iterator[Remark]:
    if design.stop:
        return
    if design.one_row_each:
        yield Remark("one_row_each")
    elif design.kind == "between" and min(design.units_by_arm) <= FEW:
        first = fitted.first
        df = notation.text(first.df if first else fitted.dendf, "df")
        yield Remark("few_units", {"n": str(min(design.units_by_arm)), "df": df})
    block = design.rows.block
    if design.blocks == "crossed" and block is not None:
        yield Remark("blocks_crossed", {"block": block.name, "n": str(len(block.levels))})
    if design.blocks == "nested" and block is not None:
        yield Remark("blocks_nested", {"block": block.name})
    if design.blocks == "same_as_unit":
        yield Remark("blocks_same", {"unit": design.rows.unit.name})
    if design.kind == "within":
        table = crossed(design.rows.unit, design.rows.arm) > 0
        lone = [design.rows.unit.levels[i] for i in np.flatnonzero(~table.all(axis=1))]
        if lone:
            yield Remark("incomplete_pairs", {"units": listed(lone)})
    if len(design.rows.arm.levels) > TWO:
        yield Remark("comparisons", {"reference": design.rows.arm.levels[0]})


def _of_fit(
    design: Design, found: Mapping[str, Analysis], fitted: Mixed, spread: Spread | None
) -> Iterator[Remark]:
    if spread is None or not fitted.variances:
        return
    if fitted.variances["unit"] == 0:
        yield Remark("singular", {"n": str(len(design.rows.unit.levels))})
    means_of, mixed = found["means"].first, fitted.first
    if (
        design.is_balanced
        and design.kind == "between"
        and design.blocks == "none"
        and "subunit" not in fitted.variances
        and means_of
        and mixed
    ):
        yield Remark("balanced", {"m": str(int(design.rows.unit.counts[0]))})


def _of_response(design: Design, given: Mapping[str, object]) -> Iterator[Remark]:
    rows = design.rows
    if given.get("log") and not rows.is_log:
        yield Remark("log_impossible")
    if design.stop or rows.is_log:
        return
    values = np.unique(rows.y) if len(rows.y) < 100_000 else np.unique(rows.y[:100_000])  # noqa: PLR2004
    whole = bool(np.all(values == np.round(values)) and values[0] >= 0)
    if whole and values[-1] <= 1:
        yield _generalised("zero_one", rows)
    elif whole and rows.y.mean() < MOST_COUNTS and len(design.rows.unit.levels) < len(rows.y):
        yield _generalised("counts", rows)
    elif np.all(values > 0) and _is_steep(rows):
        yield Remark("offer_log")


def _generalised(name: str, rows: Rows) -> Remark:
    """The generalised model of a response of 0 and 1, or of counts: ratio, interval and p."""
    data = {"y": rows.y, "arm": text(rows.arm), "unit": text(rows.unit)}
    formula = "y ~ arm + (1 | unit)"
    try:
        fit = (
            glmer(formula, data, family="binomial")
            if name == "zero_one"
            else glmmTMB(formula, data, family="nbinom2")
        )
        one = [row for name, row in fit.coefficients().items() if name.startswith("arm")]
    except (ModelError, ArithmeticError):
        return Remark(f"{name}_alone")
    if len(one) != 1 or not np.isfinite(one[0].p):
        return Remark(f"{name}_alone")
    ratio = {
        key: notation.text(float(np.exp(getattr(one[0], key))), "decimal")
        for key in ("estimate", "low", "high")
    }
    return Remark(name, ratio | {"p": notation.relation(one[0].p, "p")})


def _is_steep(rows: Rows) -> bool:
    """Whether the SD of units' rows grows with their mean, about in proportion."""
    size = len(rows.unit.levels)
    counts = rows.unit.counts
    mean = means(rows.unit.codes, rows.y, size)
    apart: Floats = rows.y - mean[rows.unit.codes]
    squares = means(rows.unit.codes, apart**2, size)
    used = (counts > TWO) & (squares > 0)
    if used.sum() < 2 * TWO or np.ptp(mean[used]) == 0:
        return False
    x, y = np.log(mean[used]), 0.5 * np.log(squares[used])
    slope = _slope(x, y)
    return bool(slope > STEEP and np.corrcoef(x, y)[0, 1] > STEEP)


def _slope(x: Floats, y: Floats) -> float:
    centred = x - x.mean()
    return float(centred @ y / (centred @ centred))


def _of_rows(design: Design, given: Mapping[str, object]) -> Iterator[Remark]:
    rows = design.rows
    counts = rows.unit.counts
    lost = rows.missing_by_unit
    if rows.missing:
        where = listed([f"{unit} ({n})" for unit, n in lost.items()]) or "—"
        yield Remark("missing", {"n": f"{rows.missing:,}", "units": where})
    if not design.stop and not design.one_row_each and design.kind == "between":
        single = [rows.unit.levels[i] for i in np.flatnonzero(counts == 1)]
        if single:
            yield Remark("single_rows", {"units": listed(single)})
        elif len(counts) and counts.min() != counts.max():
            ends = {"low": f"{counts.min():,}", "high": f"{counts.max():,}"}
            yield Remark("unequal", ends)
    constant = _constant(rows)
    if constant:
        yield Remark("constant", {"units": listed(constant)})
    out = given.get("left_out")
    if isinstance(out, list) and out:
        yield Remark("left_out", {"units": listed([str(one) for one in out])})
    drawn = len(thinned(rows)) if len(rows.y) else 0
    if drawn < len(rows.y):
        yield Remark("thinned", {"drawn": f"{drawn:,}", "n": f"{len(rows.y):,}"})


def _constant(rows: Rows) -> list[str]:
    """Units with several rows that are all alike."""
    size = len(rows.unit.levels)
    low, high = np.full(size, np.inf), np.full(size, -np.inf)
    np.minimum.at(low, rows.unit.codes, rows.y)
    np.maximum.at(high, rows.unit.codes, rows.y)
    return [rows.unit.levels[i] for i in np.flatnonzero((low == high) & (rows.unit.counts > 1))]
