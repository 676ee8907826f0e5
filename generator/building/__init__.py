"""A build: what has changed, what is made of it, what is written and what is removed."""
