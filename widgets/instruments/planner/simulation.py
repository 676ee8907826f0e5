"""The formula of a plan checked by experiments that are drawn from it, in chunks that add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from numpy.random import default_rng

from widgets.contract import InstrumentError
from widgets.instruments.planner import svg
from widgets.instruments.planner.frame import Box
from widgets.instruments.planner.results import Answer
from widgets.instruments.planner.svg import ACCENT, HAIRLINE, INK, QUIET
from widgets.lmm.linear.proportion import wilson
from widgets.lmm.planning.check import check_plan

WORD = 2
"""Second word of the seed, which keeps these random numbers apart from those of simulators."""

CHUNK_MOST = 10_000
"""Experiments of one call: a longer one could not be stopped."""

COUNTS = ("replicates", "significant", "singular", "failed")


def simulated(answer: Answer, given: Mapping[str, Any]) -> dict[str, Any]:
    """``count`` more experiments after the ``done`` ones that are counted in ``tally``.

    The chunk that begins at a number has always the same random numbers, whoever draws it.
    """
    if answer.plan is None or answer.plan.power is None:
        msg = "simulate: this plan leaves nothing to estimate from; have two units in an arm"
        raise InstrumentError(msg)
    done, count = (_whole(given, name) for name in ("done", "count"))
    if count > CHUNK_MOST:
        msg = f"count: {count} are too many at once; ask for {CHUNK_MOST} at most"
        raise InstrumentError(msg)
    before = [*given.get("tally", ()), 0, 0, 0, 0][: len(COUNTS)]
    rng = default_rng([answer.settings.seed, WORD, done])
    new = check_plan(answer.given, count, rng) if count else None
    after = [
        int(a) + (getattr(new, name) if new else 0) for a, name in zip(before, COUNTS, strict=True)
    ]
    return {"tally": after, "done": done + count, "readouts": _readouts(after)}


def _readouts(tally: Sequence[int]) -> dict[str, float | None]:
    replicates, significant, singular, failed = tally
    tested = replicates - failed
    share, low, high = wilson(significant, tested) if tested else (None, None, None)
    return {
        "sim.power": share,
        "sim.low": low,
        "sim.high": high,
        "sim.n": replicates,
        "sim.singular": singular,
        "sim.failed": failed,
    }


def strip(
    power: float | None, readouts: Mapping[str, float | None], words: Mapping[str, str]
) -> str:
    """The interval of the simulated power beside the formula's, on a scale of shares."""
    width, height = 340.0, 84.0
    box = Box(12, 26, width - 22, 52, (0.0, 1.0), (0.0, 1.0))
    middle = (box.top + box.bottom) / 2
    parts = [svg.line([(box.left, middle), (box.right, middle)], stroke=HAIRLINE, stroke_width=2)]
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        at = box.across(share)
        parts += [
            svg.line([(at, middle - 4), (at, middle + 4)], stroke=HAIRLINE, stroke_width=2),
            svg.text(at, box.bottom + 20, f"{100 * share:.0f}%", text_anchor="middle"),
        ]
    low, high, share_found = (readouts.get(f"sim.{name}") for name in ("low", "high", "power"))
    if low is not None and high is not None and share_found is not None:
        ends = [(box.across(low), middle), (box.across(high), middle)]
        parts.append(svg.line(ends, stroke=ACCENT, stroke_width=9, stroke_linecap="round"))
        parts.append(svg.element("circle", cx=box.across(share_found), cy=middle, r=3, fill=QUIET))
    if power is not None:
        at = box.across(power)
        parts.append(svg.line([(at, middle - 11), (at, middle + 11)], stroke=INK, stroke_width=2.5))
        anchor = "start" if power < 0.2 else "end" if power > 0.8 else "middle"  # noqa: PLR2004
        parts.append(svg.text(at, 12, words["formula"], fill=INK, text_anchor=anchor))
    return svg.drawing(width, height, parts)


def _whole(given: Mapping[str, Any], name: str) -> int:
    value = given.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        msg = f"{name}: {value!r} is no whole number from 0 on; give one"
        raise InstrumentError(msg)
    return value
