"""Rehearsal: a counterpart with a mood, a clock and a worry, to practise a conversation with before it counts."""
