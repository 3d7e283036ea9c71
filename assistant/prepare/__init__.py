"""Prepare, in two minutes: what is open between the two, the one thing to settle, and how to begin."""
