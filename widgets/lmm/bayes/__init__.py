"""Bayesian random-intercept models without simulation: :func:`brm`.

The way from formula to posterior::

    priors.py       what is believed beforehand, by default as in brms
    likelihood.py   everything but the two standard deviations integrated in closed form
    grid.py         where the two standard deviations can be, and a rule of quadrature there
    marginal.py     one quantity's density, made integrable
    posterior.py    what comes back
    fit.py          the function
"""
