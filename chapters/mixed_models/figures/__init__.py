"""Drawn figures: each module has ``figure(words) -> str``, the drawing as SVG.

``:::{figure} name`` shows one; ``content/<language>/figures/<name>.toml`` holds its ``caption``,
its text alternative ``alt`` and whatever words it draws.
"""
