"""The profiled likelihood of a Gaussian mixed model, and its optimum."""
