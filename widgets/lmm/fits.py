"""What every fitted model can be asked, whichever function fitted it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from numpy.typing import ArrayLike

from .arrays import Floats
from .coefficients import Coefficient
from .results import Interval, TermTest


@runtime_checkable
class Fit(Protocol):
    """A fit of lm, gls, lmer, lme, glmer, glmmTMB or geeglm.

    Those with a likelihood also have ``loglik``, ``deviance``, ``aic``, ``bic``, ``df`` and
    ``simulate(rng, n)``. Some methods take more than is written here, all of it optional.

    Attributes
    ----------
    formula : as it was given
    fixef, se : by coefficient
    vcov : shape (p, p), in the order of ``fixef``
    nobs : number of rows
    fitted, residuals : shape (n,), on the scale of the response; deviance residuals of
        :func:`glmer` and :func:`glmmTMB`
    converged, messages : whether the fit is to be trusted, and what is to be known of it
    """

    @property
    def formula(self) -> str: ...  # noqa: D102  told above, as all the attributes

    @property
    def fixef(self) -> Mapping[str, float]: ...  # noqa: D102

    @property
    def se(self) -> Mapping[str, float]: ...  # noqa: D102

    @property
    def vcov(self) -> Floats: ...  # noqa: D102

    @property
    def nobs(self) -> int: ...  # noqa: D102

    @property
    def fitted(self) -> Floats: ...  # noqa: D102

    @property
    def residuals(self) -> Floats: ...  # noqa: D102

    @property
    def converged(self) -> bool: ...  # noqa: D102

    @property
    def messages(self) -> tuple[str, ...]: ...  # noqa: D102

    def coefficients(self) -> Mapping[str, Coefficient]:
        """Records ``estimate se df t p low high`` by coefficient."""
        ...

    def confint(self) -> Mapping[str, Interval]:
        """Confidence intervals by name; ``level`` is a share."""
        ...

    def test(self, L: ArrayLike) -> TermTest:
        """The test of ``L beta = 0``."""
        ...

    def predict(self) -> Floats:
        """The linear predictor by row, of ``newdata`` or of the rows of the fit; shape (n,)."""
        ...

    def summary(self) -> str:
        """The table that R users know."""
        ...
