"""How likely each standard deviation between mice is, and where the top of that hill lies."""
