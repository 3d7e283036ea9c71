"""What an answer, a rehearsal, a draft check or a brief may use of a pair, and the words that say that it did.

Nothing here is remembered anywhere else: it is worked out of the items afresh each time, so that what is forgotten is in
no later answer. What a person says now always wins over what they said before.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.advice.answer import Answer, Remembered, Understood
from assistant.advice.facts import one_line, read_facts, read_tags
from assistant.pair.records import PairItem, PairRecord
from assistant.pair.speech import deed_of, owner_shown
from knowledge.cards import Card
from prompts import phrase

_ABOUT_OPEN = ("plan", "message")
"""Shapes of an answer in which an open promise is named: what is about to be said to the other."""
_LONGEST = 60
_MOST_IN_MIND = 4
_LEFT_OUT = ", so I leave that out"


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known, the newest of each kind first. `facts` are what may stand in for what was not said now."""

    facts: tuple[tuple[str, str, Remembered], ...] = ()
    tags: tuple[tuple[str, str, Remembered], ...] = ()
    promises: tuple[Remembered, ...] = ()

    def applied(self, understood: Understood) -> Understood:
        """The reading with what is known where nothing was said; each such part is named in `remembered`."""
        if understood.scope not in ("in", "half"):
            return understood
        known = understood.facts.known()
        new = {name: (value, source) for name, value, source in reversed(self.facts) if name not in known}
        tags = {
            kind: {tag: source for tag, each, source in self.tags if each == kind}
            for kind in ("tried", "unwanted")
        }
        fresh = {
            kind: {
                tag: source
                for tag, source in found.items()
                if tag not in (*understood.tried, *understood.unwanted)
            }
            for kind, found in tags.items()
        }
        remembered = [source.of((name,)) for name, (_, source) in new.items()]
        remembered += [
            source.of((f"{kind}:{tag}",)) for kind, found in fresh.items() for tag, source in found.items()
        ]
        return understood.model_copy(
            update={
                "facts": understood.facts.updated(
                    type(understood.facts)(**{name: value for name, (value, _) in new.items()})
                ),
                "tried": (*understood.tried, *fresh["tried"]),
                "unwanted": (*understood.unwanted, *fresh["unwanted"]),
                "remembered": tuple(remembered),
            }
        )

    def used(self, answer: Answer, cards: Collection[Card]) -> tuple[Remembered, ...]:
        """What an answer really drew on: words that stand in it, and what it left out because of it."""
        known, words = answer.understood.facts.known(), answer.answer.lower()
        if answer.pilot is not None:
            words += f" {answer.pilot.group} {answer.pilot.outcome}".lower()
        ruled = {
            tag
            for card in cards
            for section in card.sections
            for each in section.sentences
            for tag in each.not_if_tried
        }
        found: dict[str, Remembered] = {}
        for each in answer.understood.remembered:
            (field,) = each.fields
            kind, _, tag = field.partition(":")
            value = known.get(kind, "").lower()
            said_now = value and value in answer.question.lower()
            if (tag and tag in ruled) or (not tag and value and value in words and not said_now):
                found.setdefault(each.item, each)
        if answer.understood.shape in _ABOUT_OPEN and answer.citations and self.promises:
            found.setdefault(self.promises[0].item, self.promises[0])
        return tuple(found.values())

    def value(self, name: str) -> str | None:
        """What is known of one fact: group, metric, baseline, target, outcome."""
        return next((value for each, value, _ in self.facts if each == name), None)

    @property
    def in_mind(self) -> tuple[Remembered, ...]:
        """What one should have in mind before a meeting: what is wanted, what was refused, what is open."""
        refused = [source for _, kind, source in self.tags if kind == "unwanted"]
        found = {
            each.item: each
            for each in (*(source for _, _, source in self.facts), *refused, *self.promises[:2])
        }
        return tuple(found.values())[:_MOST_IN_MIND]

    def touched_by(self, text: str) -> tuple[Remembered, ...]:
        """What is known of the things a text proposes: they were tried before, or the answer to them was no."""
        tags = set(read_tags(text))
        found = {source.item: source for tag, _, source in self.tags if tag in tags}
        return tuple(found.values())


def memory_of(items: Sequence[PairItem], pair: PairRecord, person_id: str) -> Memory:
    """What these items let `person_id` remember; the newest of each kind wins."""
    newest = sorted(items, key=lambda kept: (kept.item.on, kept.created_at), reverse=True)
    facts: list[tuple[str, str, Remembered]] = []
    tags: list[tuple[str, str, Remembered]] = []
    promises: list[Remembered] = []
    for kept in newest:
        item, source = kept.item, _source(kept, pair, person_id)
        if item.kind in ("group", "outcome", "metric"):
            facts += [(name, value, source) for name, value in _facts(kept).items()]
        elif item.kind in ("tried", "refused"):
            kind = "tried" if item.kind == "tried" else "unwanted"
            tags += [(tag, kind, source) for tag in read_tags(f"{item.words} {item.went or ''}")]
        elif item.waits:
            promises.append(source)
    first: dict[str, tuple[str, str, Remembered]] = {}
    for each in facts:
        first.setdefault(each[0], each)
    return Memory(tuple(first.values()), tuple(tags), tuple(promises))


def said_line(remembered: Sequence[Remembered], *, fit: bool = True) -> str:
    """The sentence that says what is remembered, and from when; without `fit` it only reminds, and leaves nothing out."""
    told = [each.told if fit else each.told.removesuffix(_LEFT_OUT) for each in remembered]
    return phrase("pair", "remembered", items="; ".join(told))


def with_line(answer: Answer, remembered: Sequence[Remembered]) -> Answer:
    """The answer with that sentence, and with the items that a person may correct or forget."""
    if not remembered:
        return answer
    text = f"{answer.answer}\n\n{said_line(remembered)}"
    return answer.model_copy(update={"answer": text, "remembered": tuple(remembered)})


def _facts(kept: PairItem) -> dict[str, str]:
    words = one_line(kept.item.words) or ""
    if kept.item.kind == "group":
        return {"group": words if words.lower().startswith("the ") else f"the {words}"}
    read = read_facts(kept.item.words)
    found = {"group": read.group, "metric": read.metric, "baseline": read.baseline, "target": read.target}
    if kept.item.kind == "metric":
        found["metric"] = read.metric or words
    elif len(words) <= _LONGEST and "," not in words:
        found["outcome"] = words
    return {name: value for name, value in found.items() if value}


def _source(kept: PairItem, pair: PairRecord, person_id: str) -> Remembered:
    item = kept.item
    words = one_line(item.words) or ""
    day = f"{item.on.day} {item.on:%B}"
    values = {"words": words, "day": day}
    if item.kind == "promise":
        who = owner_shown(item, pair, person_id)
        name = {"You": "mine", "Both of you": "both"}.get(who, "theirs")
        extra = {"who": who} if name == "theirs" else {}
        told = phrase(
            "pair", f"remembered-promise-{name}", day=day, words=deed_of(kept, pair, person_id), **extra
        )
    else:
        told = phrase("pair", f"remembered-{item.kind}", **values) if item.kind in _TOLD else words
    return Remembered(item=kept.id, kind=item.kind, words=words, on=item.on, told=told)


_TOLD = ("group", "outcome", "metric", "tried", "refused")
