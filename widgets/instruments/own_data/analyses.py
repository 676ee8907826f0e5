"""Three analyses of the same rows: naive, means of units, mixed model."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from widgets.instruments.own_data.design import Design, crossed
from widgets.instruments.own_data.rows import Codes, Floats, Labels, Rows, joined, means
from widgets.lmm import ModelError, lm, lmer, t_test
from widgets.lmm.coefficients import Coefficient
from widgets.lmm.mixed.result import LinearMixedModel

TWO = 2

Effects = Mapping[str, Coefficient]


@dataclass(frozen=True)
class Analysis:
    """One analysis: each arm against the reference, and the test that all are alike."""

    p: float | None = None
    effects: tuple[Coefficient, ...] = ()
    F: float | None = None
    numdf: float | None = None
    dendf: float | None = None

    @property
    def first(self) -> Coefficient | None:
        """The one comparison of two arms; None if there are more."""
        return self.effects[0] if len(self.effects) == 1 else None


@dataclass(frozen=True)
class Mixed(Analysis):
    """The mixed model, with its fit and its variances."""

    fit: LinearMixedModel | None = None
    formula: str = ""
    variances: Mapping[str, float] | None = None
    """By ``unit``, ``subunit``, ``block`` and ``residual``."""


def naive(rows: Rows) -> Analysis:
    """Every row as if it were independent: pooled t-test, or F for more arms."""
    return _least_squares(rows.y, {"arm": rows.arm})


def of_means(design: Design) -> Analysis:
    """The means of units, by the test that a careful biologist would choose for them.

    Between units Welch's test; within them the paired test; with blocks that hold all arms, block
    as a factor; for three arms and more the analysis of variance.
    """
    rows = design.rows
    if design.kind == "within":
        return _within(rows)
    if design.blocks == "nested" and rows.block is not None:
        return _between(rows.y, rows.arm, rows.block)
    if design.blocks == "crossed" and rows.block is not None:
        first = _first_rows(rows.unit)
        y = means(rows.unit.codes, rows.y, len(rows.unit.levels))
        return _least_squares(y, {"arm": _at(rows.arm, first), "block": _at(rows.block, first)})
    return _between(rows.y, rows.arm, rows.unit)


def mixed(design: Design) -> Mixed:
    """REML with Kenward-Roger; an empty one where each unit has one row."""
    rows = design.rows
    if design.one_row_each:
        return Mixed()
    data: dict[str, object] = {"y": rows.y, "arm": text(rows.arm), "unit": text(rows.unit)}
    formula, known = "y ~ arm + (1 | unit)", np.ones(len(rows.y), dtype=bool)
    if rows.subunit is not None and _has_subunits(design, rows.subunit):
        formula, data["subunit"] = "y ~ arm + (1 | unit/subunit)", text(rows.subunit)
        known = rows.subunit.codes >= 0
    if rows.block is not None:
        formula = formula.replace("+ (1 | unit", "+ (1 | block) + (1 | unit")
        data["block"] = text(rows.block)
    fit = lmer(formula, {name: np.asarray(column)[known] for name, column in data.items()})
    table = fit.coefficients()
    effects = tuple(one for name, one in table.items() if name != "(Intercept)")
    test = fit.anova()["arm"]
    return Mixed(
        p=effects[0].p if len(effects) == 1 else test.p,
        effects=effects,
        F=test.F,
        numdf=test.numdf,
        dendf=test.dendf,
        fit=fit,
        formula=formula,
        variances=_variances(fit),
    )


def with_slopes(design: Design) -> float | None:
    """The p of two arms within units, if the effect may differ from unit to unit.

    None where there is nothing to tell such a difference by: other designs, or one row by unit and
    arm.
    """
    rows = design.rows
    table = crossed(rows.unit, rows.arm)
    if design.kind != "within" or len(rows.arm.levels) != TWO or (table > 1).sum() < len(table):
        return None
    data = {"y": rows.y, "arm": text(rows.arm), "unit": text(rows.unit)}
    try:
        found = lmer("y ~ arm + (1 + arm | unit)", data).coefficients()
    except ModelError:
        return None
    return next(_p(one.p) for name, one in found.items() if name != "(Intercept)")


def _has_subunits(design: Design, subunit: Labels) -> bool:
    """Whether sub-units have several rows, and units several sub-units."""
    known = subunit.codes >= 0
    pairs = joined(design.rows.unit.taken(known), subunit.taken(known))
    return len(design.rows.unit.levels) < len(pairs.levels) < int(known.sum())


def _variances(fit: LinearMixedModel) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for one in fit.varcorr:
        name = "residual" if one.group == "Residual" else one.group
        found["subunit" if "subunit" in name else name] = one.vcov
    return found


def text(labels: Labels) -> list[str]:
    """A label for each row, whose order by alphabet is that of the levels."""
    width = len(str(len(labels.levels)))
    names = [f"{i:0{width}d}" for i in range(len(labels.levels))]
    return [names[i] if i >= 0 else "" for i in labels.codes]


def _first_rows(labels: Labels) -> Codes:
    return np.unique(labels.codes, return_index=True)[1]


def _at(labels: Labels, rows: Codes) -> Labels:
    return Labels(labels.name, labels.levels, labels.codes[rows])


def _between(y: Floats, arm: Labels, unit: Labels) -> Analysis:
    """Welch's test of the means of units that lie in one arm each; F for more arms."""
    first = _first_rows(unit)
    mean, own = means(unit.codes, y, len(unit.levels)), _at(arm, first)
    if len(arm.levels) > TWO:
        return _least_squares(mean, {"arm": own})
    try:
        found = t_test(mean[own.codes == 1], mean[own.codes == 0], var_equal=False)
    except ModelError:
        return Analysis()
    return Analysis(_p(found.p), (found,))


def _within(rows: Rows) -> Analysis:
    """The paired test of units' means by arm; for more arms, unit as a factor."""
    pairs = joined(rows.unit, rows.arm)
    first = _first_rows(pairs)
    mean = means(pairs.codes, rows.y, len(pairs.levels))
    arm, unit = _at(rows.arm, first), _at(rows.unit, first)
    if len(arm.levels) > TWO:
        return _least_squares(mean, {"arm": arm, "unit": unit})
    table = np.full((len(unit.levels), TWO), math.nan)
    table[unit.codes, arm.codes] = mean
    whole = table[np.isfinite(table).all(axis=1)]
    try:
        found = t_test(whole[:, 1], whole[:, 0], paired=True)
    except ModelError:
        return Analysis()
    return Analysis(_p(found.p), (found,))


def _least_squares(y: Floats, factors: Mapping[str, Labels]) -> Analysis:
    """Factors by least squares; the test is that of ``arm`` after all others."""
    if list(factors) == ["arm"] and len(factors["arm"].levels) == TWO:
        codes = factors["arm"].codes
        try:
            found = t_test(y[codes == 1], y[codes == 0])
        except ModelError:
            return Analysis()
        return Analysis(_p(found.p), (found,))
    data: dict[str, object] = {"y": y} | {name: text(one) for name, one in factors.items()}
    try:
        fit = lm("y ~ " + " + ".join(factors), data)
    except ModelError:
        return Analysis()
    names = [name for name in fit.fixef if name.startswith("arm")]
    table = fit.coefficients()
    rows = np.array([[float(name == one) for name in fit.fixef] for one in names])
    test = fit.test(rows)
    effects = tuple(table[name] for name in names)
    return Analysis(_p(test.p), effects, test.F, test.numdf, test.dendf)


def _p(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
