"""How much each group moves a fit: :func:`influence`.

Demidenko, E. & Stukel, T. A. (2005). Stat. Med. 24:893, and R's influence.ME: the fit without the
group, and Cook's distance d'V⁻¹d/p with d the change of the p coefficients and V their covariance
in the whole fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..arrays import Floats
from ..data.columns import rows_of
from ..data.design import kept_rows
from ..data.factors import Factor
from ..errors import MethodError, ModelError
from ..likelihood.model import MixedData, data_of_frame
from ..linalg import solve
from .refit import check_model, fitted_again
from .result import LinearMixedModel


@dataclass(frozen=True)
class Influence:
    """Fits without one group each.

    Attributes
    ----------
    fixef : level → coefficient → estimate without that group; NaN where it cannot be estimated
    cooks_distance : level → distance, at least 0; NaN where a coefficient is lost
    messages : groups without which there is no fit, and why
    """

    fixef: Mapping[str, Mapping[str, float]]
    cooks_distance: Mapping[str, float]
    messages: tuple[str, ...] = ()


def influence(model: LinearMixedModel, group: str | None = None) -> Influence:
    """The coefficients without each group in turn, and Cook's distances.

    Parameters
    ----------
    model : fit of :func:`lmer` or :func:`lme`
    group : the grouping factor; may be left out where there is one only

    Raises
    ------
    MethodError
        If it is another fit, or has no such grouping factor.
    """
    check_model("influence", model)
    factors = {factor.name: factor.levels for factor in model.data.factors}
    if group is None and len(factors) == 1:
        group = next(iter(factors))
    if group not in factors:
        msg = f"group must be one of {', '.join(map(repr, factors))}, not {group!r}"
        raise MethodError(msg)
    levels = factors[group]
    names, whole = tuple(model.fixef), np.array(list(model.fixef.values()))
    fixef, distance, said = {}, {}, []
    for code, level in enumerate(levels.levels):
        try:
            found = fitted_again(model, without(model.data, levels.codes == code)).fixef
        except ModelError as problem:
            said.append(f"without {level!r}: {problem}")
            found = {}
        fixef[level] = {name: found.get(name, np.nan) for name in names}
        moved = np.array(list(fixef[level].values())) - whole
        distance[level] = float(moved @ solve(model.vcov, moved)) / len(names)
    return Influence(fixef, distance, tuple(said))


def without(data: MixedData, rows: NDArray[np.bool_]) -> MixedData:
    """The data without some rows; what was learnt from all of them, as bases, stays."""
    left = ~rows
    frame = kept_rows(data.frame, left)
    found = data_of_frame(data.formula, frame, data.memory, data.y[left] + frame.offset)

    def some(values: Floats | None) -> Floats | None:
        return None if values is None else values[left]

    time, weights = some(data.time), some(data.weights)
    structure = data.structure
    if structure is not None:
        levels = None if structure.levels is None else rows_of(structure.levels, left)
        structure = replace(
            structure,
            groups=found.factors[0].levels,
            time=time,
            levels=levels if isinstance(levels, Factor) else None,
            weights=weights,
        )
    return replace(found, time=time, weights=weights, structure=structure)
