"""Columns as JSON has them, to the rows that are analysed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from widgets.contract import InstrumentError

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
"""Places that numpy counts by, which have 32 bits in the browser."""

ROLES = ("response", "treatment", "unit", "subunit", "block")
NEEDED = ("response", "treatment", "unit")


@dataclass(frozen=True)
class Labels:
    """A column of labels: ``codes`` of shape (n,) number its ``levels``; -1 is a missing one."""

    name: str
    levels: tuple[str, ...]
    codes: Codes

    def taken(self, kept: NDArray[np.bool_]) -> Labels:
        """These rows; levels that none of them has are dropped, the order stays."""
        codes = self.codes[kept]
        present = np.unique(codes[codes >= 0])
        place = np.full(len(self.levels) + 1, -1)
        place[present] = np.arange(len(present))
        return Labels(self.name, tuple(self.levels[i] for i in present), place[codes])

    @property
    def counts(self) -> Codes:
        """Rows of each level."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.levels))


@dataclass(frozen=True)
class Rows:
    """The rows that are analysed."""

    response: str
    y: Floats
    arm: Labels
    unit: Labels
    subunit: Labels | None
    block: Labels | None
    missing: int
    """Rows left out because response, treatment or unit is missing."""

    missing_by_unit: Mapping[str, int]
    is_log: bool = False

    def within(self, kept: NDArray[np.bool_]) -> Rows:
        """Some of these rows."""
        return replace(
            self,
            y=self.y[kept],
            arm=self.arm.taken(kept),
            unit=self.unit.taken(kept),
            subunit=self.subunit and self.subunit.taken(kept),
            block=self.block and self.block.taken(kept),
        )


def read(given: Mapping[str, Any]) -> Rows:
    """The complete rows of the columns that ``roles`` names.

    Parameters
    ----------
    given : ``columns`` by name, each a list of numbers or text, or ``{"levels", "codes"}``;
        ``roles``, a column's name for each role; ``order``, the arms with the reference first;
        ``left_out``, labels of units

    Raises
    ------
    InstrumentError
        If a role has no column, or the response is no number.
    """
    roles, columns = given.get("roles", {}), given.get("columns", {})
    for role in NEEDED:
        if roles.get(role) not in columns:
            msg = f"roles.{role}: {roles.get(role)!r} is no column; name one of {list(columns)}"
            raise InstrumentError(msg)
    y = numbers(roles["response"], columns[roles["response"]])
    found = {
        role: labels(roles[role], columns[roles[role]])
        for role in ROLES[1:]
        if roles.get(role) in columns
    }
    arm, unit = _ordered(found["treatment"], given.get("order") or ()), found["unit"]
    complete = np.isfinite(y) & (arm.codes >= 0) & (unit.codes >= 0)
    lost = np.bincount(unit.codes[(unit.codes >= 0) & ~complete], minlength=len(unit.levels))
    rows = Rows(
        response=roles["response"],
        y=y,
        arm=arm,
        unit=unit,
        subunit=found.get("subunit"),
        block=found.get("block"),
        missing=int((~complete).sum()),
        missing_by_unit={unit.levels[i]: int(lost[i]) for i in np.flatnonzero(lost)},
    )
    out = [i for i, label in enumerate(unit.levels) if label in (given.get("left_out") or ())]
    kept = rows.within(complete & ~np.isin(unit.codes, out))
    return as_logarithms(kept) if given.get("log") and np.all(kept.y > 0) else kept


def as_logarithms(rows: Rows) -> Rows:
    """The same rows with the natural logarithm of the response."""
    return replace(rows, y=np.log(rows.y), is_log=True)


def numbers(name: str, column: Sequence[Any]) -> Floats:
    """A column of numbers, NaN where one is missing; shape (n,)."""
    try:
        return np.array([math.nan if one in (None, "") else float(one) for one in column])
    except (TypeError, ValueError) as error:
        msg = f"columns.{name}: {error}; give numbers, and null where there is none"
        raise InstrumentError(msg) from None


def labels(name: str, column: Sequence[Any] | Mapping[str, Any]) -> Labels:
    """A column of labels, its levels in the order in which they come."""
    if isinstance(column, Mapping):
        codes = np.asarray(column["codes"], dtype=np.intp)
        return Labels(name, tuple(map(str, column["levels"])), codes)
    place: dict[str, int] = {}
    codes = np.array(
        [-1 if one in (None, "") else place.setdefault(str(one), len(place)) for one in column],
        dtype=np.intp,
    )
    return Labels(name, tuple(place), codes)


def _ordered(arm: Labels, order: Sequence[str]) -> Labels:
    """The arms in this order; those that it does not name come after."""
    wanted = [one for one in order if one in arm.levels]
    levels = (*wanted, *(one for one in arm.levels if one not in wanted))
    place = np.array([*(levels.index(one) for one in arm.levels), -1])
    return Labels(arm.name, levels, place[arm.codes])


def joined(first: Labels, second: Labels) -> Labels:
    """The pairs of labels that there are, as labels of their own."""
    pairs = first.codes.astype(np.int64) * len(second.levels) + second.codes
    present, codes = np.unique(pairs, return_inverse=True)
    levels = tuple(
        f"{first.levels[pair // len(second.levels)]} {second.levels[pair % len(second.levels)]}"
        for pair in present
    )
    return Labels(second.name, levels, codes.astype(np.intp))


def means(codes: Codes, y: Floats, size: int) -> Floats:
    """The mean of each group; shape (size,)."""
    sums = np.bincount(codes, y, minlength=size).astype(float)
    with np.errstate(invalid="ignore"):
        return sums / np.bincount(codes, minlength=size)
