"""What can be wrong with a model or its data.

Our exceptions::

    ModelError (a ValueError)
    ├── FormulaError        the formula cannot be read; a caret shows the place
    ├── DataError           a column is missing, empty, infinite or of the wrong kind
    ├── DesignError         the model does not fit the data: too few levels, too many effects
    │   └── NotEstimableError   the design leaves nothing to estimate something from
    └── MethodError         an argument out of its range, a method that this fit does not have
"""

from __future__ import annotations


class ModelError(ValueError):
    """A model that cannot be fitted to these data."""


class FormulaError(ModelError):
    """A formula that cannot be read."""


class DataError(ModelError):
    """Data that cannot be used."""


class DesignError(ModelError):
    """A model that does not fit the data."""


class NotEstimableError(DesignError):
    """A design with no degrees of freedom left for what is asked."""


class MethodError(ModelError):
    """An argument out of its range, or a method that this fit does not have."""
