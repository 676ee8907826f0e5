"""Predictions of models without random effects, with their errors: :func:`lm` and :func:`gls`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import overload

import numpy as np

from ..arrays import Floats
from ..data.columns import Data
from ..data.design import Frame
from ..data.new_rows import fixed_part, fixed_rows, frame_of_new_rows
from ..data.variables import Memory
from ..formula import Formula
from ..predictions import IntervalOf, Prediction, check_asked, predicted


@dataclass(frozen=True, slots=True)
class FittedRows:
    """The rows of a fit, and what it takes to make rows of new data like them."""

    formula: Formula
    frame: Frame
    memory: Memory
    df: int
    """Residual degrees of freedom."""


class LinearPredictions(ABC):
    """A fit that predicts by its fixed effects alone."""

    fixef: Mapping[str, float]
    vcov: Floats
    sigma: float
    fitted: Floats

    @property
    @abstractmethod
    def _rows(self) -> FittedRows:
        """What the fit was made from."""

    @overload
    def predict(self, newdata: Data | None = None) -> Floats: ...

    @overload
    def predict(
        self,
        newdata: Data | None = None,
        *,
        se: bool,
        interval: IntervalOf = None,
        level: float = 0.95,
    ) -> Prediction: ...

    @overload
    def predict(
        self, newdata: Data | None = None, *, interval: IntervalOf, level: float = 0.95
    ) -> Prediction: ...

    def predict(
        self,
        newdata: Data | None = None,
        *,
        se: bool = False,
        interval: IntervalOf = None,
        level: float = 0.95,
    ) -> Floats | Prediction:
        """Expected response by row, shape (n,).

        Parameters
        ----------
        newdata : columns that the formula names, but the response; None for the rows of the fit
        se : whether to answer with a :class:`Prediction`, which has standard errors
        interval : "confidence" for the expected value, "prediction" for a new observation
        level : of the interval, in (0, 1)

        Returns
        -------
        array, or with ``se`` or ``interval`` a Prediction; by Student's t with n - p df

        Raises
        ------
        DataError
            If a column or value is missing, or a factor has a new level.
        MethodError
            If there is no such interval, or ``level`` is no share.
        """
        if check_asked(interval, level, se=se):
            return self._predicted(newdata, interval, level)
        if newdata is None:
            return self.fitted
        rows = self._rows
        frame = frame_of_new_rows(rows.formula, newdata, rows.memory)
        return fixed_part(rows.formula.fixed, frame, self.fixef)

    def _predicted(self, newdata: Data | None, interval: IntervalOf, level: float) -> Prediction:
        rows, frame = self._rows, self._rows.frame
        if newdata is not None:
            frame = frame_of_new_rows(rows.formula, newdata, rows.memory)
        X = fixed_rows(rows.formula.fixed, frame, self.fixef)
        estimate = X @ np.array(list(self.fixef.values())) + frame.offset
        return predicted(X, estimate, self.vcov, rows.df, interval, level, self.sigma**2)
