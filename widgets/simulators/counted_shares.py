"""Shares that are counted when an experiment is repeated, each with its Monte Carlo band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from widgets.contract import Cell, Readout, Table, Tally
from widgets.lmm import wilson
from widgets.notation import text

PARTS = ("share", "low", "high")

SHORTEST = 0.1
"""The axis reaches at least this far, a fifth more than that."""


@dataclass(frozen=True, slots=True)
class CountedShares:
    """How often each method did something in ``n`` experiments."""

    n: float
    shares: dict[str, tuple[float, float, float]]
    """Share and the ends of its 95% interval (Wilson 1927), by method."""

    @property
    def readouts(self) -> dict[str, float | None]:
        """``repeats.n``, and share, low and high of each method: ``repeats.plain.low``."""
        values = {
            name: value
            for method, parts in self.shares.items()
            for name, value in zip(_names(method), parts, strict=True)
        }
        return {"repeats.n": self.n, **values}

    def tables(self, promise: float, **columns: list[Cell]) -> dict[str, Table]:
        """What ``share_rows`` of the charts draws; ``columns`` are added to the rows."""
        share, low, high = (list(part) for part in zip(*self.shares.values(), strict=True))
        return {
            "counted": {
                "method": list(self.shares),
                "share": share,
                "low": low,
                "high": high,
                "label": [text(one, "percent") for one in share],
                **columns,
            },
            "counted_frame": {"share": [0.0, 1.2 * max(SHORTEST, *high)]},
            "promise": {"share": [promise]},
        }


def counted_shares(tally: Tally, methods: Sequence[str]) -> CountedShares:
    """The shares of a tally that has ``n`` and a count for each method."""
    n = tally["n"][0]
    return CountedShares(n, {method: wilson(tally[method][0], n) for method in methods})


def share_readouts(methods: Sequence[str]) -> tuple[Readout, ...]:
    """The read-outs of counted shares, in the order in which they stand on the page."""
    names = (name for method in methods for name in _names(method))
    return (Readout("repeats.n", "count"), *(Readout(name, "percent") for name in names))


def _names(method: str) -> tuple[str, ...]:
    return tuple(f"repeats.{method}.{part}" for part in PARTS)
