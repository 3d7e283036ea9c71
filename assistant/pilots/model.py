"""A pilot: the brief, the scope both sign, what came of it week by week, and what was decided.

Every field may be empty: nobody asked yet, or, where its name stands in `unknown`, somebody asked and nobody knows.
Numbers are in the metric's unit: percent counts to 100, time is in days.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.pilots.amounts import Unit
from assistant.pilots.power import Kind

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Amount = Annotated[float, Field(allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Done = Literal["done", "partly", "not done"]
Side = Literal["sales-vp", "learning-executive", "coach"]
Which = Literal["pilot", "comparison"]
Choice = Literal["carry on", "change", "scale", "stop"]

UNKNOWN = "unknown"


class Part(BaseModel):
    """What all parts share: no field that is not known, nothing changed in place."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Outcome(Part):
    """What shall move, from where to where, by when. `cycle_days` is how long one round takes in this group."""

    what: Text | None = None
    metric: Name | None = None
    kind: Kind | None = None
    unit: Unit | None = None
    direction: Literal["up", "down"] | None = None
    baseline: Amount | None = None
    target: Amount | None = None
    by: date | None = None
    spread: Amount | None = None
    opportunities: Count | None = None
    cycle_days: Count | None = None
    money: str | None = Field(None, max_length=4)
    source: Text | None = None
    owner: Name | None = None


class Group(Part):
    """Who takes part: `size` is people; `why` them."""

    name: Name | None = None
    size: Count | None = None
    why: Text | None = None


class Behaviour(Part):
    """What sellers will do differently, and how somebody else could see it."""

    text: Text
    seen: Text | None = None


class Indicator(Part):
    """A number that is watched beside the outcome."""

    name: Name
    source: Text | None = None
    owner: Name | None = None


class Comparison(Part):
    """A group that goes on as before, or an honest `none` with its reason."""

    name: Name | None = None
    size: Count | None = None
    opportunities: Count | None = None
    why: Text | None = None
    none: Text | None = None


class Reinforcement(Part):
    """What a leader does so that it sticks, who, and how often."""

    what: Text
    owner: Name | None = None
    cadence: Text | None = None


class Activity(Part):
    """What learning does; the last thing to be written down."""

    what: Text
    minutes: Count | None = None


class Rules(Part):
    """Agreed before the start. The stop rule may carry numbers: no better than `stop_at` on `stop_on`."""

    go: Text | None = None
    conditional: Text | None = None
    stop: Text | None = None
    stop_on: date | None = None
    stop_at: Amount | None = None


class Approval(Part):
    """Who said yes, and on which day."""

    name: Name
    on: date


class Approvals(Part):
    """Both have to."""

    sponsor: Approval | None = None
    learning_owner: Approval | None = None


class Task(Part):
    """What still has to be found out, by whom, until when; `field` is the part of the pilot it will fill."""

    what: Text
    field: Name | None = None
    owner: Name | None = None
    due: date | None = None
    done: bool = False


class Numbers(Part):
    """What was counted since the last check-in, in one group: `successes` of `of`, single `values`, or a mean.

    `waiting` are times that have not come to an end yet. With `so_far` it is all since the start, and replaces what
    was counted before.
    """

    which: Which = "pilot"
    so_far: bool = False
    successes: Count | None = None
    of: Count | None = None
    values: tuple[Amount, ...] = Field((), max_length=100_000)
    waiting: tuple[Amount, ...] = Field((), max_length=100_000)
    mean: Amount | None = None
    n: Count | None = None
    sd: Amount | None = None


class CheckIn(Part):
    """One minute, once in a while. `due` is the checkpoint it belongs to."""

    id: Name
    on: date
    by: Name | None = None
    due: date | None = None
    numbers: tuple[Numbers, ...] = ()
    behaviours: dict[str, Done] = Field(default_factory=dict)
    reinforcement: dict[str, Done] = Field(default_factory=dict)
    story: Text | None = None
    story_is: Literal["success", "setback"] | None = None
    mood: Annotated[int, Field(ge=1, le=5)] | None = None
    in_the_way: Text | None = None
    helped: Text | None = None
    note: Text | None = None
    stop_rule_met: bool | None = None


class NoProgress(Part):
    """Somebody said "I feel no progress": on any day, without a number."""

    on: date
    by: Name
    words: Text | None = None


class Decision(Part):
    """What was decided. `next_group` for scaling: one group, not everyone. `learnt` stays, whatever was decided;
    `stories` are ids of what was kept of it for later answers.
    """

    choice: Choice
    on: date
    by: Name | None = None
    why: Text | None = None
    next_group: Name | None = None
    change: Text | None = None
    learnt: tuple[Text, ...] = ()
    stories: tuple[Name, ...] = ()


class Said(Part):
    """Who said what, in their words; `field` is the question or the part of the pilot it went into.

    `vague` words got a sharper question.
    """

    field: Name
    words: Text
    by: Name | None = None
    on: date | None = None
    vague: bool = False


class Pilot(Part):
    """One pilot, whole. `asked` are the questions that were sent to the VP last, in their order."""

    title: Name
    problem: Text | None = None
    why_now: Text | None = None
    payoff: Text | None = None
    outcome: Outcome = Outcome()
    group: Group = Group()
    sponsor: Name | None = None
    learning_owner: Name | None = None
    manager: Name | None = None
    decision_owner: Name | None = None
    start: date | None = None
    checkpoints: tuple[date, ...] = ()
    why_not_today: Text | None = None
    behaviours: tuple[Behaviour, ...] = ()
    stop_doing: Text | None = None
    other_causes: Text | None = None
    tried: Text | None = None
    constraints: Text | None = None
    hours_per_rep: Amount | None = None
    leading: tuple[Indicator, ...] = ()
    lagging: tuple[Indicator, ...] = ()
    comparison: Comparison | None = None
    reinforcement: tuple[Reinforcement, ...] = ()
    no_progress: Text | None = None
    hypothesis: Text | None = None
    rules: Rules = Rules()
    evidence: Text | None = None
    risks: tuple[Text, ...] = ()
    story_plan: Text | None = None
    activities: tuple[Activity, ...] = ()
    approvals: Approvals = Approvals()
    pattern: Name | None = None
    tasks: tuple[Task, ...] = ()
    unknown: tuple[Name, ...] = ()
    said: tuple[Said, ...] = ()
    asked: tuple[Name, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    felt_no_progress: tuple[NoProgress, ...] = ()
    decision: Decision | None = None
    decisions: tuple[Decision, ...] = ()
