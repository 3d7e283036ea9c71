"""The decision: carry on, change, scale, stop; what was learnt stays, whichever it was."""

from datetime import date

from assistant.errors import InputRefusedError
from assistant.pilots.checks_people import is_everyone
from assistant.pilots.model import Choice, Decision, Pilot

CHOICES: tuple[Choice, ...] = ("carry on", "change", "scale", "stop")


def choice_of(text: str) -> Choice:
    """One of the four. Raises `InputRefusedError`."""
    plain = " ".join(text.lower().replace("-", " ").replace("_", " ").split())
    for each in CHOICES:
        if each == plain:
            return each
    raise InputRefusedError(f"There is no decision “{text[:40]}”", next_step=f"Choose {', '.join(CHOICES)}")


def decide(
    pilot: Pilot,
    choice: Choice,
    *,
    on: date,
    by: str | None = None,
    why: str | None = None,
    next_group: str | None = None,
    change: str | None = None,
    learnt: tuple[str, ...] = (),
    until: date | None = None,
) -> Pilot:
    """The pilot with its decision; carrying on or changing keeps it open, with a new end where one is given.

    Raises `InputRefusedError` for scaling without one next group (everyone is no group), for a change that is not
    named, and for stopping without a line on what was learnt.
    """
    kept = tuple(line.strip() for line in learnt if line.strip())
    _refuse(choice, next_group=next_group, change=change, learnt=kept)
    if until is not None and until <= on:
        raise InputRefusedError(
            "The new end has passed", kept="Nothing was changed", next_step="Choose a later day"
        )
    made = Decision(
        choice=choice, on=on, by=_text(by), why=_text(why), next_group=_text(next_group) if choice == "scale" else None,
        change=_text(change) if choice == "change" else None, learnt=kept,
    )  # fmt: skip
    if choice in {"scale", "stop"}:
        return pilot.model_copy(update={"decision": made})
    outcome = pilot.outcome.model_copy(update={"by": until}) if until else pilot.outcome
    return pilot.model_copy(
        update={"decision": None, "outcome": outcome, "decisions": (*pilot.decisions, made)}
    )


def reopened(pilot: Pilot) -> Pilot:
    """The pilot as it was before it was stopped or scaled; that decision stays among the earlier ones."""
    if pilot.decision is None:
        raise InputRefusedError("Nothing is decided yet", kept="Nothing was changed")
    return pilot.model_copy(update={"decision": None, "decisions": (*pilot.decisions, pilot.decision)})


def next_pilot(pilot: Pilot, group: str) -> Pilot:
    """A pilot for the next group: what was agreed comes along; dates, numbers and yeses are asked anew."""
    return Pilot(
        title=f"{pilot.title}: {group}"[:200], problem=pilot.problem, payoff=pilot.payoff,
        outcome=pilot.outcome.model_copy(update={"baseline": None, "by": None, "opportunities": None}),
        group=pilot.group.model_copy(update={"name": group, "size": None, "why": None}), sponsor=pilot.sponsor,
        learning_owner=pilot.learning_owner, decision_owner=pilot.decision_owner, behaviours=pilot.behaviours,
        stop_doing=pilot.stop_doing,
        reinforcement=tuple(each.model_copy(update={"owner": None}) for each in pilot.reinforcement),
        leading=pilot.leading, hypothesis=pilot.hypothesis, activities=pilot.activities, pattern=pilot.pattern,
        tried=_tried(pilot),
    )  # fmt: skip


def note(pilot: Pilot) -> str:
    """What a finished pilot says about its pattern, in a line: "Tried with 8 people in healthcare: …"."""
    decided = pilot.decision
    who = (
        f"{pilot.group.size} people in {pilot.group.name}"
        if pilot.group.size and pilot.group.name
        else pilot.group.name or "one group"
    )
    learnt = "; ".join(line.rstrip(".") for line in decided.learnt) if decided else ""
    what = f"it was decided to {decided.choice}" if decided else "not decided yet"
    return f"Tried with {who}: {learnt}. In the end {what}." if learnt else f"Tried with {who}: {what}."


def _tried(pilot: Pilot) -> str | None:
    return note(pilot) if pilot.decision else pilot.tried


def _refuse(choice: Choice, *, next_group: str | None, change: str | None, learnt: tuple[str, ...]) -> None:
    group = _text(next_group)
    checks = (
        (choice == "scale" and group is None, "Scaling needs the next group", "Name one team that asked for it"),
        (choice == "scale" and group is not None and is_everyone(group), "Everyone is no next group",
         "Name one team; everyone can come after it"),
        (choice == "change" and _text(change) is None, "It is not said what changes", "Name one thing"),
        (choice == "stop" and not learnt, "Nothing is kept of what was learnt",
         "Write one line, so that the next team has it"),
    )  # fmt: skip
    for refused, what, next_step in checks:
        if refused:
            raise InputRefusedError(what, kept="Nothing was decided", next_step=next_step)


def _text(text: str | None) -> str | None:
    return text.strip() or None if text else None
