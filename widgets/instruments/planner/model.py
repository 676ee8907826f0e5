"""The planner: a plan and what is thought to be true, answered with what it promises.

Asked with ``ask``: "plan" (all numbers, figures and the names of sentences), "simulate"
(experiments drawn from the plan), "scripts" (R, Python, TOML) or "map" (its table). ``values`` are
the page's fields as text; ``words`` what figures and scripts say.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from widgets.contract import Input, Instrument, InstrumentError, Readout
from widgets.contract.instrument import Answer as Reply
from widgets.instruments.planner import figure, results, scripts, simulation, verdict
from widgets.instruments.planner.frame import Ranges
from widgets.instruments.planner.inputs import DEFAULTS, Settings, read
from widgets.instruments.planner.results import Answer, mean_size

SHARES = (
    *("power.mixed", "power.means", "power.naive", "power.limit"),
    *("type1.mixed", "type1.means", "type1.naive", "best.power"),
    *("sim.power", "sim.low", "sim.high"),
)
COUNTS = (
    *("n_units", "m", "cost", "best.n_units", "best.m", "best.cost"),
    *("sim.n", "sim.singular", "sim.failed"),
)
DECIMALS = ("effect.detectable", "m.optimal", "icc", "design_effect")


def answer(given: Input) -> Reply:
    """What the page asks for, or the ``problems`` of its fields."""
    asked = given.get("ask", "plan")
    if asked not in _ASKED:
        msg = f"ask: {asked!r} is none of {', '.join(_ASKED)}; give one"
        raise InstrumentError(msg)
    settings, problems = read(given.get("values", {}))
    if settings is None:
        return {
            "problems": [
                {"field": one.field, "reason": one.reason, "bound": one.bound} for one in problems
            ]
        }
    return _ASKED[asked](_answered(settings), given)


@lru_cache(maxsize=32)
def _answered(settings: Settings) -> Answer:
    return results.answered(settings)


def _plan(made: Answer, given: Input) -> Reply:
    words = _spoken(given.get("words", {}))
    reply: dict[str, Any] = {
        "readouts": made.readouts,
        "values": _values(made),
        "verdict": verdict.verdict(made),
        "notes": verdict.notes(made),
        "said": verdict.said(made),
        "paragraph": verdict.paragraph(made),
        "others": _others(made),
    }
    if words:
        sizes = given.get("sizes", tuple(figure.SIZES))
        held = _held(given.get("held"))
        drawn = {size: figure.figures(made, words, size, held) for size in sizes}
        reply["figures"] = {
            name: {size: drawn[size][name] for size in sizes} for name in ("map", "curve")
        }
        plan = made.plan
        reply["strip"] = simulation.strip(plan.power if plan else None, {}, words)
    return reply


def _spoken(words: Mapping[str, str]) -> dict[str, str]:
    """The words, with those among them that name units and sub-units put in their places."""
    return {
        name: re.sub(r"\{(\w+)\}", lambda place: words.get(place[1], place[0]), text)
        for name, text in words.items()
    }


def _held(given: object) -> Ranges | None:
    """The ends of the map while a plan is dragged on it: it must not move below the finger."""
    if not isinstance(given, Mapping):
        return None
    units, sizes = given["units"], given["sizes"]
    return Ranges((float(units[0]), float(units[1])), (float(sizes[0]), float(sizes[1])))


def _values(made: Answer) -> dict[str, str]:
    """What the fields that were found or follow from others say."""
    given = made.given
    icc = "" if math.isnan(given.icc) else f"{given.icc:.4g}"
    total = (given.sd_between**2 + given.sd_within**2) ** 0.5
    return {
        "n_units": str(given.n_units),
        "m": ", ".join(map(str, given.m)) if isinstance(given.m, tuple) else f"{given.m:g}",
        "effect": f"{given.effect:.4g}",
        "sd_between": f"{given.sd_between:.4g}",
        "sd_within": f"{given.sd_within:.4g}",
        "sd_total": f"{total:.4g}",
        "icc": icc,
    }


def _others(made: Answer) -> list[dict[str, Any]]:
    """The table of plans: the present one and those for the budget."""
    return [
        {
            "name": one.name,
            "n_units": f"{one.given.n_units:,}",
            "m": f"{mean_size(one.given):,.4g}",
            "power": verdict.of_hundred(one.power),
            "cost": f"{one.cost:,.6g}",
        }
        for one in made.others
    ]


def _simulate(made: Answer, given: Input) -> Reply:
    reply = simulation.simulated(made, given)
    plan = made.plan
    words = _spoken(given.get("words", {}))
    if words:
        reply["strip"] = simulation.strip(plan.power if plan else None, reply["readouts"], words)
    return reply


def _scripts(made: Answer, given: Input) -> Reply:
    words = _spoken(given.get("words", {}))
    return {
        "r": scripts.r_script(made, words),
        "python": scripts.python_script(made, words),
        "toml": scripts.toml(made),
    }


def _map(made: Answer, _given: Input) -> Reply:
    return {"columns": scripts.map_table(made)}


_ASKED = {"plan": _plan, "simulate": _simulate, "scripts": _scripts, "map": _map}

INSTRUMENT = Instrument(
    name="planner",
    answer=answer,
    readouts=(
        *(Readout(name, "percent") for name in SHARES),
        *(Readout(name, "count") for name in COUNTS),
        *(Readout(name) for name in DECIMALS),
        Readout("df", "df"),
    ),
    example={"values": DEFAULTS},
)
