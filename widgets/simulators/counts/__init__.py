"""Counts under three families: which variance, and which zeros, a model believes in."""
