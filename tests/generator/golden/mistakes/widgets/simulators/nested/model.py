"""A simulator whose name a page misspells."""
