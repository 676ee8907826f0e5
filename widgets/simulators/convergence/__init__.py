"""A criterion as a landscape, and the path of a plain optimiser through it."""
