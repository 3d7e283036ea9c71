"""Advice: a question is understood, answered from one card and at most one insert, and every claim is cited."""
