"""Generalised linear mixed models: :func:`glmer` and :func:`glmmTMB`.

The way from formula to result::

    tails.py conditional.py counts.py zero_inflation.py     the response given the random effects
    rows.py modes.py                conditional modes by penalised reweighted least squares
    marginal.py quadrature.py       the marginal likelihood and its gradient
    start.py separation.py problem.py   where the search begins
    glmer.py glmmtmb.py zero_part.py    the functions
    assemble.py effects.py estimates.py result.py   what comes back
"""

from __future__ import annotations

from .glmer import glmer
from .glmmtmb import glmmTMB
from .result import GeneralizedLinearMixedModel

__all__ = ["GeneralizedLinearMixedModel", "glmer", "glmmTMB"]
