"""Where each level of each grouping factor goes, so that a model is solved block by block.

Levels that share no observation, not even through others, are independent: they fall into B
*components* (the groups of a random-intercept model, the outermost groups of nested factors, one
for crossed factors). Within a component the factor with most levels, the *inner* one, has a block
diagonal Z'Z, because an observation belongs to one level only; the other factors make up the
*outer* r columns. Padding with empty levels gives all components one shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import Integers
from ..data.grouping_factors import GroupingFactor

MOST_PADDING = 8


@dataclass(frozen=True)
class Slots:
    """The places of one grouping factor's levels.

    Attributes
    ----------
    component, slot : arrays of shape (J,)
        Component of each level and its number therein.
    size : number of slots per component
    offset : first column among the outer columns (0 for the inner factor)
    """

    component: Integers
    slot: Integers
    size: int
    offset: int


@dataclass(frozen=True)
class Layout:
    """Places of all levels: ``B`` components, inner factor first, ``r`` outer columns."""

    B: int
    slots: tuple[Slots, ...]
    r: int


def layout(factors: Sequence[GroupingFactor]) -> Layout:
    """The layout of grouping factors given with most levels first."""
    labels = components(factors)
    B = int(labels.max()) + 1
    found = _slots(factors, labels, B)
    if B > 1 and _padding(factors, found, B) > MOST_PADDING:
        return layout_in_one(factors)
    return Layout(B, found, _outer(factors, found))


def layout_in_one(factors: Sequence[GroupingFactor]) -> Layout:
    """Everything in one component."""
    found = _slots(factors, np.zeros(len(factors[0].levels), dtype=np.intp), 1)
    return Layout(1, found, _outer(factors, found))


def components(factors: Sequence[GroupingFactor]) -> Integers:
    """The component of every observation, numbered from 0 without gaps."""
    labels = factors[-1].levels.codes
    if len(factors) > 1:
        changed = True
        while changed:
            before = labels
            for factor in factors:
                least = np.full(factor.J, np.iinfo(np.intp).max)
                np.minimum.at(least, factor.levels.codes, labels)
                labels = least[factor.levels.codes]
            changed = not np.array_equal(before, labels)
        labels = np.unique(labels, return_inverse=True)[1].reshape(-1)
    return labels


def _slots(factors: Sequence[GroupingFactor], labels: Integers, B: int) -> tuple[Slots, ...]:
    found, offset = [], 0
    for number, factor in enumerate(factors):
        component = np.zeros(factor.J, dtype=np.intp)
        component[factor.levels.codes] = labels
        order = np.argsort(component, kind="stable")
        count = np.bincount(component, minlength=B)
        slot = np.empty(factor.J, dtype=np.intp)
        slot[order] = np.arange(factor.J) - np.repeat(np.cumsum(count) - count, count)
        size = int(count.max())
        found.append(Slots(component, slot, size, offset if number else 0))
        offset += size * factor.k if number else 0
    return tuple(found)


def _outer(factors: Sequence[GroupingFactor], slots: Sequence[Slots]) -> int:
    return sum(s.size * f.k for f, s in zip(factors[1:], slots[1:], strict=True))


def _padding(factors: Sequence[GroupingFactor], slots: Sequence[Slots], B: int) -> float:
    """How many times more the padded arrays hold than one dense component would."""
    r = max(_outer(factors, slots), 1)
    dense = max(sum(f.k * f.J for f in factors[1:]), 1)
    padded = B * r * (slots[0].size * factors[0].k + r)
    return padded / (dense * (factors[0].J * factors[0].k + dense))
