"""A plan as scripts that compute it again, in R and in Python, and as a table of the whole map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from widgets.instruments.planner.frame import ranges
from widgets.instruments.planner.results import Answer, as_normal
from widgets.lmm.planning.assumptions import Assumptions
from widgets.lmm.planning.power_map import power_map

Words = Mapping[str, str]

CELLS = 40
"""Numbers of units, and of sub-units, in the table of the map."""


def arguments(given: Assumptions) -> dict[str, object]:
    """The arguments of ``lmm.plan`` that state a plan, those at their defaults left out."""
    sizes = list(given.m) if isinstance(given.m, tuple) else given.m
    named: dict[str, object] = {
        "design": given.design,
        "outcome": given.outcome,
        "n_units": given.n_units,
        "m": sizes,
        "effect": given.effect,
        "sd_between": given.sd_between,
        "sd_within": given.sd_within if given.outcome == "normal" else None,
        "baseline": given.baseline,
        "cv": given.cv or None,
        "alpha": given.alpha,
        "lost_units": given.lost_units or None,
        "lost_subunits": given.lost_subunits or None,
    }
    return {name: value for name, value in named.items() if value is not None}


def python_script(answer: Answer, words: Words) -> str:
    """A script for the engine of this site: by formula, and a million experiments if wished."""
    stated = "".join(f"    {name}={value!r},\n" for name, value in arguments(answer.given).items())
    return f"""# {words["script_title"]}
# pip install lmm  ({words["script_engine"]})
import numpy as np
import lmm
from lmm.planning.command import simulate

plan = dict(
{stated})

if __name__ == "__main__":
    # {words["script_formula"]}
    made = lmm.plan(**plan)
    print("power", made.power, "of means", made.power_means, "limit", made.power_limit)
    print("cells as independent: power", made.power_naive, "false alarms", made.type1_naive)
    # {words["script_simulation"]}
    print(simulate(plan, n_sim=10_000, seed={answer.settings.seed}, executor="processes"))
"""


def toml(answer: Answer) -> str:
    """The plan as ``python -m lmm.plan`` reads it."""

    def written(value: object) -> str:
        return f'"{value}"' if isinstance(value, str) else str(value)

    stated = "".join(f"{name} = {written(one)}\n" for name, one in arguments(answer.given).items())
    return f"[plan]\n{stated}\n[run]\nn_sim = 10000\nseed = {answer.settings.seed}\n"


def r_script(answer: Answer, words: Words) -> str:
    """A script in R: the noncentral t distribution, then experiments with lmerTest and pbkrtest."""
    given = answer.given
    if given.outcome != "normal":
        return _r_generalised(given, answer.settings.seed, words)
    sizes = given.sizes if given.design == "between" else None
    head = f"""# {words["script_title"]}
effect <- {given.effect!r}; alpha <- {given.alpha!r}
sd_between <- {given.sd_between!r}; sd_within <- {given.sd_within!r}
units <- {given.units}  # {words["script_left"]}
m <- {given.size!r}
"""
    power = """bound <- qt(1 - alpha / 2, df)
power <- pt(bound, df, delta, lower.tail = FALSE) + pt(-bound, df, delta)
print(c(power = power, df = df))
"""
    apart = ""
    if given.design == "within":
        middle = (
            "m1 <- m %/% 2; m2 <- m - m1; df <- units - 1\n"
            "delta <- effect / sqrt(sd_within^2 * (1 / m1 + 1 / m2) / units)\n"
        )
        model, block = "y ~ arm + (arm | unit)", ""
        rows = "unit <- rep(1:units, each = m); arm <- rep(rep(0:1, c(m1, m2)), units)\n"
    elif given.design == "blocked":
        middle = (
            "df <- units / 2 - 1\n"
            "delta <- effect / sqrt(2 * (sd_between^2 + sd_within^2 / m) / (units / 2))\n"
        )
        model = "y ~ arm + (1 | block) + (1 | unit)"
        block = "block <- (unit + 1) %/% 2\nsd_block <- 5 * (sd_between + sd_within)\n"
        apart = " +\n    rnorm(max(block), sd = sd_block)[block]"
        rows = "unit <- rep(1:units, each = m); arm <- (unit + 1) %% 2\n"
    else:
        control, treated = sizes or ((), ())
        middle = (
            f"sizes <- list(c({_listed(control)}), c({_listed(treated)}))\n"
            "df <- units - 2\n"
            "delta <- effect / sqrt(sum(sapply(sizes, function(m)\n"
            "  1 / sum(1 / (sd_between^2 + sd_within^2 / m)))))\n"
        )
        model, block = "y ~ arm + (1 | unit)", ""
        rows = (
            "all <- round(unlist(sizes)); unit <- rep(seq_along(all), all)\n"
            "arm <- as.numeric(unit > length(sizes[[1]]))\n"
        )
    return (
        head
        + f"# {words['script_formula']}\n"
        + middle
        + power
        + f"""
# {words["script_simulation"]}
library(lmerTest)  # and pbkrtest
set.seed({answer.settings.seed})
{rows}{block}p <- replicate(200, {{
  y <- effect * arm + rnorm(max(unit), sd = sd_between)[unit] +
    rnorm(length(unit), sd = sd_within){apart}
  fit <- suppressMessages(lmer({model}))
  anova(fit, ddf = "Kenward-Roger")[["Pr(>F)"]]
}})
print(binom.test(sum(p < alpha, na.rm = TRUE), sum(!is.na(p))))
"""
    )


def _r_generalised(given: Assumptions, seed: int, words: Words) -> str:
    binary = given.outcome == "binary"
    link = f"qlogis({given.baseline!r})" if binary else f"log({given.baseline!r})"
    drawn = "rbinom(units, m, plogis(eta))" if binary else "rpois(units, m * exp(eta))"
    score = "log((total + 0.5) / (m - total + 0.5))" if binary else "log((total + 0.5) / m)"
    return f"""# {words["script_title"]}
effect <- {given.effect!r}; alpha <- {given.alpha!r}; sd_between <- {given.sd_between!r}
units <- {given.units}; m <- {max(1, round(given.size))}
arm <- as.numeric(seq_len(units) > units %/% 2)
# {words["script_simulation"]}
set.seed({seed})
p <- replicate(20000, {{
  eta <- {link} + effect * arm + rnorm(units, sd = sd_between)
  total <- {drawn}
  t.test(({score}) ~ arm, var.equal = TRUE)$p.value
}})
print(binom.test(sum(p < alpha, na.rm = TRUE), sum(!is.na(p))))
"""


def _listed(sizes: tuple[float, ...]) -> str:
    return ", ".join(f"{one:g}" for one in sizes)


def map_table(answer: Answer) -> dict[str, list[float | int | None]]:
    """The power and the cost of every plan of the map, at most 40 × 40, one row a plan."""
    given, settings = as_normal(answer.given), answer.settings
    shown = ranges(answer)
    units = _whole_numbers(2, shown.units[1], even=given.design == "blocked")
    sizes = _whole_numbers(*shown.sizes, even=given.design == "within")
    power = power_map(replace(given, m=2), units, sizes)
    rows = [
        (int(unit), int(size), float(power[i, k]))
        for i, unit in enumerate(units)
        for k, size in enumerate(sizes)
    ]
    return {
        "n_units": [unit for unit, _, _ in rows],
        "m": [size for _, size, _ in rows],
        "power": [None if np.isnan(one) else round(one, 6) for _, _, one in rows],
        "cost": [
            unit * (settings.cost_unit + size * settings.cost_subunit) for unit, size, _ in rows
        ],
    }


def _whole_numbers(
    low: float, high: float, *, even: bool
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    step = 2 if even else 1
    count = int((high - low) // step) + 1
    if count <= CELLS:
        return low + step * np.arange(count)
    return np.asarray(np.unique(step * np.rint(np.geomspace(low, high, CELLS) / step)))
