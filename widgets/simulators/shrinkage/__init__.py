"""Means of mice with few or many cells, and what pooling them makes of each."""
