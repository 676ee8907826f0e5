"""Linear mixed models: fitting them, and what a fit can be asked."""
