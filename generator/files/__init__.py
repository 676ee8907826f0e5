"""What is read, kept and written: the two ends of a build."""
