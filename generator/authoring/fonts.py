"""Fonts that pictures are lettered with."""

from __future__ import annotations

from generator.project import PROJECT

LATIN = PROJECT / (
    "node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2"
)
"""A variable font that holds Latin letters only."""
