"""From a page and its view to the bytes of a file."""
