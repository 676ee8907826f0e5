"""The table of agreement that ``docs/engine.md`` shows."""

from __future__ import annotations

import math
from pathlib import Path

from validation.comparisons import comparisons

DOCUMENT = Path(__file__).parents[1] / "docs" / "engine.md"
START = "<!-- agreement: made by python -m validation -->"
END = "<!-- end of agreement -->"


def table() -> str:
    """The table in Markdown; differences are rounded up to one digit."""
    lines = ["| quantity | cases | tolerance | largest |", "|---|---:|---:|---:|"]
    for one in comparisons():
        digit, power = rounded_up(one.largest)
        cells = (f"`{one.name}`", len(one.cases), f"{one.tolerance:g}", f"{digit}e{power}")
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def printed() -> dict[str, float]:
    """The largest difference of each quantity, as the document shows it."""
    text = DOCUMENT.read_text("utf-8").split(START)[1].split(END)[0]
    rows = [line.strip("| ").split(" | ") for line in text.strip().splitlines()[2:]]
    return {cells[0].strip("`"): float(cells[3]) for cells in rows}


def rounded_up(value: float) -> tuple[int, int]:
    """The least digit and power of ten that together are no smaller than the number."""
    power = math.floor(math.log10(value))
    digit = math.ceil(value / 10.0**power)
    return (1, power + 1) if digit > 9 else (digit, power)  # noqa: PLR2004  the last digit
