"""The small made-up data sets of the scenarios and of the drawn figures.

Each module draws one from a fixed seed, ``table() -> dict of columns``, by the very model that its
scenario names. ``python -m chapters.mixed_models.datasets`` writes those that readers can download
into ``content/data/``; a test compares the files with what is drawn here.
"""
