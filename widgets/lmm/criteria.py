"""What follows from a likelihood and a number of parameters."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod


class Criteria(ABC):
    """Deviance and information criteria of a fit."""

    loglik: float

    @property
    @abstractmethod
    def df(self) -> int:
        """Number of parameters."""

    @property
    @abstractmethod
    def observations(self) -> int:
        """Number of observations that Schwarz's criterion counts."""

    @property
    def deviance(self) -> float:
        """Minus twice the log-likelihood (for REML the REML criterion)."""
        return -2 * self.loglik

    @property
    def aic(self) -> float:
        """Akaike's criterion."""
        return self.deviance + 2 * self.df

    @property
    def bic(self) -> float:
        """Schwarz's criterion."""
        return self.deviance + math.log(self.observations) * self.df
