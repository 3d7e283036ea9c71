"""The report: what a VP would forward. Built once as plain parts; Markdown here, Word, PDF and slides in documents/."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from assistant.pilots.days import show_date
from assistant.pilots.measures import Measures
from assistant.pilots.model import CheckIn, Pilot
from assistant.pilots.reading import Applied, Reading, read_pilot_numbers, value_shown
from assistant.pilots.scope import statement
from assistant.pilots.state import slots
from assistant.pilots.tallies import shown
from assistant.pilots.told import Told, amount, share, tell
from prompts import phrase

_OPEN_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with sentences, or with rows of two or more cells; the first row may be a head."""

    title: str
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    head: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Promised:
    """What one of the two said they would do, as somebody else reads it, and how that stands."""

    who: str
    what: str
    state: Literal["happened", "didnt", "open"]
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a report says. `page` is the one page for the executive team, `more` what the longer one adds."""

    title: str
    statement: str
    verdict: str
    headline: str
    why: tuple[str, ...]
    ask: str
    note: str
    page: tuple[Section, ...]
    more: tuple[Section, ...]
    pilot: Pilot = field(repr=False)
    reading: Reading = field(repr=False)


def report(pilot: Pilot, *, measures: Measures, today: date, promised: Sequence[Promised] = ()) -> Report:
    """The report on `today`; `promised` is what the two said they would do, as far as it may be told to others."""
    reading = read_pilot_numbers(pilot, measures=measures, today=today)
    told = tell(pilot, reading, measures=measures)
    return Report(
        title=pilot.title,
        statement=statement(pilot, measures),
        verdict=reading.verdict,
        headline=told.headline,
        why=told.why,
        ask=ask(pilot, reading, today=today),
        note=say("made", day=show_date(today)),
        page=tuple(_page(pilot, reading, told, today, promised)),
        more=tuple(_more(pilot, reading, told, promised)),
        pilot=pilot,
        reading=reading,
    )


def ask(pilot: Pilot, reading: Reading, *, today: date) -> str:
    """The decision that the verdict leads to; what was decided, where it was."""
    decided = pilot.decision
    if decided is not None:
        who = decided.by or pilot.decision_owner or pilot.sponsor or "both"
        parts = [say("decision", choice=decided.choice.capitalize(), day=show_date(decided.on), who=who), decided.why,
                 say("next-group", group=decided.next_group) if decided.next_group else None]  # fmt: skip
        return " ".join(part for part in parts if part)
    over = pilot.outcome.by is not None and today > pilot.outcome.by
    name = reading.verdict.removesuffix(" to say").replace(" ", "-")
    by = show_date(pilot.outcome.by) if pilot.outcome.by else say("ask-undated")
    running = f"ask-{name}-running"
    wanted = {"by": by} if not over and name != "no-progress" else {}
    text = say(f"ask-{name}-over" if over else running, **wanted)
    owner = pilot.decision_owner or pilot.sponsor
    return f"{text} {say('owner', who=owner)}" if owner else text


def say(name: str, /, **values: str) -> str:
    """A phrase of the report."""
    return phrase("pilots/report", name, **values)


def report_markdown(found: Report, *, longer: bool, image: str | None = None) -> str:
    """The report as Markdown; words of people are escaped, so that they stay words."""
    parts = [
        f"# {plain(found.title)}",
        f"*{plain(found.statement)}*",
        f"**{plain(found.headline)}**",
        plain(" ".join(found.why)),
    ]
    if image:
        parts.append(f"![{plain(found.headline)}]({image})")
    for section in (*found.page, *(found.more if longer else ())):
        parts.append(f"## {section.title}")
        parts += [_table(section)] if section.rows else []
        if section.lines:
            dash = "- " if len(section.lines) > 1 else ""
            parts.append("\n".join(f"{dash}{plain(line)}" for line in section.lines))
    return "\n\n".join([part for part in parts if part] + [f"*{plain(found.note)}*"]) + "\n"


def plain(text: str) -> str:
    """Text as Markdown that shows just that text, on one line."""
    flat = " ".join(text.split())
    return "".join(f"\\{each}" if each in "\\`*_[]<>#|!~&" else each for each in flat)


def _table(section: Section) -> str:
    head = section.head or ("",) * len(section.rows[0])
    rows = [head, ("---",) * len(head), *([plain(cell) for cell in row] for row in section.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _page(
    pilot: Pilot, reading: Reading, told: Told, today: date, promised: Sequence[Promised]
) -> Iterator[Section]:
    yield Section(say("changed"), tuple(_changed(pilot, reading, today)))
    yield Section(say("sellers"), told.application or (say("nothing-done"),))
    good, bad = _story(pilot, "success"), _story(pilot, "setback")
    yield Section(say("worked"), (good or say("no-good-story"),))
    yield Section(say("failed"), (bad or say("no-bad-story"),))
    if promised:
        yield Section(say("promised"), tuple(_promised(promised, today)))
    if told.cannot:
        yield Section(say("cannot"), told.cannot[:2])
    yield Section(say("decided" if pilot.decision else "ask"), (ask(pilot, reading, today=today),))


def _promised(promised: Sequence[Promised], today: date) -> Iterator[str]:
    """How many, and the open ones that are pressing: what is late comes first."""
    states = [each.state for each in promised]
    kept, broken, waiting = (str(states.count(state)) for state in ("happened", "didnt", "open"))
    yield say("promised-count", kept=kept, broken=broken, open=waiting)
    waits = sorted((each for each in promised if each.state == "open"), key=lambda each: each.due or date.max)
    for each in waits[:_OPEN_SHOWN]:
        late = each.due is not None and each.due < today
        name = "promised-late" if late else "promised-open" if each.due else "promised-undated"
        day = {"day": show_date(each.due)} if each.due else {}
        yield say(name, who=each.who, what=each.what, **day)


def _changed(pilot: Pilot, reading: Reading, today: date) -> Iterator[str]:
    points = reading.points
    if len(points) == 1:
        yield say("first", n=f"{points[0].n:,}")
    elif points:
        before, now = points[-2], points[-1]
        yield say("more", n=f"{now.n - before.n:,}", total=f"{now.n:,}",
                  before=amount(pilot, before.value), now=amount(pilot, now.value))  # fmt: skip
    else:
        yield say("same") if pilot.check_ins else say("unplanned")
    for state in ("missing", "late"):
        days = [show_date(slot.due) for slot in slots(pilot, today=today) if slot.state == state]
        if days and pilot.decision is None:
            yield say("missed" if state == "missing" else "late", days=", ".join(days))
    felt = pilot.felt_no_progress[-1] if pilot.felt_no_progress else None
    if felt is not None:
        day = show_date(felt.on)
        yield (say("felt", who=felt.by, day=day, words=felt.words) if felt.words
               else say("felt-bare", who=felt.by, day=day))  # fmt: skip


def _story(pilot: Pilot, kind: str) -> str | None:
    return next(
        (each.story for each in _newest(pilot) if each.story and (each.story_is or "success") == kind), None
    )


def _newest(pilot: Pilot) -> list[CheckIn]:
    return sorted(pilot.check_ins, key=lambda each: each.on, reverse=True)


def _more(pilot: Pilot, reading: Reading, told: Told, promised: Sequence[Promised]) -> Iterator[Section]:
    yield from _section("why", [pilot.problem, pilot.why_now, pilot.payoff])
    yield Section(say("scope"), rows=tuple(_scope(pilot)))
    if reading.behaviours or reading.reinforcement:
        applied = [*reading.behaviours, *reading.reinforcement]
        yield Section(say("one-by-one"), rows=tuple((each.what, _how_often(each)) for each in applied))
    yield from _section("way", [each.in_the_way for each in _newest(pilot)])
    yield from _section("helped", [each.helped for each in _newest(pilot)])
    if pilot.check_ins:
        yield Section(say("check-ins"), rows=tuple(_check_ins(pilot, reading)),
                      head=("Day", "Counted", "So far", "Story or note"))  # fmt: skip
    if promised:
        rows = tuple((each.who, each.what, say(f"promised-{each.state}-word")) for each in promised)
        yield Section(say("promised"), rows=rows)
    yield from _section("rules", [_rule("Go", pilot.rules.go), _rule("With conditions", pilot.rules.conditional),
                                  _rule("Stop", pilot.rules.stop)])  # fmt: skip
    yield from _section("computed", told.cannot[2:])
    yield from _section("learnt", pilot.decision.learnt if pilot.decision else ())
    yield from _section(
        "open",
        [f"{t.what} ({t.owner or 'nobody yet'}, {show_date(t.due)})" for t in pilot.tasks if not t.done],
    )


def _section(name: str, lines: Sequence[str | None]) -> Iterator[Section]:
    kept = tuple(line for line in lines if line)
    if kept:
        yield Section(say(name), kept)


def _rule(name: str, text: str | None) -> str | None:
    return f"{name}: {text}" if text else None


def _scope(pilot: Pilot) -> Iterator[tuple[str, str]]:
    group, other = pilot.group, pilot.comparison
    size = say("group", group=group.name or "the group", size=str(group.size)) if group.size else group.name
    beside = None
    if other is not None:
        beside = (
            say("none", why=other.none)
            if other.none
            else say("beside", name=other.name or "", why=other.why or "…")
        )
    pairs = (
        ("Group", size), ("Why them", group.why), ("Sponsor", pilot.sponsor), ("Learning owner", pilot.learning_owner),
        ("Manager", pilot.manager), ("Dates", _dates(pilot)),
        ("Behaviours", "; ".join(each.text for each in pilot.behaviours) or None),
        ("Comparison group", beside), ("Source of the numbers", pilot.outcome.source),
        ("Time per seller", f"{pilot.hours_per_rep:g} hours" if pilot.hours_per_rep else None),
    )  # fmt: skip
    for name, value in pairs:
        if value:
            yield name, value


def _dates(pilot: Pilot) -> str | None:
    if pilot.start is None and pilot.outcome.by is None:
        return None
    start = show_date(pilot.start) if pilot.start else "…"
    return f"{start} to {show_date(pilot.outcome.by) if pilot.outcome.by else '…'}"


def _how_often(applied: Applied) -> str:
    if not applied.asked:
        return say("table-nothing")
    return say("table-done", share=share(applied.share), count=str(applied.asked))


def _check_ins(pilot: Pilot, reading: Reading) -> Iterator[tuple[str, str, str, str]]:
    so_far = {
        point.check_in: amount(pilot, point.value) for point in reading.points if point.value is not None
    }
    for each in sorted(pilot.check_ins, key=lambda c: (c.on, c.id)):
        counted = ", ".join(shown(n for n in each.numbers if n.which == "pilot"))
        words = each.story or each.note or each.in_the_way or each.helped or ""
        yield show_date(each.on), short(counted, 60), so_far.get(each.id, ""), short(words, 240)


def short(text: str, most: int) -> str:
    """The text, cut at a word where it is longer."""
    if len(text) <= most:
        return text
    return f"{text[: most - 1].rsplit(' ', 1)[0]}…"


__all__ = [
    "Promised",
    "Report",
    "Section",
    "ask",
    "plain",
    "report",
    "report_markdown",
    "short",
    "value_shown",
]
