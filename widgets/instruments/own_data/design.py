"""How treatment, units and blocks lie to each other, and what forbids a test."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from widgets.instruments.own_data.rows import Codes, Labels, Rows, joined

Kind = Literal["between", "within"]
Stop = Literal[
    "one_arm", "some_within", "one_unit", "one_in_arm", "confounded", "no_rows", "constant"
]
Answer = Literal["same", "renumbered"]

ALIKE = 2


@dataclass(frozen=True)
class Design:
    """The design of some rows; where the reader has been asked, by her answer."""

    rows: Rows
    """With units numbered anew if she said so, and blocks left out that say nothing."""

    kind: Kind
    units_by_arm: tuple[int, ...]
    stop: Stop | None = None
    named: tuple[str, ...] = ()
    """Units, arms or columns that the reason to stop concerns."""

    asks: bool = False
    """Whether the same labels in several arms are the same units, has to be asked."""

    n_same: int = 0
    n_renumbered: int = 0
    blocks: Literal["none", "crossed", "nested", "same_as_unit"] = "none"

    @property
    def one_row_each(self) -> bool:
        """Whether no unit has a second row."""
        return len(self.rows.y) == len(self.rows.unit.levels) and self.kind == "between"

    @property
    def is_balanced(self) -> bool:
        """Whether all units have as many rows in every arm that they have rows in."""
        table = crossed(self.rows.unit, self.rows.arm)
        return bool(len(np.unique(table[table > 0])) == 1)


def crossed(first: Labels, second: Labels) -> Codes:
    """Rows by level of two columns; shape (levels of the first, levels of the second)."""
    size = len(second.levels)
    counts = np.bincount(first.codes * size + second.codes, minlength=len(first.levels) * size)
    return counts.reshape(len(first.levels), size)


def design(rows: Rows, answer: Answer | None, *, paired: bool = False) -> Design:
    """The design of these rows.

    Parameters
    ----------
    answer : what the reader said of labels that stand in several arms
    paired : whether such labels are known to be the same units, as in a row of a wide table
    """
    if not len(rows.y):
        return Design(rows, "between", (), "no_rows")
    table = crossed(rows.unit, rows.arm) > 0
    shared = table.sum(axis=1) > 1
    n_renumbered = int(table.sum())
    found = Design(rows, "within" if shared.any() else "between", tuple(table.sum(axis=0)))
    if len(rows.arm.levels) < ALIKE:
        return replace(found, stop="one_arm", named=rows.arm.levels)
    if shared.any():
        found = replace(found, n_same=len(rows.unit.levels), n_renumbered=n_renumbered)
        if answer == "renumbered":
            rows = replace(rows, unit=joined(rows.arm, rows.unit))
            table = crossed(rows.unit, rows.arm) > 0
            by_arm = tuple(table.sum(axis=0))
            found = replace(found, rows=rows, kind="between", units_by_arm=by_arm)
            return _tested(found, table)
        if answer is None and not paired:
            return replace(found, asks=True)
        if not shared.all() and not _incomplete(table):
            names = tuple(rows.unit.levels[i] for i in np.flatnonzero(shared))
            return replace(found, stop="some_within", named=names)
    return _tested(found, table)


def _incomplete(table: NDArray[np.bool_]) -> bool:
    """Whether most units meet several arms, and a few lack one: pairs of which a half is lost."""
    shared = table.sum(axis=1) > 1
    return bool(shared.sum() > ALIKE * (~shared).sum())


def _tested(found: Design, table: NDArray[np.bool_]) -> Design:
    """The design with its blocks, and the reason for which it cannot be tested."""
    rows, by_arm = found.rows, table.sum(axis=0)
    if np.ptp(rows.y) == 0:
        return replace(found, stop="constant", named=(rows.response,))
    found = _with_blocks(found)
    if found.stop:
        return found
    if found.kind == "within" and (table.sum(axis=1) > 1).sum() < ALIKE:
        return replace(found, stop="one_unit", named=rows.unit.levels[:1])
    if found.kind == "between" and by_arm.min() < ALIKE:
        alone = tuple(rows.arm.levels[i] for i in np.flatnonzero(by_arm < ALIKE))
        return replace(found, stop="one_in_arm", named=alone)
    return found


def _with_blocks(found: Design) -> Design:
    block = found.rows.block
    if block is None:
        return found
    known = block.codes >= 0
    if not known.all() or len(block.levels) < ALIKE:
        return replace(found, rows=replace(found.rows, block=None))
    by_arm = crossed(block, found.rows.arm) > 0
    if (by_arm.sum(axis=1) == 1).all():
        if by_arm.sum(axis=0).min() < ALIKE:
            return replace(found, stop="confounded", named=(block.name, *block.levels))
        found = replace(found, blocks="nested")
    else:
        found = replace(found, blocks="crossed")
    pairs = crossed(block, found.rows.unit) > 0
    if (pairs.sum(axis=0) == 1).all() and (pairs.sum(axis=1) == 1).all():
        return replace(found, rows=replace(found.rows, block=None), blocks="same_as_unit")
    return found
