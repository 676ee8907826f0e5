"""Whether one model is a special case of another, by what its predictors and groups span."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from .arrays import Floats
from .data.factors import Factor, combined
from .data.fixed_effects import FixedEffects
from .data.random_effects import RandomEffects
from .errors import DesignError
from .glmm import GeneralizedLinearMixedModel
from .linalg import independent_columns
from .linear.gls import GeneralizedLeastSquares
from .linear.least_squares import LinearModel
from .mixed.result import LinearMixedModel

Model = LinearMixedModel | LinearModel | GeneralizedLeastSquares | GeneralizedLinearMixedModel

OUTSIDE = 1e-7
"""A column with less than this share outside of a span lies in it."""


def check_nested(null: Model, full: Model) -> None:
    """Refuse a model that is no special case of the other.

    Raises
    ------
    DesignError
        With what the smaller model has and the larger has not.
    """
    for what in _lacking(null, full):
        msg = (
            f"{null.formula!r} is not nested in {full.formula!r}, which has no {what}; compare "
            "such models by their AIC"
        )
        raise DesignError(msg)


def _lacking(null: Model, full: Model) -> Iterator[str]:
    """What the smaller model has and the larger has not."""
    yield from (f"fixed effect {name}" for name in _outside(_fixed(null), _fixed(full)))
    for term in _random(null):
        alike = [other.Z for other in _random(full) if _same_groups(term.levels, other.levels)]
        if not alike or _share_outside(term.Z, np.hstack(alike)) > OUTSIDE:
            yield f"random effect {term.names[0]} of {term.group}"
    if _serial(null) and not _serial(full):
        yield "correlation of neighbouring residuals"
    if isinstance(null, GeneralizedLinearMixedModel) and isinstance(
        full, GeneralizedLinearMixedModel
    ):
        yield from _lacking_of_counts(null, full)


def _lacking_of_counts(
    null: GeneralizedLinearMixedModel, full: GeneralizedLinearMixedModel
) -> Iterator[str]:
    if null.family == "nbinom2" and full.family != "nbinom2":
        yield "dispersion of its own"
    if null.zero is not None and full.zero is None:
        yield "added zeros"
    elif null.zero is not None and full.zero is not None:
        zeros = _outside(null.zero.fixed, full.zero.fixed)
        yield from (f"effect {name} on the zeros" for name in zeros)


def _fixed(model: Model) -> FixedEffects:
    return model.fixed if isinstance(model, LinearModel) else model.data.fixed


def _random(model: Model) -> Sequence[RandomEffects]:
    if isinstance(model, LinearMixedModel | GeneralizedLinearMixedModel):
        return model.data.terms
    return ()


def _serial(model: Model) -> bool:
    if isinstance(model, GeneralizedLeastSquares):
        return model.data.structure is None or model.data.structure.correlation is not None
    return isinstance(model, LinearMixedModel) and model.phi is not None


def _outside(small: FixedEffects, large: FixedEffects) -> list[str]:
    """Columns of the one model matrix that are no combination of the other's."""
    left = small.X - large.Q @ (large.Q.T @ small.X)
    sizes = np.linalg.norm(small.X, axis=0)
    far = np.linalg.norm(left, axis=0) > OUTSIDE * np.maximum(sizes, 1e-300)
    return [name for name, outside in zip(small.names, far, strict=True) if outside]


def _share_outside(small: Floats, large: Floats) -> float:
    """The largest share of a column that lies outside the span of others."""
    _, Q, _ = independent_columns(large)
    left = small - Q @ (Q.T @ small)
    sizes = np.maximum(np.linalg.norm(small, axis=0), 1e-300)
    return float((np.linalg.norm(left, axis=0) / sizes).max())


def _same_groups(one: Factor, other: Factor) -> bool:
    """Whether two grouping factors are the same division of the rows."""
    return len(combined([one, other]).levels) == len(one.levels) == len(other.levels)
