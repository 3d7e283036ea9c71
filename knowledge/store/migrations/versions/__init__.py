"""Schema changes, oldest first; each one is applied whole or not at all."""
