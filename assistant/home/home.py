"""The first page of somebody who comes back, and what a coach who was asked in may see of a pair."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from assistant.mirror.compare import Mirror
from assistant.pair.between import Between, PilotLine
from assistant.pair.records import PairItem
from assistant.prepare.prepare import OpenPromise, open_promise
from assistant.prepare.settle import one_thing
from prompts import phrase

MOST_PROMISES = 5
_STORY_DAYS = 14
_MINUTES = {"promise": 1, "debrief": 2, "mirror": 1, "pilot": 2, "story": 2, "prepare": 2}


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting with a day: one to come, or one that nobody has told of yet."""

    id: str
    on: date
    over: bool


@dataclass(frozen=True, slots=True)
class Home:
    """What waits. `first_step` is set for a newcomer alone, who has nothing else here."""

    name: str
    role: str
    other: str
    promises: tuple[OpenPromise, ...]
    more: int
    meeting: Meeting | None
    pilot: PilotLine | None
    felt: date | None
    story: str | None
    mirror: Literal["write", "waiting", "differs", "same"] | None
    mirror_line: str | None
    settle: str
    first_step: str | None

    @property
    def minutes(self) -> int:
        """About how long all of it takes."""
        parts = ["promise"] * len(self.promises)
        parts += ["debrief" if self.meeting.over else "prepare"] if self.meeting else []
        parts += ["mirror"] if self.mirror in ("write", "differs") else []
        parts += ["pilot"] if self.pilot else []
        return sum(_MINUTES[each] for each in [*parts, *(["story"] if self.story else [])])

    @property
    def waits(self) -> bool:
        """Whether anything does."""
        return self.first_step is None

    def as_contract(self) -> dict[str, Any]:
        """As `counterpart home --json` gives it."""
        return {
            "person": self.name,
            "role": self.role,
            "with": self.other,
            "minutes": self.minutes,
            "promises": [
                {
                    "id": each.id, "who": each.who, "what": each.what, "by": each.due.isoformat() if each.due else None,
                    "overdue": each.late, "say": each.say,
                }
                for each in self.promises
            ],
            "more_promises": self.more,
            "meeting": None if self.meeting is None else {"id": self.meeting.id, "on": self.meeting.on.isoformat(), "over": self.meeting.over},
            "pilot": None if self.pilot is None else {"id": self.pilot.id, "state": self.pilot.state, "line": self.pilot.statement, "next": self.pilot.next},
            "no_progress_felt": self.felt.isoformat() if self.felt else None,
            "story": self.story,
            "mirror": self.mirror,
            "settle": self.settle,
            "first_step": self.first_step,
        }  # fmt: skip


def home(between: Between, mirror: Mirror | None) -> Home:
    """What waits for `between.me`."""
    waits = between.waiting
    pilot = next((each for each in between.pilots if each.state != "decided"), None)
    side = "vp" if between.me.role == "sales-vp" else "learning"
    known = bool(between.items or between.pilots)
    state, line = _mirror(between, mirror)
    return Home(
        name=between.called(between.me) if between.me.role != "coach" else between.me.name,
        role=between.me.role,
        other=between.called(between.other),
        promises=tuple(open_promise(each, between) for each in waits[:MOST_PROMISES]),
        more=max(0, len(waits) - MOST_PROMISES),
        meeting=_meeting(between),
        pilot=pilot,
        felt=between.no_progress,
        story=_story(between, side) if known else None,
        mirror=state if known else None,
        mirror_line=line,
        settle=one_thing(between, mirror).text("thing", side),
        first_step=None if known else phrase("home", f"first-{side}"),
    )


def planned(between: Between) -> PairItem | None:
    """The next meeting that has a day."""
    ahead = [each for each in between.of("meeting") if each.item.on >= between.today]
    return min(ahead, key=lambda each: each.item.on, default=None)


def _meeting(between: Between) -> Meeting | None:
    """One whose day has passed and of which nothing was told goes before the next one."""
    over = [
        each
        for each in between.of("meeting", lately=True)
        if each.item.on < between.today and each.item.words == phrase("home", "planned")
    ]
    if over and not _told_since(between, over[0]):
        return Meeting(over[0].id, over[0].item.on, over=True)
    ahead = planned(between)
    return None if ahead is None else Meeting(ahead.id, ahead.item.on, over=False)


def _told_since(between: Between, meeting: PairItem) -> bool:
    return any(
        each.item.on >= meeting.item.on
        and each.id != meeting.id
        and each.item.source.kind in ("debrief", "reply")
        for each in between.items
    )


def _story(between: Between, side: str) -> str | None:
    """A story is asked for where none was told lately."""
    newest = between.newest("story")
    if newest is not None and (between.today - newest.item.on).days <= _STORY_DAYS:
        return None
    return phrase("home", f"story-{side}", other=between.called(between.other))


def _mirror(
    between: Between, mirror: Mirror | None
) -> tuple[Literal["write", "waiting", "differs", "same"], str | None]:
    if mirror is not None:
        differs = mirror.to_settle
        return ("differs", differs.text) if differs else ("same", phrase("mirror", "nothing-differs"))
    if between.me.role in between.mirror:
        return "waiting", phrase("mirror", "waiting", name=between.called(between.other))
    return "write", None


@dataclass(frozen=True, slots=True)
class Watched:
    """A pair as its coach sees it: only what the two shared. Counts are of promises that were shared."""

    pair_id: str
    names: tuple[str, str]
    kept: int
    broken: int
    moved: int
    open: tuple[OpenPromise, ...]
    mirror: Mirror | None
    shared: tuple[tuple[str, str, date], ...]
    stuck: tuple[str, ...]


def watched(between: Between, mirror: Mirror | None) -> Watched:
    """What a coach may know of this pair, and where it seems stuck, each with what says so."""
    promises = [each for each in between.items if each.item.kind == "promise"]
    states = [each.item.state for each in promises]
    shown = [each for each in reversed(between.items) if each.item.kind not in ("promise", "mirror")]
    return Watched(
        between.pair.id,
        (between.called(between.pair.learning_executive), between.called(between.pair.sales_vp)),
        kept=states.count("happened"),
        broken=states.count("didnt"),
        moved=states.count("moved"),
        open=tuple(open_promise(each, between) for each in between.waiting),
        mirror=mirror,
        shared=tuple((each.item.kind, each.item.words, each.item.on) for each in shown[:12]),
        stuck=tuple(_stuck(between, mirror)),
    )


def _stuck(between: Between, mirror: Mirror | None) -> list[str]:
    found = []
    late = [each for each in between.waiting if each.standing == "overdue"]
    if len(late) == 1:
        found.append(phrase("home", "stuck-late-one"))
    elif late:
        found.append(phrase("home", "stuck-late", count=str(len(late))))
    if between.no_progress:
        found.append(phrase("home", "stuck-felt"))
    if mirror is not None:
        found += [each.text for each in mirror.differences if each.kind == "differs"][:2]
    elif between.items:
        found.append(phrase("home", "stuck-mirror"))
    if between.items and not (between.newest("outcome") or between.mirror or between.pilots):
        found.append(phrase("home", "stuck-outcome"))
    refused = between.of("refused", lately=True)
    if refused:
        found.append(phrase("home", "stuck-refused", what=refused[0].item.words.rstrip(".")))
    return found
