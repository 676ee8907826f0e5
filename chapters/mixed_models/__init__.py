"""The chapter on mixed-effects models: its values, figures, data sets and scripts."""
