"""Normal, t, F and chi-square distributions in pure numpy: ``cdf sf ppf isf``, over arrays.

Accurate in both tails to about 1e-13 relative, tested against scipy; there is no scipy in the
browser.
"""

from __future__ import annotations

from widgets.lmm.distributions import chi2, f, normal, t

__all__ = ["chi2", "f", "normal", "t"]
