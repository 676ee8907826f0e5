"""Estimated marginal means and slopes: :func:`emmeans`, :func:`emtrends`.

Searle, S. R., Speed, F. M. & Milliken, G. A. (1980). Am. Stat. 34:216: means over the combinations
of all categories with equal weights, whatever their numbers of rows; named as in R's emmeans.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ..arguments import check_choice, check_share, shown
from ..arrays import Floats
from ..coefficients import two_sided_test
from ..errors import MethodError
from ..mixed.wald import Ddf
from .adjust import ADJUSTMENTS, Adjust, adjusted, quantiles
from .contrasts import contrasts_of, labels_of
from .grid import Cell, Value, averaged, cells_of, columns_of, covariate, unknown
from .reference import Reference, reference_of
from .scale import BASES, RATIOS, SCALES

STEP = 1e-4
"""Of the difference that a slope is, over the spread of the variable."""


@dataclass(frozen=True, slots=True)
class EstimatedMean:
    """A mean, or slope, at some levels; ``df`` is infinite for the normal distribution."""

    levels: Mapping[str, Value]
    estimate: float
    se: float
    df: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class MeanContrast:
    """A contrast between means; ``levels`` are those of ``by``, ``p`` and the interval adjusted."""

    levels: Mapping[str, Value]
    contrast: str
    estimate: float
    se: float
    df: float
    t: float
    p: float
    low: float
    high: float


@dataclass(frozen=True, eq=False, repr=False)
class EstimatedMeans:
    """Estimated means of a fit, and the contrasts that can be made of them.

    Attributes
    ----------
    cells : levels of each mean, those of ``by`` last
    L : shape (c, p), the means as combinations of the coefficients
    offset : shape (c,)
    by : variables within whose values means are compared
    response : whether they are shown on the scale of the response
    level : of the intervals
    reference : the fixed part of the fit
    """

    cells: tuple[Mapping[str, Value], ...]
    L: Floats
    offset: Floats
    by: tuple[str, ...]
    response: bool
    level: float
    reference: Reference

    def __repr__(self) -> str:
        """One line for each mean."""
        labels = labels_of(self.cells)
        pairs = zip(labels, self.rows, strict=True)
        return "\n".join(f"{name}: {one.estimate:.6g} (SE {one.se:.3g})" for name, one in pairs)

    @property
    def rows(self) -> tuple[EstimatedMean, ...]:
        """Records ``levels estimate se df low high``, the first of the variables fastest."""
        estimate, se, df = self._estimates(self.L, self.offset)
        margin = quantiles(df, self.level, "none", 1, 1) * se
        ends = [estimate - margin, estimate + margin]
        if self.response:
            mean, slope = SCALES[self.reference.link]
            se, ends = slope(estimate) * se, [mean(end) for end in ends]
            estimate = mean(estimate)
        return tuple(
            EstimatedMean(cell, *map(float, row))
            for cell, *row in zip(self.cells, estimate, se, df, *ends, strict=True)
        )

    def pairs(self, adjust: Adjust = "tukey", *, reverse: bool = False) -> tuple[MeanContrast, ...]:
        """All differences of two means (ratios, on the scale of a logarithmic response).

        Parameters
        ----------
        adjust : "tukey", "holm", "bonferroni", "sidak", "dunnettx" or "none"
        reverse : whether the later mean stands first

        Raises
        ------
        MethodError
            If there is no such adjustment, or only one mean.
        """
        return self._contrasts("revpairwise" if reverse else "pairwise", None, adjust)

    def contrast(
        self,
        method: str | Mapping[str, Sequence[float]] = "trt.vs.ctrl",
        ref: Value | None = None,
        adjust: Adjust | None = None,
    ) -> tuple[MeanContrast, ...]:
        """Contrasts of a kind, or with given weights.

        Parameters
        ----------
        method : "trt.vs.ctrl" (all others against ``ref``), "pairwise", "revpairwise", "consec"
            (each against the one before it), "eff" (each against the mean of all), or weights of
            the means by the contrast's name
        ref : the mean that the others are compared with, by its level; the first without it
        adjust : as for :meth:`pairs`, but "tukey" for pairs only; by default "dunnettx" for
            "trt.vs.ctrl", "tukey" for pairs, "holm" for "consec" and "eff", "none" for weights

        Raises
        ------
        MethodError
            If there is no such method, mean or adjustment.
        """
        usual = {"trt.vs.ctrl": "dunnettx", "pairwise": "tukey", "revpairwise": "tukey"}
        name = "weights" if isinstance(method, Mapping) else str(method)
        chosen = adjust or usual.get(name, "none" if name == "weights" else "holm")
        if chosen == "tukey" and usual.get(name) != "tukey":
            msg = "adjust='tukey' is for all pairs of means; use 'holm', 'sidak' or 'dunnettx'"
            raise MethodError(msg)
        if ref is not None and name != "trt.vs.ctrl":
            msg = f"ref is for 'trt.vs.ctrl'; {name!r} has no use for it"
            raise MethodError(msg)
        return self._contrasts(method, ref, chosen)

    def _contrasts(self, method: object, ref: object, adjust: object) -> tuple[MeanContrast, ...]:
        check_choice("adjust", adjust, ADJUSTMENTS)
        found: list[MeanContrast] = []
        for levels, members in self._sets():
            own = [
                {name: v for name, v in self.cells[i].items() if name not in self.by}
                for i in members
            ]
            if len(own) < 2 and not isinstance(method, Mapping):  # noqa: PLR2004
                msg = "there is only one mean; a contrast needs two or more"
                raise MethodError(msg)
            ratio = self.response and self.reference.link in RATIOS
            made = contrasts_of(method, own, ref, ratio=ratio)
            names, weights = [name for name, _ in made], np.array([w for _, w in made])
            means = len(own)
            found += self._tested(levels, names, weights, members, adjust, means)  # type: ignore[arg-type]
        return tuple(found)

    def _sets(self) -> list[tuple[dict[str, Value], list[int]]]:
        """The values of ``by``, and which means have them."""
        sets: dict[tuple[Value, ...], list[int]] = {}
        for i, cell in enumerate(self.cells):
            sets.setdefault(tuple(cell[name] for name in self.by), []).append(i)
        return [(dict(zip(self.by, key, strict=True)), own) for key, own in sets.items()]

    def _tested(
        self,
        levels: Mapping[str, Value],
        names: list[str],
        weights: Floats,
        members: list[int],
        adjust: Adjust,
        means: int,
    ) -> list[MeanContrast]:
        estimate, se, df = self._estimates(
            weights @ self.L[members], weights @ self.offset[members]
        )
        t, alone = two_sided_test(estimate, se, df)
        p = adjusted(alone, t, df, adjust, means)
        margin = quantiles(df, self.level, adjust, len(names), means) * se
        ends = [estimate - margin, estimate + margin]
        if self.response and self.reference.link in RATIOS:
            base = BASES[self.reference.link]
            estimate, ends = np.exp(base * estimate), [np.exp(base * end) for end in ends]
            se = base * estimate * se
        return [
            MeanContrast(levels, name, *map(float, row))
            for name, *row in zip(names, estimate, se, df, t, p, *ends, strict=True)
        ]

    def _estimates(self, L: Floats, offset: Floats) -> tuple[Floats, Floats, Floats]:
        """Estimates, standard errors and degrees of freedom on the scale of the link."""
        cov, df = self.reference.distribution(L)
        variance = np.diagonal(cov)
        se = np.sqrt(np.where(variance > 0, variance, np.where(variance == 0, 0.0, np.nan)))
        return L @ self.reference.beta + offset, se, df


def emmeans(
    fit: object,
    specs: str | Sequence[str],
    by: str | Sequence[str] | None = None,
    at: Mapping[str, object] | None = None,
    ddf: Ddf | None = None,
    type: Literal["link", "response"] = "link",  # noqa: A002  R's name
    level: float = 0.95,
) -> EstimatedMeans:
    """Estimated marginal means: covariates at their means, other categories with equal weights.

    Parameters
    ----------
    fit : of lm, gls, lmer, lme, glmer, glmmTMB or geeglm
    specs : the variables (columns of the data) whose combinations have a mean each
    by : variables within whose values the means are compared
    at : values of covariates instead of their means, or some levels of a factor, by column
    ddf : of lmer and lme: "Kenward-Roger", "Satterthwaite", "inner-outer" or "z"; lm and gls have
        the residual degrees of freedom, generalised models z tests
    type : "link", or "response" for means taken back through the link (or through the logarithm or
        root of a response), contrasts as ratios where the link is logarithmic
    level : of the intervals, in (0, 1)

    Returns
    -------
    EstimatedMeans
        With ``rows``, ``pairs()`` and ``contrast()``; NaN where a mean cannot be estimated, because
        some combination of categories does not occur.

    Raises
    ------
    MethodError
        If an argument names no variable or value of the fit.
    """
    check_choice("type", type, ("link", "response"))
    check_share("level", level)
    reference = reference_of(fit, ddf)
    columns = columns_of(reference, at)
    wanted, within = _wanted(specs, by, columns)
    cells = cells_of(columns, wanted)
    L, offset = averaged(reference, cells, columns)
    levels = tuple(cell.levels for cell in cells)
    response = type == "response" and reference.link != "identity"
    return EstimatedMeans(levels, L, offset, within, response, level, reference)


def emtrends(
    fit: object,
    specs: str | Sequence[str],
    var: str,
    by: str | Sequence[str] | None = None,
    at: Mapping[str, object] | None = None,
    ddf: Ddf | None = None,
    level: float = 0.95,
) -> EstimatedMeans:
    """Estimated slopes of a covariate, on the scale of the link, by the levels of other variables.

    Parameters
    ----------
    var : the covariate; the slope is taken at its mean, or at its value in ``at``
    fit, specs, by, at, ddf, level : as for :func:`emmeans`

    Raises
    ------
    MethodError
        As :func:`emmeans`; also if ``var`` is no number.
    """
    check_share("level", level)
    reference = reference_of(fit, ddf)
    columns = columns_of(reference, at)
    if var not in columns:
        raise unknown(columns, "var", var)
    if isinstance(columns[var][0], str):
        msg = f"var: {var!r} has categories, so there is no slope; use emmeans()"
        raise MethodError(msg)
    wanted, within = _wanted(specs, by, columns)
    cells = cells_of(columns, wanted)
    step = STEP * (_spread(reference, var) or 1.0)
    ends = [
        averaged(reference, [_moved(cell, var, sign * step) for cell in cells], columns)
        for sign in (-1.0, 1.0)
    ]
    L = (ends[1][0] - ends[0][0]) / (2 * step)
    offset = (ends[1][1] - ends[0][1]) / (2 * step)
    levels = tuple(cell.levels for cell in cells)
    return EstimatedMeans(
        levels, L, offset, within, response=False, level=level, reference=reference
    )


def _wanted(
    specs: object, by: object, columns: Mapping[str, object]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The variables of the means, those of ``by`` last; and those of ``by``."""
    named, within = _names("specs", specs, columns), _names("by", by, columns)
    if not named:
        msg = f"specs must name at least one variable, such as 'treatment', not {shown(specs)}"
        raise MethodError(msg)
    first = tuple(name for name in named if name not in within)
    return (*first, *within), within


def _names(argument: str, given: object, columns: Mapping[str, object]) -> tuple[str, ...]:
    if given is None:
        return ()
    listed = [given] if isinstance(given, str) else given
    if not isinstance(listed, Sequence):
        msg = f"{argument} must be a variable or a list of them, not {shown(given)}"
        raise MethodError(msg)
    for name in listed:
        if name not in columns:
            raise unknown(columns, argument, name)
    return tuple(dict.fromkeys(listed))


def _spread(reference: Reference, var: str) -> float:
    """Standard deviation of a covariate over the rows of the fit."""
    return float(np.std(covariate(reference, var)))


def _moved(cell: Cell, var: str, step: float) -> Cell:
    rows = [{**row, var: float(row[var]) + step} for row in cell.rows]
    return Cell(cell.levels, rows)
