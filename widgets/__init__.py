"""What runs in both places: at build time in CPython and in the reader's browser.

This package imports numpy, the standard library and itself, nothing else.
"""
