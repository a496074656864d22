"""How a row is painted: one function for each kind of row."""
