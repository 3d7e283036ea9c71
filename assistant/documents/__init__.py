"""Documents that leave the house."""
