"""Models without random effects: least squares, generalised least squares, t-tests, one-way ICC."""
