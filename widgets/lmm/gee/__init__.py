"""Marginal models by generalised estimating equations: :func:`geeglm`."""
