"""Residuals along time: neighbours resemble each other, and missed visits are no neighbours."""
