"""Normal, t, F and chi-square distributions in pure numpy: ``cdf sf ppf isf``, over arrays.

Of the noncentral t there is ``sf`` only.

Accurate in both tails to about 1e-13 relative, tested against scipy; there is no scipy in the
browser.
"""

from __future__ import annotations

from . import chi2, f, noncentral_t, normal, studentised_range, t

__all__ = ["chi2", "f", "noncentral_t", "normal", "studentised_range", "t"]
