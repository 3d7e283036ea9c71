"""Two-sided reading: how a VP of Sales hears a line and how learning hears it, whoever of the two says it."""
