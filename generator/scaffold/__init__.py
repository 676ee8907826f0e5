"""What ``build.py new`` writes: a page or a simulator that works, to be changed into one's own.

The files beside this one are what is written, with ``$name`` for the name and ``$folder`` for the
name with underscores.
"""
