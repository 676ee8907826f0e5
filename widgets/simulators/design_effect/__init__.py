"""How many members a design with clusters needs, and where adding more stops helping."""
