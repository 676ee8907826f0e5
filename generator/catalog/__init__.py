"""What concerns all pages at once: order, translations, links, references, words, numbers."""
