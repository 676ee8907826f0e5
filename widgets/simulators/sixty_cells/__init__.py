"""Sixty cells from three mice: one mean, and an interval that counts cells or mice."""
