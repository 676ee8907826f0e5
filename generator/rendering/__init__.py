"""From a page and its context to the bytes of a file."""
