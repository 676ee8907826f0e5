"""From columns to matrices: factors, variables, model matrices, fixed and random effects."""
