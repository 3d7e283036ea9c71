"""Composing an answer from one spine card and at most one insert, in the shape that was asked for.

Every sentence of advice is a card's own and carries a marker; the frames around them are in `prompts/advice/` and
carry none.
"""

from collections.abc import Callable, Mapping, Sequence

from assistant.advice.answer import Pilot, Shape
from assistant.advice.choose import OBJECTION_FLOOR, VERDICT_FLOOR, Ranked, second_reading
from assistant.advice.draft import Draft
from assistant.advice.examples import excerpt, in_quotes, standing
from knowledge.cards import PARTS, Card, Role, Sentence
from prompts import phrase

WHY, DO, SAY, ASK, AVOID, PILOT = "Why it matters to them", "Do", "Say", "Ask", "Avoid", "Pilot"
_SHARES = {"open": 0.1, "explore": 0.47, "reflect": 0.27, "close": 0.16}
_WORD_BUDGET = 70
_METRIC_FLOOR = 0.45
"""Similarity of a question to a metric's own situations from which the metric is explained unasked."""
_LABEL_ROLES: tuple[Role, ...] = ("learning-executive", "sales-vp")

Layout = Callable[[Draft, Card, Sequence[Ranked]], None]


def say(name: str, /, **values: str) -> str:
    """One of the coach's own frames."""
    return phrase("advice", name, **values)


def compose(draft: Draft, ranked: Sequence[Ranked]) -> None:
    """Write the answer to a question that stands alone (or asks for something new) into `draft`."""
    spine = ranked[0].card
    other = second_reading(ranked, draft.understood)
    draft.second = other.card if other else None
    LAYOUTS.get(spine.kind, CARD_LAYOUTS)[draft.understood.shape](draft, spine, ranked)


def lead(draft: Draft, card: Card, ranked: Sequence[Ranked] = ()) -> str:
    """The card's decision, with its polarity in front where the question asks for one."""
    verdict = next((r.verdict for r in ranked if r.card is card), None)
    if (
        verdict
        and verdict[1] >= VERDICT_FLOOR
        and verdict[0].sentence is not None
        and draft.fits(verdict[0].sentence)
    ):
        entry, sentence = verdict[0], verdict[0].sentence
        words = draft.cite(card, sentence)
        polarity = entry.verdict or ""
        return words if polarity == "pick" or _says_it(words, polarity) else f"{say(polarity)} {words}"
    for heading in (DO, *(section.heading for section in card.sections)):
        if any(section.heading == heading for section in card.sections) and (
            chosen := draft.pick(card, heading, lead=True)
            or (heading == DO and draft.pick(card, heading))
            or []
        ):
            return draft.cite(card, chosen[0])
    return ""


def _says_it(words: str, polarity: str) -> bool:
    return polarity in {
        word.strip(",.:;“").lower() for word in words.split()[: 2 if polarity == "neither" else 1]
    }


def opening(draft: Draft, card: Card, ranked: Sequence[Ranked], *, reason: bool = True) -> str:
    """The lead with its reason; where the reading is unsure, the other reading's lead stands in the reason's place."""
    parts = [lead(draft, card, ranked)]
    if draft.second is not None and (leads := draft.pick(draft.second, DO, lead=True)):
        parts.append(say("or-rather", title=draft.second.title, text=draft.cite(draft.second, leads[0])))
    elif reason:
        parts += [draft.cite(card, s) for s in draft.pick(card, WHY)]
    return " ".join(filter(None, parts))


def _advice(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    draft.add(opening(draft, card, ranked))
    candidates = [
        (draft.near.of(card.id, s), s)
        for heading in (DO, SAY, ASK, AVOID)
        for s in draft.pick(card, heading, lead=False, spoken_to=heading in {SAY, ASK})
    ]
    best = [s for _, s in sorted(candidates, key=lambda pair: -pair[0])]
    aloud = next((s for s in best if s.section in {SAY, ASK}), None)
    plain = next((s for s in best if s.section in {DO, AVOID}), None)
    if plain:
        draft.add(draft.cite(card, plain))
    if aloud:
        draft.add(*spoken(draft, card, [aloud]))


def _words(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    draft.add(opening(draft, card, ranked, reason=False))
    chosen = _within_budget(_lines_to_say(draft, card))
    draft.add(*spoken(draft, card, chosen))
    if draft.understood.setting in {"ten-minutes", "hallway"}:
        draft.add(*(draft.cite(card, s) for s in draft.pick(card, AVOID)))


def _lines_to_say(draft: Draft, card: Card) -> list[Sentence]:
    setting = draft.understood.setting
    if setting == "hallway":
        return draft.pick(card, SAY, setting="hallway", spoken_to=True)
    if setting in {"ten-minutes", "thirty-minutes"}:
        by_part = [
            s for part in PARTS for s in draft.pick(card, SAY, part=part, setting=setting, spoken_to=True)
        ]
        if len(by_part) >= 2:
            return by_part[:3]
    return draft.pick(card, SAY, 2, setting=setting, spoken_to=True) or draft.pick(
        card, SAY, 2, spoken_to=True
    )


def _message(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    owner, mail = with_mail(draft, card, ranked)
    if mail is None:
        _words(draft, card, ranked)
        return
    draft.add(opening(draft, owner, ranked, reason=False))
    draft.add(say("message"), "", f"> {draft.cite(owner, mail)}")
    if missing := _facts_not_in(draft, draft.words(mail)):
        draft.add(say("message-facts", facts="; ".join(missing)))


def _facts_not_in(draft: Draft, message: str) -> list[str]:
    """What the user said that a message should name and this one does not."""
    facts = draft.understood.facts
    values = [
        f"from {facts.baseline}" if facts.baseline else None,
        f"to {facts.target}" if facts.target else None,
    ]
    wanted = [facts.outcome or facts.metric, facts.group, *values, facts.date, facts.symptom]
    named = [fact for fact in wanted if fact and fact.lower() not in message.lower()]
    return [
        fact for fact in named if not any(fact != other and fact.lower() in other.lower() for other in named)
    ]


def with_mail(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> tuple[Card, Sentence | None]:
    for candidate in (card, *(r.card for r in ranked[:5])):
        if candidate.kind == "card" and (
            mails := draft.pick(candidate, SAY, setting="email", spoken_to=True)
        ):
            return candidate, mails[0]
    return card, None


def _questions(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    draft.add(opening(draft, card, ranked, reason=False))
    asked = draft.pick(card, ASK, 3, spoken_to=True)
    draft.add(*spoken(draft, card, asked))


def _objection(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    owner, reply = card, next(iter(draft.pick(card, SAY, spoken_to=True)), None)
    own = [r.card.id for r in ranked[:3] if draft.understood.role in r.card.about.audience]
    for entry, score in draft.near.best("objection", cards=own):
        if entry.sentence is not None and score >= OBJECTION_FLOOR and draft.fits(entry.sentence):
            owner, reply = draft.book.cards[entry.card_id], entry.sentence
    draft.add(opening(draft, card, ranked, reason=False))
    if reply is not None:
        draft.add(*spoken(draft, owner, [reply]))
    draft.add(*(draft.cite(card, s) for s in draft.pick(card, WHY)))


def _plan(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    minutes = draft.understood.minutes or 30
    setting = "ten-minutes" if minutes <= 20 else "thirty-minutes"
    draft.add(opening(draft, card, ranked))
    parts = {part: chosen for part in PARTS if (chosen := _step(draft, card, part, setting))}
    scale = minutes / (sum(_SHARES[part] for part in parts) or 1.0)
    steps, clock = [], 0.0
    for part, chosen in parts.items():
        end = clock + _SHARES[part] * scale
        frame = say("minutes", start=str(round(clock)), end=str(round(end)))
        steps.append(f"- {frame} {draft.cite(card, chosen, spoken=chosen.section in {SAY, ASK})}")
        clock = end
    draft.add(*steps)


def _step(draft: Draft, card: Card, part: str, setting: str) -> Sentence | None:
    for heading in (SAY, ASK, DO):
        if chosen := draft.pick(card, heading, part=part, setting=setting, lead=False, spoken_to=True):
            return chosen[0]
    return None


def _why(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    reasons = draft.pick(card, WHY, 2)
    draft.add(" ".join(draft.cite(card, s) for s in reasons))
    draft.add(lead(draft, card, ranked))


def _yes_no(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    draft.add(opening(draft, card, ranked))
    draft.add(*spoken(draft, card, draft.pick(card, SAY, spoken_to=True)))


def _story(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    """A story that was logged is theirs to tell. Without one, an invented one shows what is meant, and the card helps on."""
    if tell_own(draft, card):
        draft.add(*spoken(draft, card, draft.pick(card, ASK, spoken_to=True)))
        return
    draft.add(say("no-story"))
    draft.add(opening(draft, card, ranked))
    draft.add(*spoken(draft, card, draft.pick(card, ASK, spoken_to=True)))
    example = draft.example(card)
    if example is not None:
        draft.add(say("invented-example"), "", draft.tell(example))


def tell_own(draft: Draft, card: Card) -> bool:
    """Tell a logged story that was asked for, with how far it can be trusted; False where none fits."""
    story = draft.own_story(card, True)
    if story is None:
        return False
    draft.add(
        f"{say('own-story-fits', title=in_quotes(story.title))} {standing(story)}", "", draft.tell(story)
    )
    return True


def offer_own(draft: Draft, card: Card) -> None:
    """A line or two of a logged story beside the advice, where one fits and none was told."""
    if any(citation.kind == "story" for citation in draft.citations):
        return
    story = draft.own_story(card, False)
    if story is not None:
        told = draft.tell(story, part=excerpt(story))
        draft.add(f"{say('own-story-beside', title=in_quotes(story.title))} {standing(story)}", "", told)


def _pilot(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    draft.add(lead(draft, card, ranked))
    pilot_lines(draft, card)
    if card.kind == "pilot":
        draft.add(*spoken(draft, card, draft.pick(card, SAY, spoken_to=True)))


def pilot_lines(draft: Draft, card: Card) -> None:
    """Group, outcome, cadence and stop rule; what people will do differently stays blank."""
    by_heading = _pilot_lines(card)
    rows = [
        f"- {say(f'pilot-{key}', text=_after_colon(draft.cite(card, by_heading[key])))}"
        for key in ("group", "outcome", "cadence", "stop")
        if key in by_heading
    ]
    draft.add(*rows, f"- {say('pilot-behaviours')}")


def _metric(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    opening = [lead(draft, card, ranked)]
    opening += [draft.cite(card, s) for s in draft.pick(card, "What it is")]
    draft.add(" ".join(filter(None, opening)))
    rows = [
        f"- {say(name, text=draft.cite(card, s))}"
        for name, heading in (("early-sign", "Leading indicators"), ("time-to-move", "Time to move"))
        for s in draft.pick(card, heading)
    ]
    draft.add(*rows)
    draft.add(*spoken(draft, card, draft.pick(card, ASK, spoken_to=True)))


def _metric_on_card(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    """A metric was asked for but an ordinary card fits best: its advice, with the nearest metric card as the insert."""
    insert = next((r.card for r in ranked if r.card.kind == "metric"), None)
    if insert is None or not _is_about(draft, insert):
        _advice(draft, card, ranked)
        return
    draft.add(lead(draft, card, ranked))
    _metric(draft, insert, ranked)


def _is_about(draft: Draft, metric: Card) -> bool:
    """Whether the metric was named, or is near enough to what was asked to be worth defining."""
    named = (draft.understood.facts.metric or "").replace(" ", "-")
    return named == metric.id or draft.near.mean_top(metric.id, "situation", "title") >= _METRIC_FLOOR


def spoken(draft: Draft, card: Card, sentences: Sequence[Sentence]) -> list[str]:
    """Lines to be said aloud, as a quotation; several are numbered. Who is meant is named where it isn't the counterpart."""
    if not sentences:
        return []
    label = _label(draft, card, sentences[0])
    lines = [draft.cite(card, s, spoken=True) for s in sentences]
    numbered = [f"{number}. {line}" for number, line in enumerate(lines, start=1)]
    quoted = numbered if len(lines) > 1 else [f"> {lines[0]}"]
    return [label, "", *quoted] if label else quoted


def _label(draft: Draft, card: Card, sentence: Sentence) -> str:
    if sentence.to:
        return say(f"to-{sentence.to}")
    role = draft.understood.role
    if role not in card.about.audience:
        other = next((r for r in _LABEL_ROLES if r in card.about.audience), None)
        return say(f"words-for-{other}") if other else ""
    return ""


def _within_budget(sentences: Sequence[Sentence]) -> list[Sentence]:
    kept: list[Sentence] = []
    total = 0
    for sentence in sentences:
        total += len(sentence.text.split())
        if kept and total > _WORD_BUDGET:
            break
        kept.append(sentence)
    return kept


def _pilot_lines(card: Card) -> dict[str, Sentence]:
    """group, outcome, cadence, stop: the lines of a pilot, wherever the card's kind keeps them."""
    names = {"Group": "group", "Outcome": "outcome", "Cadence": "cadence", "Stop rule": "stop"}
    if card.kind == "pilot":
        return {key: card.section(heading).sentences[0] for heading, key in names.items()}
    if card.kind != "card":
        return {}
    found = {}
    for sentence in card.section(PILOT).sentences:
        name, _, _ = sentence.raw.partition(":")
        if name in names:
            found[names[name]] = sentence
    return found


def suggest_pilot(draft: Draft, card: Card) -> Pilot | None:
    """The scope to propose, filled from what the user said; None where the card has none."""
    lines = {key: _after_colon(draft.words(sentence)) for key, sentence in _pilot_lines(card).items()}
    if len(lines) < 4:
        return None
    return Pilot(
        group=lines["group"],
        outcome=lines["outcome"],
        cadence=lines["cadence"],
        stop_rule=lines["stop"],
        card_id=card.id,
    )


def _after_colon(line: str) -> str:
    name, colon, rest = line.partition(": ")
    return rest if colon and len(name.split()) <= 2 else line


CARD_LAYOUTS: Mapping[Shape, Layout] = {
    "advice": _advice, "words": _words, "message": _message, "questions": _questions, "objection": _objection, "plan": _plan,
    "yes-no": _yes_no, "either-or": _yes_no, "pilot": _pilot, "metric": _metric_on_card, "story": _story, "why": _why,
}  # fmt: skip
_METRIC_LAYOUTS: Mapping[Shape, Layout] = dict.fromkeys(CARD_LAYOUTS, _metric)
_PILOT_LAYOUTS: Mapping[Shape, Layout] = dict.fromkeys(CARD_LAYOUTS, _pilot)
LAYOUTS: Mapping[str, Mapping[Shape, Layout]] = {
    "card": CARD_LAYOUTS,
    "metric": _METRIC_LAYOUTS,
    "pilot": _PILOT_LAYOUTS,
}
