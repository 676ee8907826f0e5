"""Plan an experiment with clusters: its power, what more would buy, and the best for a budget."""
