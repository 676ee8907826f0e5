"""One page at a time, knowing no other: from a file of Markdown to what it asks of the rest."""
