"""Everything that concerns all pages at once: order, twins, links, works, words, numbers."""
