"""What to know and how to begin, before one sees the other: drawn from what is kept between the two, nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.errors import InputRefusedError
from assistant.mirror.compare import Mirror
from assistant.pair.between import Between
from assistant.pair.manager import in_between
from assistant.pair.promises import Waiting
from assistant.pair.speech import owner_shown, read_by, spoken, what_to_say
from assistant.pilots.days import show_date
from assistant.prepare.settle import Settle, one_thing
from assistant.review.findings import Cited, cited
from knowledge.cards import Card
from prompts import phrase

MINUTES = (10, 30, 60)
_PARTS = ("promises", "result", "settle", "story", "close")
_UNTIL: Mapping[int, tuple[int, ...]] = {
    10: (2, 4, 7, 9, 10),
    30: (3, 9, 20, 26, 30),
    60: (5, 18, 42, 53, 60),
}
_MOST = 4


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """One promise that waits, as `me` reads it, and what to say about it where something should be said."""

    id: str
    who: str
    what: str
    due: date | None
    due_words: str | None
    late: bool
    mine: bool
    say: str | None

    @property
    def when(self) -> str:
        """By which day, for people."""
        return show_date(self.due) if self.due else self.due_words or phrase("prepare", "no-day")


@dataclass(frozen=True, slots=True)
class ToTell:
    """The story to tell, or to ask for; `words` are the story's own, empty where it is asked for."""

    mode: str
    line: str
    words: str


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One of five stretches of the meeting, in minutes."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Preparation:
    """Everything on one page."""

    name: str
    minutes: int
    today: date
    open: tuple[OpenPromise, ...]
    settle: str
    why: Cited | None
    opening: str
    story: ToTell
    leave: tuple[str, ...]
    leave_card: Cited | None
    agenda: tuple[AgendaLine, ...]
    manager: tuple[str, ...]
    told: int

    @property
    def title(self) -> str:
        """The page's heading."""
        return phrase("prepare", "title", name=self.name, minutes=str(self.minutes))

    def as_contract(self) -> dict[str, Any]:
        """As `counterpart prepare --json` gives it."""
        return {
            "with": self.name,
            "minutes": self.minutes,
            "open": [
                {
                    "id": each.id, "who": each.who, "what": each.what, "by": each.due.isoformat() if each.due else None,
                    "by_words": each.due_words, "overdue": each.late, "say": each.say,
                }
                for each in self.open
            ],
            "settle": self.settle,
            "card": _card(self.why),
            "opening": self.opening,
            "story": {"mode": self.story.mode, "line": self.story.line, "words": self.story.words},
            "not_to_do": list(self.leave),
            "avoid_card": _card(self.leave_card),
            "agenda": [{"from": each.start, "to": each.end, "text": each.text} for each in self.agenda],
            "manager": list(self.manager),
            "items_used": self.told,
        }  # fmt: skip

    def sections(self) -> list[tuple[str, list[str]]]:
        """Headed lines, for the terminal and for paper."""
        opened = [
            phrase("prepare", "open-line", who=each.who, what=each.what, when=each.when)
            + (f" {phrase('prepare', 'say', words=each.say)}" if each.say else "")
            for each in self.open
        ]
        story = [self.story.line, *([f"“{self.story.words}”"] if self.story.words else [])]
        agenda = [f"{each.start}–{each.end}  {each.text}" for each in self.agenda]
        return [
            (phrase("prepare", "head-open"), opened or [phrase("prepare", "nothing-open")]),
            (phrase("prepare", "head-settle"), [self.settle]),
            (phrase("prepare", "head-opening"), [self.opening]),
            (phrase("prepare", "head-story"), story),
            (phrase("prepare", "head-leave"), list(self.leave)),
            (phrase("prepare", "head-manager"), list(self.manager)),
            (phrase("prepare", "head-agenda"), agenda),
        ]


def prepare(
    between: Between,
    *,
    minutes: int,
    mirror: Mirror | None,
    cards: Mapping[str, Card],
    stories: Sequence[str] = (),
) -> Preparation:
    """`stories` are told ones that fit the result, best first. Raises `InputRefusedError` for another length."""
    if minutes not in MINUTES:
        raise InputRefusedError(
            f"{minutes} minutes are not prepared for", next_step="Give 10, 30 or 60: the one that is nearest"
        )
    name = between.called(between.other)
    settle = one_thing(between, mirror)
    side = {"sales-vp": "vp", "coach": "coach"}.get(between.me.role, "learning")
    waits = [open_promise(each, between) for each in between.waiting[:_MOST]]
    leave = _leave(between, settle, cards)
    story = _story(between, stories, side)
    return Preparation(
        name=name, minutes=minutes, today=between.today, open=tuple(waits),
        settle=settle.text("thing", side), why=cited(settle.cards, between.me.role, cards),
        opening=_opening(between, settle, side), story=story, leave=tuple(leave[0]), leave_card=leave[1],
        agenda=_agenda(between, settle, story, minutes, side), manager=tuple(_manager(between)),
        told=len(between.items),
    )  # fmt: skip


def open_promise(waits: Waiting, between: Between) -> OpenPromise:
    """A promise that waits, as `between.me` reads it."""
    kept, me = waits.kept, between.me.id
    return OpenPromise(
        kept.id,
        owner_shown(kept.item, between.pair, me),
        read_by(kept, between.pair, me),
        kept.item.due,
        kept.item.due_words,
        waits.standing == "overdue",
        waits.mine,
        what_to_say(kept, between.pair, me, today=between.today),
    )


def _opening(between: Between, settle: Settle, side: str) -> str:
    """One's own broken promise is owned first; then the one thing."""
    mine = [each for each in between.waiting if each.standing == "overdue" and each.mine and not each.theirs]
    begin = settle.text("open", side)
    if not mine or between.coaching:
        return begin
    owned = phrase("prepare", "own-late", what=spoken(mine[0].kept, between.pair, between.me.id).rstrip("."))
    return f"{owned} {begin}"


def _story(between: Between, stories: Sequence[str], side: str) -> ToTell:
    """The VP tells one, learning plays one back or asks for one."""
    kept = between.newest("story")
    theirs = kept is not None and (kept.item.who == between.other.role or kept.owner_id == between.other.id)
    if side == "vp":
        words = kept.item.words if kept and not theirs else stories[0] if stories else ""
        return ToTell(
            "tell" if words else "find", phrase("prepare", "story-tell" if words else "story-find"), words
        )
    if kept is not None:
        return ToTell(
            "play back" if theirs else "tell",
            phrase("prepare", "story-back" if theirs else "story-tell"),
            kept.item.words,
        )
    if stories:
        return ToTell("tell", phrase("prepare", "story-tell"), stories[0])
    where = between.group or phrase("prepare", "one-team")
    return ToTell("ask", phrase("prepare", "story-ask", group=where), "")


def _manager(between: Between) -> list[str]:
    """The third one: a note, or what they said to it; their two minutes. Nothing where nobody named them."""
    found = in_between(between)
    if found is None:
        return []
    if not found.views:
        return [phrase("prepare", "manager-note", note=" ".join(found.note.split())), found.ask, found.slot]
    said = phrase("pair", "manager-said", manager=found.name, words=found.views[0].item.words)
    return [said, found.slot]


def _leave(between: Between, settle: Settle, cards: Mapping[str, Card]) -> tuple[list[str], Cited | None]:
    """What was tried or refused, in its words, and what the card says to avoid."""
    lines = [
        phrase("prepare", "leave-refused", what=_bare(each.item.words), day=show_date(each.item.on))
        for each in between.of("refused")[:2]
    ]
    lines += [
        phrase(
            "prepare",
            "leave-tried",
            what=_bare(each.item.words),
            went=_went(each.item.went),
            day=show_date(each.item.on),
        )
        for each in between.of("tried")[:2]
    ]
    learning, vp = settle.cards
    card = cards.get(vp if between.me.role == "sales-vp" else learning)
    avoid = [each for each in card.sentences() if each.section == "Avoid"] if card else []
    if card is None or not avoid:
        return lines, None
    return [*lines, avoid[0].text], Cited(card.id, card.title, avoid[0].text)


def _bare(words: str) -> str:
    return words.rstrip(". ")


def _went(words: str | None) -> str:
    return f" ({words.rstrip('.')})" if words else ""


def _agenda(
    between: Between, settle: Settle, story: ToTell, minutes: int, side: str
) -> tuple[AgendaLine, ...]:
    promises = "agenda-promises" if between.waiting else "agenda-hello"
    texts = {
        "promises": phrase("prepare", promises, count=str(len(between.waiting)))
        if between.waiting
        else phrase("prepare", promises),
        "result": phrase("prepare", f"agenda-result-{side}"),
        "settle": settle.text("thing", side),
        "story": phrase("prepare", "agenda-story-tell" if story.words else "agenda-story-ask"),
        "close": phrase("prepare", "agenda-close"),
    }
    starts = (0, *_UNTIL[minutes][:-1])
    return tuple(
        AgendaLine(start, end, texts[part])
        for part, start, end in zip(_PARTS, starts, _UNTIL[minutes], strict=True)
    )


def _card(source: Cited | None) -> dict[str, str] | None:
    return (
        None if source is None else {"card_id": source.card_id, "title": source.title, "quote": source.quote}
    )
