"""What a reader has typed, read and checked: numbers, or what has to be mended and where.

Nothing here is guessed at. A field that cannot be read names a reason, and the page has a sentence
for each; what the page shows stays until everything can be read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from widgets.lmm.planning.assumptions import Assumptions, assumptions

DEFAULTS: dict[str, str] = {
    "design": "between",
    "outcome": "normal",
    "solve": "power",
    "n_units": "8",
    "m": "20",
    "effect": "1.2",
    "sd_between": "0.9",
    "sd_within": "1.1",
    "baseline": "0.3",
    "cost_unit": "120",
    "cost_subunit": "4",
    "budget": "3000",
    "target_power": "0.8",
    "alpha": "0.05",
    "cv": "0",
    "lost_units": "0",
    "lost_subunits": "0",
    "seed": "1",
}
"""What the page opens with. Total SD and ICC are another way to say the two SDs."""

CHOICES: dict[str, tuple[str, ...]] = {
    "design": ("between", "within", "blocked"),
    "outcome": ("normal", "binary", "counts"),
    "solve": ("power", "units", "subunits", "effect"),
}
SOLVED = {"units": "n_units", "subunits": "m", "effect": "effect"}
"""The field that each question finds."""

MOST = 100_000.0
"""Units, and sub-units of one, beyond which nothing is planned."""

FEW_UNITS, FEW_SUBUNITS = 2, {"within": 2}

Reason = Literal[
    "missing", "number", "whole", "low", "least", "high", "most", "even", "list", "poor", "zero"
]
"""``low`` and ``high`` are bounds that are not allowed themselves, ``least`` and ``most`` are."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field: the reason, and the bound that it breaks as text."""

    field: str
    reason: Reason
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """A plan as the reader states it.

    Attributes
    ----------
    given : the plan and what is thought to be true; what is to be found has a stand-in
    solve : "power", "units", "subunits" or "effect"
    target_power : the power that a found plan has
    cost_unit, cost_subunit, budget : in one currency
    seed : of the simulated check
    """

    given: Assumptions
    solve: str
    target_power: float
    cost_unit: float
    cost_subunit: float
    budget: float
    seed: int


@dataclass
class Reader:
    """Fields as text, and the problems met while they are read."""

    texts: Mapping[str, Any]
    problems: list[Problem] = field(default_factory=list)

    def complain(self, name: str, reason: Reason, bound: float | None = None) -> None:
        """Note a problem; of each field the first is told."""
        if all(known.field != name for known in self.problems):
            self.problems.append(Problem(name, reason, "" if bound is None else plain(bound)))

    def choice(self, name: str) -> str:
        """One of the options of a select."""
        given = str(self.texts.get(name, DEFAULTS[name]))
        return given if given in CHOICES[name] else DEFAULTS[name]

    def number(
        self,
        name: str,
        low: float = -math.inf,
        high: float = math.inf,
        *,
        open_low: bool = False,
        open_high: bool = False,
        whole: bool = False,
    ) -> float:
        """The number in a field; NaN with a problem noted."""
        text = str(self.texts.get(name, DEFAULTS.get(name, ""))).strip()
        value = number_of(text)
        if not text:
            self.complain(name, "missing")
        elif value is None:
            self.complain(name, "number")
        elif value < low or (open_low and value <= low):
            self.complain(name, "low" if open_low else "least", low)
        elif value > high or (open_high and value >= high):
            self.complain(name, "high" if open_high else "most", high)
        elif whole and value != round(value):
            self.complain(name, "whole")
        else:
            return value
        return math.nan

    def sizes(self, least: int) -> float | tuple[int, ...]:
        """Sub-units of a unit: one number, or a list with one for each unit of an arm."""
        text = str(self.texts.get("m", DEFAULTS["m"])).strip()
        parts = [part for part in re.split(r"[\s;、，]+|,\s+", text) if part]
        if len(parts) < 2:  # noqa: PLR2004  one size for all
            return self.number("m", least, MOST, whole=True)
        values = [number_of(part) for part in parts]
        if any(one is None or one < 1 or one != round(one) for one in values):
            self.complain("m", "list")
            return math.nan
        return tuple(round(one) for one in values if one is not None)


def number_of(text: str) -> float | None:
    """The number that a text is; ``None`` if it is none.

    A per cent sign divides by 100. A comma separates thousands where three digits follow each, and
    else marks decimals. Digits and signs may be full-width, as Chinese keyboards write them.
    """
    plain_text = text.translate(_HALF_WIDTH).replace("\u2212", "-").replace(" ", "")
    share = plain_text.endswith("%")
    plain_text = plain_text.removesuffix("%")
    if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d*)?", plain_text):
        plain_text = plain_text.replace(",", "")
    elif plain_text.count(",") == 1 and "." not in plain_text:
        plain_text = plain_text.replace(",", ".")
    if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?", plain_text):
        return None
    value = float(plain_text)
    return (value / 100 if share else value) if math.isfinite(value) else None


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def plain(value: float) -> str:
    """A number as short as it can be said."""
    return f"{value:.6g}".replace("-", "\u2212")


def read(texts: Mapping[str, Any]) -> tuple[Settings | None, list[Problem]]:
    """The settings, or what has to be mended; ``texts`` are the page's fields by name.

    Of the variances, total SD and ICC count where either of them is among the fields, and the two
    SDs else.
    """
    reader = Reader(texts)
    design, outcome, solve = (reader.choice(name) for name in ("design", "outcome", "solve"))
    if outcome != "normal":
        design = "between"
    blocked = design == "blocked"
    least = FEW_SUBUNITS.get(design, 1)
    units = 4.0 if solve == "units" else reader.number("n_units", FEW_UNITS, MOST, whole=True)
    if blocked and units % 2 == 1:
        reader.complain("n_units", "even")
    m = float(least) if solve == "subunits" else reader.sizes(least)
    effect = 1.0 if solve == "effect" else reader.number("effect", -1e6, 1e6)
    if solve in {"units", "subunits"} and effect == 0:
        reader.complain("effect", "zero")
    rest = {
        "alpha": reader.number("alpha", 0, 1, open_low=True, open_high=True),
        "cv": reader.number("cv", 0, 1, open_high=True),
        "lost_units": reader.number("lost_units", 0, 1, open_high=True),
        "lost_subunits": reader.number("lost_subunits", 0, 1, open_high=True),
    }
    target = reader.number("target_power", 0, 1, open_low=True, open_high=True)
    if target <= rest["alpha"]:
        reader.complain("target_power", "low", rest["alpha"])
    spread = _variances(reader, outcome)
    costs = [reader.number(name, 0, 1e9, open_low=True) for name in ("cost_unit", "cost_subunit")]
    budget = reader.number("budget", 0, 1e12, open_low=True)
    if budget < sum(costs):
        reader.complain("budget", "poor", sum(costs))
    seed = reader.number("seed", 0, 2**32 - 1, whole=True)
    if outcome != "normal" or design != "between" or isinstance(m, tuple):
        rest["cv"] = 0.0
    if isinstance(m, tuple) and not _fits(m, design, outcome, solve, units):
        reader.complain("m", "list")
    if reader.problems:
        return None, reader.problems
    given = assumptions(
        design=design,  # type: ignore[arg-type]
        outcome=outcome,  # type: ignore[arg-type]
        n_units=int(units),
        m=m if isinstance(m, tuple) else int(m),
        effect=effect,
        **spread,
        **(rest | ({"lost_units": 0.0} if isinstance(m, tuple) else {})),
    )
    return Settings(given, solve, target, costs[0], costs[1], budget, int(seed)), []


def _fits(m: tuple[int, ...], design: str, outcome: str, solve: str, units: float) -> bool:
    """Whether a list of sizes belongs to the plan."""
    plain_design = design == "between" and outcome == "normal" and solve in {"power", "effect"}
    return plain_design and 2 * len(m) == units


def _variances(reader: Reader, outcome: str) -> dict[str, float]:
    """The arguments that state how much units and sub-units vary."""
    if outcome != "normal":
        high = 1.0 if outcome == "binary" else math.inf
        baseline = reader.number("baseline", 0, high, open_low=True, open_high=True)
        return {"sd_between": reader.number("sd_between", 0, 1e6), "baseline": baseline}
    if "icc" in reader.texts or "sd_total" in reader.texts:
        return {
            "sd_total": reader.number("sd_total", 0, 1e6, open_low=True),
            "icc": reader.number("icc", 0, 1),
        }
    between, within = (reader.number(name, 0, 1e6) for name in ("sd_between", "sd_within"))
    if between == within == 0:
        reader.complain("sd_within", "low", 0)
    return {"sd_between": between, "sd_within": within}
