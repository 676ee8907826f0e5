"""Curves of forty patients and their average: two odds ratios, two questions."""
