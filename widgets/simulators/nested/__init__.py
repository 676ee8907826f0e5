"""Mice and cells: what it does to a p-value to count cells as mice."""
