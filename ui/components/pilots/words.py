"""Words of the Pilots page."""

LEAD = "One small team, one outcome, and a plain answer whether it worked."
EMPTY = "No pilot yet. A line is enough to begin; the rest is asked, one question at a time."
STATES = {
    "brief": "Brief",
    "scope": "Scope",
    "running": "Running",
    "decide": "To decide",
    "decided": "Decided",
}
CHAPTERS = ("Brief", "Scope", "Check-ins", "Report", "Decision")
CHAPTER_OF = {
    "brief": "Brief",
    "scope": "Scope",
    "running": "Check-ins",
    "decide": "Decision",
    "decided": "Decision",
}
PRACTICE = "What stands here is seen by both of you. It is for finding out, never for judging anybody's work."
