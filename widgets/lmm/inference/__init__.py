"""Degrees of freedom, tests and profile intervals of a fitted mixed model."""
