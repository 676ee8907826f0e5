"""The random effects of a model: per term its columns and levels, per group the terms together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from widgets.lmm.arrays import Floats
from widgets.lmm.data.design import Frame, grouping, model_matrix
from widgets.lmm.data.factors import Factor
from widgets.lmm.errors import DesignError
from widgets.lmm.formula import Formula
from widgets.lmm.linalg import independent_columns, triangular_inverse


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


@dataclass(frozen=True)
class GroupingFactor:
    """All terms that share a grouping factor.

    Attributes
    ----------
    name : str
    levels : Factor
    Z : array of shape (n, k), columns of its terms side by side, in working units
    C : array of shape (k, k), the columns of the terms are ``Z C``
    C_inverse : array of shape (k, k)
    terms : positions of its terms among those of the model
    """

    name: str
    levels: Factor
    Z: Floats
    C: Floats
    C_inverse: Floats
    terms: tuple[int, ...]

    @property
    def k(self) -> int:
        """Number of effects per level, over all its terms."""
        return self.Z.shape[1]

    @property
    def J(self) -> int:
        """Number of levels."""
        return len(self.levels.levels)


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
        matrix = model_matrix(term.effects, frame)
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


def grouping_factors(
    terms: Sequence[RandomEffects], *, rotated: bool = True
) -> tuple[GroupingFactor, ...]:
    """The distinct grouping factors, those with most levels first, in working units.

    Columns get unit mean square and, if ``rotated``, the correlated ones of a term are made
    orthogonal: the model stays the same, but theta no longer depends on where x has its zero.
    """
    by_name: dict[str, list[int]] = {}
    for position, term in enumerate(terms):
        by_name.setdefault(term.group, []).append(position)
    factors = []
    for name, members in by_name.items():
        parts = [_working_units(terms[i].Z, rotated=rotated) for i in members]
        Z = parts[0][0] if len(parts) == 1 else np.hstack([part for part, _ in parts])
        C = block_diagonal([block for _, block in parts])
        inverse = block_diagonal([triangular_inverse(block) for _, block in parts])
        factors.append(
            GroupingFactor(name, terms[members[0]].levels, Z, C, inverse, tuple(members))
        )
    return tuple(sorted(factors, key=lambda f: -f.J))


def _working_units(Z: Floats, *, rotated: bool) -> tuple[Floats, Floats]:
    """Columns W and an upper triangular C with Z = W C."""
    n, k = Z.shape
    if rotated and k > 1:
        kept, Q, R = independent_columns(Z)
        if len(kept) == k:
            root = np.sqrt(n)
            return Q * root, R / root
    scale = np.sqrt(np.mean(Z * Z, axis=0))
    scale = np.where(scale > 0, scale, 1.0)
    return Z / scale, np.diag(scale)


def block_diagonal(blocks: Sequence[Floats]) -> Floats:
    """The blocks along the diagonal of one matrix."""
    if len(blocks) == 1:
        return blocks[0]
    size = sum(len(block) for block in blocks)
    whole, start = np.zeros((size, size)), 0
    for block in blocks:
        stop = start + len(block)
        whole[start:stop, start:stop] = block
        start = stop
    return whole
