"""Timed work. Never part of a test's pass or fail."""
