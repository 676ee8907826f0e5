"""Which sentence an answer is said with, and the numbers in it."""

from __future__ import annotations

import math

from widgets import notation
from widgets.instruments.planner.inputs import plain
from widgets.instruments.planner.results import Answer, mean_size

VERDICTS = ("found", "ceiling", "no_gain", "nothing", "impossible", "unreachable")


def verdict(answer: Answer) -> str:
    """The name of the sentence."""
    if not answer.found:
        return "unreachable" if answer.settings.solve == "subunits" else "impossible"
    if answer.plan is None or answer.plan.power is None:
        return "nothing"
    if answer.given.effect == 0:
        return "no_gain"
    if answer.limit is not None and answer.limit < answer.settings.target_power:
        return "ceiling"
    return "found"


def said(answer: Answer) -> dict[str, str]:
    """The numbers of the sentences as text, by the name of their place."""
    given, settings, best = answer.given, answer.settings, answer.best
    others = {one.name: one for one in answer.others}
    plan = answer.plan
    return {
        "sd_between": plain(given.sd_between),
        "sd_within": plain(given.sd_within),
        "icc": notation.text(None if math.isnan(given.icc) else given.icc, "decimal"),
        "baseline": notation.MISSING if given.baseline is None else plain(given.baseline),
        "df": f"{plan.df}" if plan else notation.MISSING,
        "lost_units": f"{100 * given.lost_units:g}",
        "lost_subunits": f"{100 * given.lost_subunits:g}",
        "n_units": f"{given.n_units:,}",
        "m": plain(mean_size(given)),
        "effect": plain(float(f"{given.effect:.3g}")),
        "found": of_hundred(plan.power if plan else None),
        "doubled": of_hundred(answer.doubled),
        "limit": of_hundred(answer.limit),
        "false": of_hundred(plan.type1_naive if plan else None),
        "naive": of_hundred(plan.power_naive if plan else None),
        "target": f"{100 * settings.target_power:g}",
        "alpha": f"{100 * given.alpha:g}",
        "budget": f"{settings.budget:,.6g}",
        "best_units": f"{best.n_units:,}" if best else notation.MISSING,
        "best_m": plain(mean_size(best)) if best else notation.MISSING,
        "best_found": of_hundred(others["best"].power if "best" in others else None),
    }


def notes(answer: Answer) -> list[str]:
    """The names of what has to be said besides."""
    given, found = answer.given, []
    plan = answer.plan
    if answer.best is None:
        found.append("poor")
    if plan and plan.type1_naive is not None and plan.type1_naive > 1.5 * given.alpha:
        found.append("naive")
    if given.outcome != "normal":
        found.append("simulated")
    if given.sd_between == 0 and given.outcome == "normal":
        found.append("alike")
    if given.design == "between" and plan and plan.power is not None and given.units % 2:
        found.append("odd")
    if isinstance(given.m, tuple) or given.cv:
        found.append("uneven")
    return found


def paragraph(answer: Answer) -> list[str]:
    """The names of the sentences of the paragraph for an ethics form."""
    given, plan = answer.given, answer.plan
    if plan is None or plan.power is None:
        return ["opening"]
    normal = given.outcome == "normal"
    method = ["method_within" if given.design == "within" else "method"] if normal else []
    losses = ["losses"] if given.lost_units or given.lost_subunits else []
    limit = ["limit"] if answer.limit is not None and answer.limit < 1 else []
    return [
        "opening",
        given.design,
        given.outcome,
        *method,
        *losses,
        *limit,
        *(["naive"] if "naive" in notes(answer) else []),
        "closing",
    ]


def of_hundred(share: float | None) -> str:
    """Of a hundred experiments; no share that is not is written as none or as all."""
    if share is None or not math.isfinite(share):
        return notation.MISSING
    for digits in range(4):
        text = f"{100 * share:.{digits}f}"
        if 0 < float(text) < 100 or share in {0.0, 1.0}:  # noqa: PLR2004  of a hundred
            return text
    return f"{100 * round(share):.0f}"
