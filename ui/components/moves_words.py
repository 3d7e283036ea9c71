"""What moves are called on a page, and the five kinds that their colours tell apart."""

MOVE_NAMES = {
    "open_question": "open question",
    "closed_question": "closed question",
    "reflection": "plays back",
    "outcome_talk": "outcome",
    "project_talk": "project",
    "persuading": "persuades",
    "solution_proposal": "solution",
    "approach": "approach",
    "small_start": "one group",
    "broad_rollout": "everyone",
    "field_story": "story",
    "commitment": "promise",
    "progress_report": "progress",
    "candour": "plain word",
    "order": "order",
    "order_taking": "takes an order",
    "other": "other",
}
KINDS = {
    "Asks, plays back": ("open_question", "closed_question", "reflection"),
    "Result and field": (
        "outcome_talk", "progress_report", "small_start", "approach", "field_story", "candour",
    ),
    "Project, order": ("project_talk", "solution_proposal", "broad_rollout", "order", "order_taking"),
    "Persuades": ("persuading",),
    "Promises": ("commitment",),
    "Other": ("other",),
}  # fmt: skip
COLOURS = {
    "Asks, plays back": "#5b87b5",
    "Result and field": "#3f8f7f",
    "Project, order": "#c08a3e",
    "Persuades": "#b5563c",
    "Promises": "#8470ad",
    "Other": "rgba(143, 140, 132, 0.45)",
}


def kind_of(moves: list[str]) -> str:
    """The kind that shows first: what argues and orders before what asks, what asks before the rest."""
    for kind in ("Persuades", "Project, order", "Promises", "Result and field", "Asks, plays back"):
        if set(KINDS[kind]) & set(moves):
            return kind
    return "Other"
