"""The random effects of a model: per term its columns and levels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..arrays import Floats
from ..errors import DesignError
from ..formula import Formula
from .design import Frame, grouping, model_matrix
from .factors import Factor


@dataclass(frozen=True)
class RandomEffects:
    """One term ``(effects | group)``.

    Attributes
    ----------
    group : str
        Name of the grouping factor.
    names : tuple of str
        The k effects that vary between levels.
    Z : array of shape (n, k)
        Their values by row.
    levels : Factor
        Level of the grouping factor by row.
    """

    group: str
    names: tuple[str, ...]
    Z: Floats
    levels: Factor

    @property
    def k(self) -> int:
        """Number of effects per level."""
        return len(self.names)

    @property
    def ntheta(self) -> int:
        """Number of parameters of its relative covariance factor."""
        return self.k * (self.k + 1) // 2


def random_effects(
    formula: Formula, frame: Frame, *, residual: bool = True
) -> tuple[RandomEffects, ...]:
    """The random terms in lme4's order: by decreasing number of levels.

    Without a ``residual`` variance a term may have as many effects as there are observations.

    Raises
    ------
    DesignError
        If a group has one level, a term as many effects as there are observations, or two terms the
        same effect.
    """
    terms = _terms(formula, frame)
    counts = [len(term.levels.levels) for term in terms]
    if any(b > a for a, b in pairwise(counts)):
        # lme4 takes rev(order(counts)): ties come out in reverse
        order = sorted(range(len(terms)), key=counts.__getitem__)[::-1]
        terms = [terms[i] for i in order]
    for one in terms:
        _check(one, frame.n if residual else math.inf)
    _check_distinct(terms)
    return tuple(terms)


def random_effects_of_new_rows(
    formula: Formula, frame: Frame, like: Sequence[RandomEffects]
) -> tuple[RandomEffects, ...]:
    """The random terms of new data in the order of those of a fit, ``like``; one level will do."""
    found = {(term.group, term.names): term for term in _terms(formula, frame)}
    return tuple(found[term.group, term.names] for term in like)


def _terms(formula: Formula, frame: Frame) -> list[RandomEffects]:
    terms = []
    for term in formula.random:
        matrix = model_matrix(term.effects, frame, asked=False)
        levels = grouping(frame, term.group)
        terms.append(RandomEffects(term.name, matrix.names, matrix.X, levels))
    return terms


def random_intercept(formula: Formula, frame: Frame, function: str) -> RandomEffects:
    """The one random term of a formula, which must be ``(1 | group)``.

    Parameters
    ----------
    function : that takes no other models

    Raises
    ------
    DesignError
        If the formula has another random term, or none.
    """
    terms = random_effects(formula, frame)
    if len(terms) != 1 or terms[0].names != ("(Intercept)",):
        msg = (
            f"{function}() takes models with one (1 | group) and no other random term, "
            f"not {formula.text!r}"
        )
        raise DesignError(msg)
    return terms[0]


def _check(term: RandomEffects, n: float) -> None:
    J = len(term.levels.levels)
    if J < 2:  # noqa: PLR2004  one group cannot vary
        msg = (
            f"the grouping factor {term.group!r} has only one level, {term.levels.levels[0]!r}; "
            "how much groups differ can be learnt from two or more"
        )
        raise DesignError(msg)
    if term.k == 0:
        msg = f"the random term of {term.group!r} has no effects; write (1 | {term.group})"
        raise DesignError(msg)
    if J * term.k >= n:
        msg = (
            f"{J} levels of {term.group!r} with {term.k} random effect(s) each are {J * term.k} "
            f"random effects, but there are only {n} observations: they cannot be told from the "
            "residuals; leave the term out or measure each level more often"
        )
        raise DesignError(msg)


def _check_distinct(terms: Sequence[RandomEffects]) -> None:
    seen = set()
    for term in terms:
        for name in term.names:
            if (term.group, name) in seen:
                msg = (
                    f"two random terms of {term.group!r} have the effect {name}: nothing tells its "
                    "two variances apart; leave it out of one, (0 + x | g) has no (Intercept)"
                )
                raise DesignError(msg)
            seen.add((term.group, name))
