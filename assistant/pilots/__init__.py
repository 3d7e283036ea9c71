"""Pilots: one small group, one outcome, and a plain answer whether it worked. Nothing in here reads or writes files."""
