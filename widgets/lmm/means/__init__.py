"""Estimated marginal means and slopes of a fit, and contrasts between them."""
