"""What :func:`brm` gives back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from ..arguments import check_choice, check_share, numbers
from ..arrays import Floats
from ..coefficients import Coefficient
from ..errors import DataError
from ..printing import significant, table
from .densities import (
    Quantity,
    between_sd,
    coefficient,
    intraclass_correlation,
    residual_sd,
)
from .joint import Nodes
from .marginal import Marginal

SCALES = {"sd": between_sd, "sigma": residual_sd, "icc": intraclass_correlation}

TINY = float(np.finfo(float).tiny)

RANGES = {"sd": (0.0, np.inf), "sigma": (TINY, np.inf), "icc": (0.0, 1.0)}
"""Where a quantity other than a coefficient has a density."""

ENDS = (0.025, 0.975)
"""Of the intervals in a summary."""


@dataclass(frozen=True, eq=False, repr=False)
class Posterior:
    """The posterior distribution of a random-intercept model.

    Quantities are the coefficients by name, ``sd`` (between groups), ``sigma`` (residual standard
    deviation) and ``icc`` = sd²/(sd² + sigma²).

    Attributes
    ----------
    mean, sd : by quantity
    priors : as brms writes them: ``Intercept`` (at centred predictors), ``sd``, ``sigma``;
        coefficients have a flat prior
    accuracy : largest error of a mean by quadrature, in standard deviations, told from its change
        when the rule got half as many nodes again
    nobs, ngroups : int
    messages : tuple of str
    """

    formula: str
    group: str
    priors: Mapping[str, str]
    mean: Mapping[str, float]
    sd: Mapping[str, float]
    accuracy: float
    nobs: int
    ngroups: int
    messages: tuple[str, ...]
    nodes: Nodes

    def __repr__(self) -> str:
        """One line."""
        return f"<posterior of {self.formula!r}: {self.ngroups} groups, sd {self.mean['sd']:.4g}>"

    @property
    def quantities(self) -> tuple[str, ...]:
        """All names."""
        return tuple(self.mean)

    @property
    def fixef(self) -> Mapping[str, float]:
        """Posterior means by coefficient."""
        return {name: value for name, value in self.mean.items() if name not in SCALES}

    def coefficients(self, level: float = 0.95) -> Mapping[str, Coefficient]:
        """Records by coefficient: posterior mean, standard deviation, and quantiles.

        ``low`` and ``high`` leave equal probabilities outside. A posterior has neither ``t`` nor
        ``p`` (NaN); ``df`` is infinite.

        Raises
        ------
        MethodError
            If the level does not lie between 0 and 1.
        """
        check_share("level", level)
        found = {}
        for name, mean in self.fixef.items():
            low, high = map(float, self.quantile(name, [(1 - level) / 2, (1 + level) / 2]))
            found[name] = Coefficient(mean, self.sd[name], math.inf, math.nan, math.nan, low, high)
        return found

    def quantile(self, quantity: str, p: ArrayLike) -> Floats:
        """The values with posterior probability ``p`` below them.

        Parameters
        ----------
        quantity : one of ``quantities``
        p : between 0 and 1, any shape, which is the shape of what comes back

        Raises
        ------
        DataError, MethodError
            If a probability is out of range, or there is no such quantity.
        """
        given = numbers("p", p)
        if not np.all((given > 0) & (given < 1)):
            msg = f"a quantile is asked for with a probability between 0 and 1, not {p!r}"
            raise DataError(msg)
        return self._marginal(quantity).quantile(given)

    def density(self, quantity: str, grid: ArrayLike) -> Floats:
        """Posterior density at the values of ``grid``, any shape; zero outside of the range.

        That of ``icc`` is infinite at zero if zero is a possible ``sd``.

        Raises
        ------
        DataError, MethodError
            If the grid holds no numbers, or there is no such quantity.
        """
        x = numbers("grid", grid)
        low, high = RANGES.get(quantity, (-np.inf, np.inf))
        inside = (x >= low) & (x < high)
        result = np.zeros(x.shape)
        result[inside] = self._quantity(quantity).density(x[inside])
        return result

    def probability(self, quantity: str, low: float = -np.inf, high: float = np.inf) -> float:
        """Posterior probability that the quantity lies between ``low`` and ``high``, in [0, 1].

        Raises
        ------
        DataError, MethodError
            If an end is no number, or there is no such quantity.
        """
        below = self._marginal(quantity).cdf(numbers("low and high", [low, high]))
        return float(max(below[1] - below[0], 0.0))

    def summary(self) -> str:
        """The table that users of brms know: priors, and quantities with their 95 % intervals."""
        rows = [["", "Estimate", "Est.Error", "l-95% CI", "u-95% CI"]]
        for name in self.quantities:
            values = (self.mean[name], self.sd[name], *self.quantile(name, ENDS))
            rows.append([name, *(significant(float(value)) for value in values)])
        priors = [[f"{name} ~", prior] for name, prior in self.priors.items()]
        blocks = [
            "Posterior of a random-intercept model by quadrature",
            f"Formula: {self.formula}",
            f"Number of obs: {self.nobs}, groups: {self.group}, {self.ngroups}",
            "Priors:\n" + table(priors, left=2),
            table(rows, left=1),
            *self.messages,
        ]
        return "\n\n".join(blocks) + "\n"

    def _quantity(self, name: str) -> Quantity:
        check_choice("quantity", name, self.quantities)
        if name in SCALES:
            return SCALES[name](self.nodes)
        return coefficient(self.nodes, self.quantities.index(name))

    def _marginal(self, name: str) -> Marginal:
        if name not in self._marginals:
            self._marginals[name] = self._quantity(name).marginal()
        return self._marginals[name]

    @cached_property
    def _marginals(self) -> dict[str, Marginal]:
        """Those that were asked for."""
        return {}
