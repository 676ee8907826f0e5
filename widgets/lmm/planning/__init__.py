"""Planning an experiment with two arms of clusters: its power, by formula and by simulation."""
