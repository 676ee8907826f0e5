"""What is compared with R, over which cases, and how large a difference is tolerated.

Tolerances are those of ``reference/README.md``: how far R itself is from the exact answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from validation.cases import Case, all_cases, data_of
from validation.differences import (
    Difference,
    apart,
    by_name,
    effects,
    largest,
    monte_carlo_errors,
    profile,
    rows,
    serial,
)
from validation.fits import POSTERIORS, generalised_fit, linear_fit, marginal_fit
from widgets.lmm import lm

SMALL = 1e-3
"""Coefficients and relative standard deviations below this are compared as if of this size."""

UNFINISHED = 1e-4
"""Of lme4's Laplace fits: its log-determinant is one step behind, 3e-5 in ohio."""

INTERPOLATED = 5e-4
"""Of lme4's profile intervals, which a spline interpolates."""


@dataclass(frozen=True)
class Comparison:
    """One quantity, in every case that has it."""

    name: str
    """``<program>.<quantity>``."""

    model: str
    """As the cases name it."""

    needs: tuple[str, ...]
    """The numbers of R that tell a case that has the quantity."""

    tolerance: float
    difference: Difference

    @property
    def cases(self) -> list[Case]:
        """The cases that have the quantity."""
        if self.model == "brm":
            return list(POSTERIORS)
        return [
            case
            for case in all_cases().values()
            if case["model"] == self.model
            and all(case["expected"].get(need) is not None for need in self.needs)
        ]

    @property
    def largest(self) -> float:
        """The largest difference in any case."""
        return max(self.difference(case) for case in self.cases)


def comparisons() -> Iterator[Comparison]:
    """Everything that is compared."""
    yield from _linear()
    yield from _tests("kr", "Kenward-Roger", "kenward_roger", 1e-6)
    yield from _tests("satterthwaite", "Satterthwaite", "satterthwaite", 1e-5)
    yield from _serial()
    yield Comparison(
        "lm.se", "ols", ("coef",), 1e-8, lambda case: by_name(_lm_se(case), case["expected"]["se"])
    )
    yield from _generalised()
    yield from _marginal()
    yield Comparison(
        "brm.means", "brm", (), 4.0, lambda case: max(monte_carlo_errors(case).values())
    )


def _linear() -> Iterator[Comparison]:
    yield Comparison(
        "lmer.loglik",
        *("lmm", ("logLik",), 1e-6),
        lambda case: abs(linear_fit(case).loglik - case["expected"]["logLik"]),
    )
    yield Comparison(
        "lmer.fixef",
        *("lmm", ("fixef",), 1e-6),
        lambda case: by_name(linear_fit(case).fixef, case["expected"]["fixef"]),
    )
    yield Comparison(
        "lmer.se",
        *("lmm", ("se",), 1e-6),
        lambda case: by_name(linear_fit(case).se, case["expected"]["se"]),
    )
    yield Comparison(
        "lmer.theta",
        *("lmm", ("theta",), 1e-5),
        lambda case: largest(linear_fit(case).theta, case["expected"]["theta"], SMALL),
    )
    yield Comparison("lmer.ranef", "lmm", ("ranef",), 1e-6, effects("ranef"))
    yield Comparison("lmer.condvar", "lmm", ("condvar",), 1e-6, effects("condvar"))
    yield Comparison("lmer.profile", "lmm", ("profile95",), INTERPOLATED, profile)


def _tests(
    name: str, ddf: Literal["Kenward-Roger", "Satterthwaite"], key: str, tolerance: float
) -> Iterator[Comparison]:
    """Of t tests, and of type III F tests where there are some."""
    for field in ("se", "df"):
        difference = rows(lambda case: linear_fit(case).coefficients(ddf), key, field)
        yield Comparison(f"{name}.{field}", "lmm", (key,), tolerance, difference)
    anova = f"anova3_{key}"
    for field in ("F", "dendf"):
        difference = rows(lambda case: linear_fit(case).anova(ddf), anova, field)
        yield Comparison(f"{name}.{field.lower()}", "lmm", (anova,), 1e-5, difference)


def _serial() -> Iterator[Comparison]:
    yield Comparison("ar1.loglik", "gls-ar1", ("nlme_df", "phi"), 1e-6, serial("loglik", "logLik"))
    yield Comparison("ar1.phi", "gls-ar1", ("nlme_df", "phi"), 1e-5, serial("phi", "phi"))


def _lm_se(case: Case) -> dict[str, float]:
    return dict(lm(case["formula"], data_of(case)).se)


PROGRAMS = {
    "laplace": "residual_deviance_conditional",
    "quadrature": "logLik_lme4_reported",
    "glmmtmb": "log_sd_and_corr_parameters",
}
"""Which number of R tells a generalised model of each kind."""


def _generalised() -> Iterator[Comparison]:
    for name, needs in PROGRAMS.items():
        by_laplace = name == "laplace"
        yield Comparison(
            f"{name}.loglik",
            *("glmm", (needs,), UNFINISHED if by_laplace else 2e-6),
            lambda case: abs(generalised_fit(case).loglik - case["expected"]["logLik"]),
        )
        tolerance = UNFINISHED if by_laplace else 1e-5
        yield Comparison(f"{name}.fixef", "glmm", (needs,), tolerance, _coefficients("fixef"))
        yield Comparison(f"{name}.se", "glmm", (needs,), 1e-4, _coefficients("se"))
    yield Comparison(
        "glmm.theta",
        *("glmm", ("theta",), UNFINISHED),
        lambda case: largest(generalised_fit(case).theta, case["expected"]["theta"], SMALL),
    )
    yield Comparison(
        "glmmtmb.dispersion",
        *("glmm", ("nbinom2_theta",), 1e-5),
        lambda case: largest(
            float(generalised_fit(case).nbinom2_theta or 0), case["expected"]["nbinom2_theta"]
        ),
    )
    yield Comparison("glmmtmb.zeros", "glmm", ("zi_fixef",), 1e-5, _coefficients("zi_fixef"))


def _coefficients(field: str) -> Difference:
    return lambda case: by_name(
        getattr(generalised_fit(case), field), case["expected"][field], SMALL
    )


def _marginal() -> Iterator[Comparison]:
    yield Comparison(
        "gee.coefficients",
        *("gee", ("coef",), 1e-8),
        lambda case: by_name(marginal_fit(case).fixef, case["expected"]["coef"]),
    )
    yield Comparison(
        "gee.robust",
        *("gee", ("vcov_robust",), 1e-8),
        lambda case: apart(marginal_fit(case).vcov_robust, case["expected"]["vcov_robust"]),
    )
    yield Comparison(
        "gee.naive",
        *("gee", ("vcov_naive",), 1e-8),
        lambda case: apart(marginal_fit(case).vcov_naive, case["expected"]["vcov_naive"]),
    )
    yield Comparison(
        "gee.alpha",
        *("gee", ("alpha",), 1e-8),
        lambda case: largest(float(marginal_fit(case).alpha or 0), case["expected"]["alpha"]),
    )
    yield Comparison(
        "gee.scale",
        *("gee", ("scale",), 1e-8),
        lambda case: largest(marginal_fit(case).scale, case["expected"]["scale"]),
    )
