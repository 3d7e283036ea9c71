"""The first page of somebody who comes back, and what a coach who was asked in may see of a pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from assistant.mirror.compare import Mirror
from assistant.pair.between import Between, PilotLine
from assistant.pair.coaching import SHARES, Invite, Share, Task
from assistant.pair.records import PairItem
from assistant.prepare.prepare import OpenPromise, open_promise
from assistant.prepare.settle import one_thing
from assistant.records import Person
from prompts import phrase

MOST_PROMISES = 5
_STORY_DAYS = 14
_MINUTES = {
    "promise": 1,
    "debrief": 2,
    "mirror": 1,
    "pilot": 2,
    "story": 2,
    "prepare": 2,
    "question": 1,
    "rehearsal": 8,
}


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
    tasks: tuple[Task, ...] = ()

    @property
    def minutes(self) -> int:
        """About how long all of it takes."""
        parts = ["promise"] * len(self.promises)
        parts += ["debrief" if self.meeting.over else "prepare"] if self.meeting else []
        parts += ["mirror"] if self.mirror in ("write", "differs") else []
        parts += ["pilot"] if self.pilot else []
        parts += [each.kind for each in self.tasks]
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
            "from_the_coach": [each.as_contract() for each in self.tasks],
            "meeting": None if self.meeting is None else {"id": self.meeting.id, "on": self.meeting.on.isoformat(), "over": self.meeting.over},
            "pilot": None if self.pilot is None else {"id": self.pilot.id, "state": self.pilot.state, "line": self.pilot.statement, "next": self.pilot.next},
            "no_progress_felt": self.felt.isoformat() if self.felt else None,
            "story": self.story,
            "mirror": self.mirror,
            "settle": self.settle,
            "first_step": self.first_step,
        }  # fmt: skip


def home(between: Between, mirror: Mirror | None, *, tasks: Sequence[Task] = ()) -> Home:
    """What waits for `between.me`; `tasks` are what a coach gave them."""
    waits = between.waiting
    pilot = next((each for each in between.pilots if each.state != "decided"), None)
    side = "vp" if between.me.role == "sales-vp" else "learning"
    known = bool(between.items or between.pilots or tasks)
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
        tasks=tuple(tasks),
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
    """A pair as its coach sees it: only what the two show. Counts are of promises that are shown.

    `sees` says what is shown as a whole, `people` are those of the two who sign in, `given` what the coach gave them.
    """

    pair_id: str
    names: tuple[str, str]
    people: tuple[Person, ...]
    sees: tuple[Share, ...]
    kept: int
    broken: int
    moved: int
    open: tuple[OpenPromise, ...]
    mirror: Mirror | None
    pilots: tuple[PilotLine, ...]
    shared: tuple[tuple[str, str, date], ...]
    stuck: tuple[str, ...]
    given: tuple[Task, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to see yet."""
        return not (
            self.kept or self.broken or self.moved or self.open or self.mirror or self.pilots or self.shared
        )

    @property
    def lines(self) -> tuple[str, ...]:
        """Every line from which something can be given: where it is stuck, what is open, the pilots, what was shared."""
        promises = (f"{each.who}: {each.what} ({each.when})" for each in self.open)
        shared = (phrase("home", f"shared-{kind}", words=words) for kind, words, _ in self.shared)
        return tuple(
            dict.fromkeys((*self.stuck, *promises, *(each.statement for each in self.pilots), *shared))
        )

    def as_contract(self) -> dict[str, Any]:
        """As `counterpart home --as coach --json` gives it."""
        return {
            "pair": self.pair_id,
            "names": list(self.names),
            "shown": list(self.sees),
            "promises": {
                "kept": self.kept, "not": self.broken, "moved": self.moved,
                "open": [
                    {"who": each.who, "what": each.what, "by": each.due.isoformat() if each.due else None, "overdue": each.late}
                    for each in self.open
                ],
            },
            "mirror": self.mirror.as_contract() if self.mirror else None,
            "pilots": [{"id": each.id, "state": each.state, "line": each.statement} for each in self.pilots],
            "shared": [{"kind": kind, "words": words, "on": on.isoformat()} for kind, words, on in self.shared],
            "stuck": list(self.stuck),
            "given": [each.as_contract() for each in self.given],
        }  # fmt: skip


def watched(
    between: Between, mirror: Mirror | None, shown: Sequence[Invite], given: Sequence[Task] = ()
) -> Watched:
    """What a coach may know of this pair, and where it seems stuck, each with what says so."""
    states = [each.item.state for each in between.items if each.item.kind == "promise"]
    rest = [each for each in reversed(between.items) if each.item.kind not in ("promise", "mirror")]
    found = {share for invite in shown for shares in invite.shares.values() for share in shares}
    sees = tuple(each for each in SHARES if each in found) if shown else SHARES
    two = between.pair.learning_executive, between.pair.sales_vp
    return Watched(
        between.pair.id,
        (between.named(two[0]), between.named(two[1])),
        people=tuple(each for each in two if not each.only_name),
        sees=sees,
        kept=states.count("happened"),
        broken=states.count("didnt"),
        moved=states.count("moved"),
        open=tuple(open_promise(each, between) for each in between.waiting),
        mirror=mirror,
        pilots=between.pilots,
        shared=tuple((each.item.kind, each.item.words, each.item.on) for each in rest[:12]),
        stuck=tuple(_stuck(between, mirror, sees)),
        given=tuple(given),
    )


def _stuck(between: Between, mirror: Mirror | None, sees: Sequence[Share]) -> list[str]:
    """What is not shown is never called missing."""
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
    elif between.items and "mirror" in sees:
        found.append(phrase("home", "stuck-mirror"))
    nothing_named = not (between.newest("outcome") or between.mirror or between.pilots)
    if between.items and nothing_named and "outcome" in sees:
        found.append(phrase("home", "stuck-outcome"))
    refused = between.of("refused", lately=True)
    if refused:
        found.append(phrase("home", "stuck-refused", what=refused[0].item.words.rstrip(".")))
    return found
