"""How many calls, and how many numbers in their answers, are compared with R's, kind by kind."""

from __future__ import annotations

from collections import defaultdict

from chapters.mixed_models.values.agreement import difference
from validation.calls import Compared, call_cases, compared
from widgets.notation import text

SIMULATED = "pb_test"
"""The kind whose numbers rest on random draws, other ones in R."""


def values() -> dict[str, str]:
    """Return counts and the largest difference of each kind, relative to R's number from 1 on."""
    kinds: dict[str, list[list[Compared]]] = defaultdict(list)
    for case in call_cases().values():
        kinds[case["kind"]].append([*compared(case)])
    found = {"calls": text(sum(map(len, kinds.values())), "count")}
    numbers = 0
    for kind, cases in kinds.items():
        told = [one for case in cases for one in case if one.is_number]
        numbers += len(told)
        name = kind.lower().replace("_", "-")
        found[f"{name}.calls"] = text(len(cases), "count")
        found[f"{name}.numbers"] = text(len(told), "count")
        if kind != SIMULATED:
            largest = max(one.difference / max(1.0, abs(one.theirs)) for one in told)
            found[f"{name}.largest"] = difference(largest)
    return {**found, "numbers": text(numbers, "count")}
