"""Readers who judge the same images: what a model forgets when it forgets the images."""
