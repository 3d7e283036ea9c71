"""Evaluation: cases, scorers, runner and report."""
