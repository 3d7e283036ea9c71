"""What one of the two writes to the other: "I feel no progress", the candid message about the numbers, the agenda."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.errors import InputRefusedError
from assistant.pilots.days import show_date
from assistant.pilots.measures import Measures
from assistant.pilots.model import NoProgress, Pilot, Side
from assistant.pilots.reading import LOW_APPLICATION, Reading, read_pilot_numbers, value_shown
from assistant.pilots.report import ask, short
from assistant.pilots.scope import metric_name
from assistant.pilots.state import slots
from assistant.pilots.told import amount, tell
from prompts import phrase


def felt(pilot: Pilot, *, by: str, on: date, words: str | None = None) -> Pilot:
    """The pilot with "I feel no progress" kept: on any day, without a number; once a day and person."""
    kept = tuple(each for each in pilot.felt_no_progress if (each.on, each.by) != (on, by))
    said = NoProgress(on=on, by=by, words=words.strip() or None if words else None)
    return pilot.model_copy(update={"felt_no_progress": (*kept, said)})


def felt_message(pilot: Pilot, side: Side, *, measures: Measures, words: str | None = None) -> str:
    """Step one, to be edited: says the feeling, asks what the other sees, and for one thing to change."""
    feeling = say("felt-words", words=words.strip().rstrip(".") + ".") if words and words.strip() else ""
    return _tidy(say(f"felt-{_from(side)}", name=_other(pilot, side), outcome=metric_name(pilot, measures),
                     group=pilot.group.name or "this group", feeling=feeling))  # fmt: skip


def candid_message(pilot: Pilot, side: Side, *, measures: Measures, today: date) -> str:
    """What the reading calls for, to be edited; where the stop rule is met, that one moves on (step two)."""
    reading = read_pilot_numbers(pilot, measures=measures, today=today)
    name, who = _other(pilot, side), _from(side)
    standing = _standing(pilot, reading, measures)
    if reading.stop_rule_met:
        rule = (pilot.rules.stop or say("rule-unwritten")).rstrip(".")
        rule = rule[:1].lower() + rule[1:]
        if who == "learning":
            return _tidy(say("moving-on-learning", name=name, rule=rule, standing=standing))
        return _tidy(
            say("moving-on-vp", name=name, rule=rule, standing=standing, outcome=metric_name(pilot, measures))
        )
    about = {"no progress": "no-progress", "too early to say": "too-early"}.get(reading.verdict, "progress")
    return _tidy(say(f"{about}-{who}", name=name, standing=standing, doing=_doing(reading)))


@dataclass(frozen=True, slots=True)
class Item:
    """One stretch of a meeting: from and to are minutes."""

    start: int
    end: int
    title: str
    lines: tuple[str, ...]


def agenda(pilot: Pilot, side: Side, *, measures: Measures, today: date, minutes: int = 30) -> list[Item]:
    """The meeting in five stretches, from the last check-in. Raises `InputRefusedError` under 10 or over 120 minutes."""
    if not 10 <= minutes <= 120:
        raise InputRefusedError(f"{minutes} minutes are no meeting", next_step="Give 10 to 120")
    reading = read_pilot_numbers(pilot, measures=measures, today=today)
    told = tell(pilot, reading, measures=measures)
    parts: tuple[tuple[str, float, tuple[str, ...]], ...] = (
        ("open", 0.1, (_opening(pilot, side),)),
        ("numbers", 0.3, (told.headline, *told.application[:1], *told.why[:1])),
        ("story", 0.5, (_story(pilot),)),
        ("think", 0.83, (_thinking(reading), *told.change[:1])),
        ("close", 1.0, (ask(pilot, reading, today=today), _next(pilot, today))),
    )
    found, start = [], 0
    for name, until, lines in parts:
        end = max(start + 1, round(until * minutes))
        found.append(Item(start, end, say(name), lines))
        start = end
    return found


def agenda_markdown(pilot: Pilot, items: list[Item]) -> str:
    """The agenda to print or to paste."""
    from assistant.pilots.report import plain

    head = f"# {say('agenda', minutes=str(items[-1].end), title=plain(pilot.title))}"
    rows = [
        f"**{item.start}–{item.end}  {item.title}**\n" + "\n".join(f"- {plain(line)}" for line in item.lines)
        for item in items
    ]
    return "\n\n".join([head, *rows]) + "\n"


def say(name: str, /, **values: str) -> str:
    """A phrase of the messages."""
    return phrase("pilots/messages", name, **values)


def _from(side: Side) -> Literal["vp", "learning"]:
    return "vp" if side == "sales-vp" else "learning"


def _other(pilot: Pilot, side: Side) -> str:
    """The name of whoever it is written to; their role where nobody gave a name."""
    name = pilot.learning_owner if side == "sales-vp" else pilot.sponsor
    return name.split()[0] if name else "Hello"


def _standing(pilot: Pilot, reading: Reading, measures: Measures) -> str:
    value = value_shown(pilot, reading.tally)
    metric = metric_name(pilot, measures)
    if value is None or pilot.outcome.baseline is None or reading.tally is None:
        return say("standing-unknown", metric=metric)
    return say("standing", metric=metric[:1].upper() + metric[1:], group=pilot.group.name or "the group",
               value=amount(pilot, value), base=amount(pilot, pilot.outcome.baseline), n=f"{reading.tally.n:,}")  # fmt: skip


def _doing(reading: Reading) -> str:
    done = reading.application
    return say("doing-unknown" if done is None else "doing-low" if done < LOW_APPLICATION else "doing-high")


def _opening(pilot: Pilot, side: Side) -> str:
    last = max((each.on for each in pilot.check_ins), default=None)
    fresh = [each for each in pilot.felt_no_progress if last is None or each.on >= last]
    if fresh and side != "sales-vp":
        return say("open-felt")
    return say(f"open-{_from(side)}")


def _story(pilot: Pilot) -> str:
    newest = sorted((each for each in pilot.check_ins if each.story), key=lambda each: each.on)
    return say("story-tell", story=short(newest[-1].story or "", 300)) if newest else say("story-ask")


def _thinking(reading: Reading) -> str:
    name = {"no progress": "no-progress", "too early to say": "too-early"}.get(reading.verdict, "progress")
    return say(f"think-{name}")


def _next(pilot: Pilot, today: date) -> str:
    ahead = next((slot.due for slot in slots(pilot, today=today) if slot.due > today), None)
    return (
        say("close-next", day=show_date(ahead)) if ahead and pilot.decision is None else say("close-undated")
    )


def _tidy(text: str) -> str:
    """Without lines and spaces that an empty value left behind."""
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
