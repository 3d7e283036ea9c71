"""Other words that people use for the fields of a pilot file."""

from collections.abc import Mapping

ALIASES: Mapping[str, str] = {
    "name": "title", "wish": "title",
    "business_problem": "problem", "why": "why_now",
    "metric": "outcome.metric", "measure": "outcome.metric", "kpi": "outcome.metric",
    "baseline": "outcome.baseline", "from": "outcome.baseline",
    "target": "outcome.target", "to": "outcome.target", "goal": "outcome.target",
    "by": "outcome.by", "by_when": "outcome.by", "deadline": "outcome.by", "due": "outcome.by", "end": "outcome.by",
    "end_date": "outcome.by", "target_date": "outcome.by", "date": "outcome.by",
    "unit": "outcome.unit", "direction": "outcome.direction", "opportunities": "outcome.opportunities",
    "n": "outcome.opportunities", "spread": "outcome.spread", "sd": "outcome.spread",
    "sales_cycle": "outcome.cycle_days", "cycle_days": "outcome.cycle_days", "sales_cycle_days": "outcome.cycle_days",
    "team": "group", "group_size": "group.size", "size": "group.size",
    "team_size": "group.size", "why_them": "group.why",
    "vp": "sponsor", "sales_vp": "sponsor", "learning": "learning_owner", "learning_executive": "learning_owner",
    "owner": "learning_owner", "front_line_manager": "manager", "frontline_manager": "manager",
    "begin": "start", "start_date": "start", "starts": "start",
    "check_points": "checkpoints", "checkpoint": "checkpoints",
    "behaviors": "behaviours", "critical_behaviours": "behaviours", "critical_behaviors": "behaviours",
    "behaviour": "behaviours", "behavior": "behaviours", "stop_doing": "stop_doing",
    "causes": "other_causes", "already_tried": "tried",
    "leading_indicators": "leading", "indicators": "leading", "lagging_indicators": "lagging",
    "also_measured": "lagging", "other_metrics": "lagging",
    "comparison_group": "comparison", "control": "comparison", "control_group": "comparison",
    "time_per_rep": "hours_per_rep", "time_cost": "hours_per_rep", "hours": "hours_per_rep",
    "stop_rule": "rules.stop", "stop": "rules.stop", "go_rule": "rules.go", "go": "rules.go",
    "conditional_rule": "rules.conditional", "least_evidence": "evidence",
    "activity": "activities", "checkins": "check_ins", "stories": "story_plan",
}  # fmt: skip

INSIDE: Mapping[str, Mapping[str, str]] = {
    "outcome": {
        "name": "metric", "measure": "metric", "kpi": "metric", "statement": "what", "from": "baseline",
        "to": "target", "goal": "target", "by_when": "by", "deadline": "by", "date": "by", "end": "by",
        "due": "by", "n": "opportunities", "sd": "spread", "sales_cycle": "cycle_days", "sales_cycle_days": "cycle_days",
        "currency": "money",
    },
    "group": {"team": "name", "who": "name", "people": "size", "reps": "size", "n": "size", "why_them": "why"},
    "comparison": {"team": "name", "group": "name", "n": "opportunities", "reason": "why"},
    "rules": {"stop_rule": "stop", "go_rule": "go"},
}  # fmt: skip
