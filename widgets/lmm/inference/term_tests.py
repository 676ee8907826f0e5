"""F tests of terms by Kenward-Roger, Satterthwaite or nlme's degrees of freedom."""

from __future__ import annotations

from collections.abc import Mapping

from ..arrays import Floats
from ..distributions import f as fisher
from ..likelihood.model import MixedData
from ..results import TermTest
from .inner_outer import InnerOuter
from .kenward_roger import KenwardRoger
from .satterthwaite import Satterthwaite
from .type3 import type3_contrasts

Approximation = KenwardRoger | Satterthwaite | InnerOuter
"""What gives F tests their denominator degrees of freedom."""


def term_tests(
    data: MixedData,
    beta: Floats,
    sigma: float,
    approximation: Approximation,
    contrasts: Mapping[str, Floats] | None = None,
) -> dict[str, TermTest]:
    """F tests of the type III hypothesis of each term, or of the contrasts given.

    Parameters
    ----------
    beta : array of shape (p,)
    contrasts : rows L of shape (l, p) by name
    """
    if contrasts is None:
        contrasts = type3_contrasts(data.formula.fixed, data.frame, data.fixed)
    tests = {}
    for name, L in contrasts.items():
        estimate = L @ beta / sigma
        raw, numdf, dendf, scale = approximation.F(L @ data.fixed.R_inverse, estimate)
        meansq = raw * sigma**2
        p = float(fisher.sf(raw * scale, numdf, dendf))
        tests[name] = TermTest(raw * scale, float(numdf), dendf, p, meansq * numdf, meansq)
    return tests
