"""How far the engine is from R, as the table that ``docs/engine.md`` shows.

python -m tests.lmm.agreement        writes the table into docs/engine.md
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.lmm.generalised import generalised_comparisons
from tests.lmm.marginal import apart, marginal_fit
from tests.lmm.posteriors import CASES as POSTERIORS
from tests.lmm.posteriors import monte_carlo_errors
from tests.lmm.reference import Case, all_cases, data_of, fit_of, largest
from widgets.lmm import lm, lme

DOCUMENT = Path(__file__).parents[2] / "docs" / "engine.md"
START, END = "<!-- agreement: made by tests/lmm/agreement.py -->", "<!-- end of agreement -->"

Difference = Callable[[Case], float]


@dataclass(frozen=True)
class Row:
    """A line of the table: what is compared, how, and the largest difference over the cases."""

    what: str
    cases: int
    measure: str
    tolerance: float
    largest: float


def by_name(mine: dict[str, float], theirs: dict[str, float]) -> float:
    return largest([mine[name] for name in theirs], list(theirs.values()))


def effects(field: str) -> Difference:
    def difference(case: Case) -> float:
        mine, theirs = getattr(fit_of(case), field), case["expected"][field]
        worst = 0.0
        for group, levels in theirs.items():
            for term in next(iter(levels.values())):
                b = np.array([levels[level][term] for level in levels])
                a = np.array([mine[group][level][term] for level in levels])
                worst = max(worst, float(np.abs(a - b).max()) / max(float(np.abs(b).max()), 1e-12))
        return worst

    return difference


def coefficients(ddf: str, key: str, field: str) -> Difference:
    def difference(case: Case) -> float:
        table = fit_of(case).coefficients(ddf)  # type: ignore[arg-type]
        theirs = {name: row[field] for name, row in case["expected"][key].items()}
        return by_name({name: getattr(row, field) for name, row in table.items()}, theirs)

    return difference


def type3(ddf: str, key: str, field: str) -> Difference:
    def difference(case: Case) -> float:
        table = fit_of(case).anova(ddf)  # type: ignore[arg-type]
        theirs = {name: row[field] for name, row in case["expected"][key].items()}
        return by_name({name: getattr(row, field) for name, row in table.items()}, theirs)

    return difference


def profile(case: Case) -> float:
    fit = fit_of(case)
    mine, size = fit.confint("profile"), {**fit.fixef, "sigma": fit.sigma}
    worst = 0.0
    for name, (low, high) in case["expected"]["profile95"].items():
        scale = max(abs(size.get(name, 0.0)), (high - low) / 4)
        worst = max(worst, abs(mine[name].low - low) / scale, abs(mine[name].high - high) / scale)
    return worst


def serial(case: Case, field: str, key: str) -> float:
    fit = lme(case["formula"], data_of(case), "AR1", REML=case["method"] == "REML")
    expected = float(case["expected"][key])
    if field == "loglik":
        return abs(fit.loglik - expected)
    return abs(float(getattr(fit, field)) / expected - 1)


def comparisons() -> Iterator[tuple[str, str, tuple[str, ...], str, float, Difference]]:
    """What, model, fields needed, measure, tolerance, difference."""
    relative = "relative"
    yield (
        "log-likelihood",
        *("lmm", ("logLik",), "absolute", 1e-6),
        lambda c: abs(fit_of(c).loglik - c["expected"]["logLik"]),
    )
    for what, field in (("fixed effects", "fixef"), ("standard errors", "se")):
        yield (
            what,
            *("lmm", (field,), relative, 1e-6),
            lambda c, field=field: by_name(getattr(fit_of(c), field), c["expected"][field]),  # type: ignore[misc]
        )
    yield (
        "theta",
        *("lmm", ("theta",), relative, 1e-5),
        lambda c: largest(fit_of(c).theta, c["expected"]["theta"], floor=1e-3),
    )
    yield "random effects", "lmm", ("ranef",), "of the largest", 1e-6, effects("ranef")
    yield "conditional variances", "lmm", ("condvar",), "of the largest", 1e-6, effects("condvar")
    for ddf, key in (("Kenward-Roger", "kenward_roger"), ("Satterthwaite", "satterthwaite")):
        bound = 1e-6 if ddf == "Kenward-Roger" else 1e-5
        for field in ("se", "df"):
            difference = coefficients(ddf, key, field)
            yield f"{ddf} {field}", "lmm", (key,), relative, bound, difference
        for field in ("F", "dendf"):
            needs = (f"anova3_{key}",)
            difference = type3(ddf, needs[0], field)
            yield f"type III {field}, {ddf}", "lmm", needs, relative, 1e-5, difference
    yield "profile intervals", "lmm", ("profile95",), "of the size", 5e-4, profile
    for what, field, key, measure, bound in (
        ("AR(1) log-likelihood", "loglik", "logLik", "absolute", 1e-6),
        ("AR(1) phi", "phi", "phi", relative, 1e-5),
    ):
        yield (
            what,
            *("gls-ar1", ("nlme_df", "phi"), measure, bound),
            lambda c, field=field, key=key: serial(c, field, key),  # type: ignore[misc]
        )
    yield (
        "least squares",
        *("ols", ("coef",), relative, 1e-8),
        lambda c: by_name(lm(c["formula"], data_of(c)).se, c["expected"]["se"]),  # type: ignore[arg-type]
    )
    yield from generalised_comparisons()
    yield from marginal_comparisons()


def marginal_comparisons() -> Iterator[tuple[str, str, tuple[str, ...], str, float, Difference]]:
    """Of geeglm; covariances in units of standard errors."""
    yield (
        "marginal coefficients",
        *("gee", ("coef",), "relative", 1e-8),
        lambda c: by_name(marginal_fit(c).fixef, c["expected"]["coef"]),  # type: ignore[arg-type]
    )
    for kind in ("robust", "naive"):
        yield (
            f"{kind} covariance",
            *("gee", (f"vcov_{kind}",), "of standard errors", 1e-8),
            lambda c, kind=kind: apart(  # type: ignore[misc]
                getattr(marginal_fit(c), f"vcov_{kind}"), c["expected"][f"vcov_{kind}"]
            ),
        )
    for what, field in (("working correlation", "alpha"), ("scale", "scale")):
        yield (
            what,
            *("gee", (field,), "relative", 1e-8),
            lambda c, field=field: largest(getattr(marginal_fit(c), field), c["expected"][field]),  # type: ignore[misc]
        )


def posterior_row() -> Row:
    """Of brm against long runs of brms."""
    worst = max(error for case in POSTERIORS for error in monte_carlo_errors(case).values())
    return Row("posterior means, brms", len(POSTERIORS), "Monte Carlo errors", 4.0, worst)


def rows() -> list[Row]:
    """The table, computed."""
    found = []
    for what, model, needs, measure, tolerance, difference in comparisons():
        chosen = [
            case
            for case in all_cases().values()
            if case["model"] == model
            and all(case["expected"].get(need) is not None for need in needs)
        ]
        worst = max(difference(case) for case in chosen)
        found.append(Row(what, len(chosen), measure, tolerance, worst))
    return [*found, posterior_row()]


def table(computed: list[Row]) -> str:
    """The table in Markdown; differences are rounded up to one digit."""
    lines = [
        "| quantity | cases | difference | tolerance | largest |",
        "|---|---|---|---|---|",
    ]
    for row in computed:
        cells = (row.what, row.cases, row.measure, f"{row.tolerance:g}", f"≤ {up(row.largest)}")
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def up(value: float) -> str:
    """The number rounded up to one digit."""
    power = math.floor(math.log10(value)) if value > 0 else 0
    digit = math.ceil(value / 10.0**power)
    return f"{digit}e{power}" if digit < 10 else f"1e{power + 1}"


def main() -> None:
    """Write the table into the document."""
    text = DOCUMENT.read_text("utf-8")
    before, rest = text.split(START)
    after = rest.split(END)[1]
    DOCUMENT.write_text(f"{before}{START}\n\n{table(rows())}\n\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
