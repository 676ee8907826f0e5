"""One model fitted to many responses at once, for simulations."""
