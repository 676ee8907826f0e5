"""What the generator offers to authors of figures, computed values and simulators."""
