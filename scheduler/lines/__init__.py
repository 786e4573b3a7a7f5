"""Lines: all that one unit can lawfully do over the whole horizon, as the paths of a diagram."""
