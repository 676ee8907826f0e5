"""The text table that users of brms know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from widgets.lmm.printing import significant, table

if TYPE_CHECKING:
    from widgets.lmm.bayes.posterior import Posterior

ENDS = (0.025, 0.975)


def summary(posterior: Posterior) -> str:
    """Formula, priors, quantities with their 95 % intervals, and messages."""
    rows = [["", "Estimate", "Est.Error", "l-95% CI", "u-95% CI"]]
    for name in posterior.quantities:
        values = (posterior.mean[name], posterior.sd[name], *posterior.quantile(name, ENDS))
        rows.append([name, *(significant(float(value)) for value in values)])
    priors = [[f"{name} ~", prior] for name, prior in posterior.priors.items()]
    blocks = [
        "Posterior of a random-intercept model by quadrature",
        f"Formula: {posterior.formula}",
        f"Number of obs: {posterior.nobs}, groups: {posterior.group}, {posterior.ngroups}",
        "Priors:\n" + table(priors, left=2),
        table(rows, left=1),
        *posterior.messages,
    ]
    return "\n\n".join(blocks) + "\n"
