"""The brief as an interview: one question at a time, each answer kept in its own words, unknown allowed.

A vague answer gets one sharper question; after that it is kept as it was said. What learning does waits until the
outcome and the group are named. A missing baseline or target becomes a task with an owner and a date.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.errors import InputRefusedError
from assistant.pilots.amounts import UnclearNumberError, read_all, read_count, read_number
from assistant.pilots.checks import Looked
from assistant.pilots.checks import say as check_say
from assistant.pilots.checks_outcome import is_activity
from assistant.pilots.checks_people import is_everyone, is_vague
from assistant.pilots.days import UnclearDateError, find_date, read_date, show_date
from assistant.pilots.edit import Changes, edited
from assistant.pilots.measures import Measures
from assistant.pilots.model import Pilot, Said, Side
from assistant.pilots.scope import metric_name
from assistant.pilots.sentences import AMOUNT, read_sentence
from prompts import phrase

UNKNOWN = re.compile(
    r"^\W*(?:unknown|not known|no idea|not sure|(?:i )?(?:don'?t|do not) know(?: yet)?|dunno|\?+|n/?a|tbd|"
    r"not asked(?: yet)?|no clue|can'?t say|pass)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `field` is the part of the pilot that says it was answered, `needs` what must be named before."""

    id: str
    field: str
    needs: tuple[str, ...] = ()


QUESTIONS: tuple[Question, ...] = (
    Question("outcome", "outcome.metric"), Question("group", "group.name"),
    Question("baseline", "outcome.baseline"), Question("target", "outcome.target"), Question("by", "outcome.by"),
    Question("problem", "problem"),
    Question("why-now", "why_now"), Question("payoff", "payoff"), Question("size", "group.size"),
    Question("opportunities", "outcome.opportunities"), Question("manager", "manager"),
    Question("behaviours", "behaviours"), Question("why-not-today", "why_not_today"),
    Question("stop-doing", "stop_doing"), Question("tried", "tried"), Question("other-causes", "other_causes"),
    Question("constraints", "constraints"), Question("reinforcement", "reinforcement"),
    Question("no-progress", "no_progress"), Question("decision-owner", "decision_owner"), Question("start", "start"),
    Question("activities", "activities", ("outcome", "group.name")),
)  # fmt: skip
SHORT = ("outcome", "group", "by")
_BY_ID: Mapping[str, Question] = {each.id: each for each in QUESTIONS}


@dataclass(frozen=True, slots=True)
class Step:
    """What came of an answer: the pilot, what to say about it, and the sharper question where one is due."""

    pilot: Pilot
    note: str
    sharper: str | None = None


@dataclass(frozen=True, slots=True)
class Interview:
    """The interview of one pilot on one day, answered by one side."""

    measures: Measures
    today: date
    side: Side
    by: str | None = None

    def next(self, pilot: Pilot, *, after: str | None = None) -> Question | None:
        """The next question that is open; after the one that was skipped, if given. None at the end."""
        open_ones = self.open(pilot)
        if after is None:
            return open_ones[0] if open_ones else None
        place = [each.id for each in QUESTIONS].index(after)
        later = [each for each in open_ones if [q.id for q in QUESTIONS].index(each.id) > place]
        return later[0] if later else None

    def open(self, pilot: Pilot) -> list[Question]:
        """Every question that nobody has answered yet, in order."""
        return [
            each
            for each in QUESTIONS
            if not answered(pilot, each) and all(_filled(pilot, n) for n in each.needs)
        ]

    def text(self, pilot: Pilot, question: Question) -> str:
        """The question in words; the sharper one where the first answer was vague."""
        pending = self.sharper(pilot, question)
        if pending:
            return pending
        name = question.id
        if name == "behaviours" and self.side != "sales-vp":
            return say("behaviours-learning", sponsor=pilot.sponsor or "the VP")
        values = {
            "baseline": {"metric": metric_name(pilot, self.measures)},
            "size": {"group": pilot.group.name or "the group"},
            "opportunities": {"group": pilot.group.name or "the group", "unit": _chances(pilot)},
        }.get(name, {})
        return say(name, **values)

    def sharper(self, pilot: Pilot, question: Question) -> str | None:
        """The sharper question that a vague answer left open; None where none is."""
        said = _said(pilot, question)
        return self._vague(pilot, question, said[0].words) if pending(said) else None

    def answer(self, pilot: Pilot, question_id: str, text: str) -> Step:
        """The pilot with this answer. Raises `InputRefusedError` for a question there is not, or an empty answer."""
        question = _BY_ID.get(question_id)
        words = text.strip()
        if question is None:
            raise InputRefusedError(
                f"There is no question “{question_id[:40]}”", next_step=f"Use one of {', '.join(_BY_ID)}"
            )
        if not words:
            raise InputRefusedError(
                "Nothing was said", kept="Nothing was changed", next_step="Answer, or say unknown"
            )
        if UNKNOWN.match(words):
            return self._not_known(pilot, question, words)
        sharper = None if _said(pilot, question) else self._vague(pilot, question, words)
        kept = _with_words(pilot, question, words, self, vague=sharper is not None)
        if sharper is not None:
            return self._first_part(kept, question, words, sharper)
        try:
            changes = self._changes(kept, question, words)
        except (UnclearNumberError, UnclearDateError) as error:
            return Step(pilot, "", say("sharper-number", reason=error.message))
        return Step(_settled(edited(kept, changes), changes), say("kept"))

    def _first_part(self, pilot: Pilot, question: Question, words: str, sharper: str) -> Step:
        """What a vague answer says all the same: an activity is kept aside, a metric is kept."""
        if question.id != "outcome":
            return Step(pilot, "", sharper)
        if is_activity(words):
            return Step(edited(pilot, {"activities+": {"what": words[:4_000]}}), say("kept-aside"), sharper)
        return Step(edited(pilot, _outcome(self, pilot, words)), "", sharper)

    def _changes(self, pilot: Pilot, question: Question, words: str) -> Changes:
        reader = _READERS.get(question.id)
        return reader(self, pilot, words) if reader else {question.field: words}

    def _not_known(self, pilot: Pilot, question: Question, words: str) -> Step:
        kept = _with_words(pilot, question, words, self)
        if _filled(pilot, question.field):
            return Step(kept, say("kept-as-is"))
        unknown = (*[each for each in kept.unknown if each != question.field], question.field)
        kept = kept.model_copy(update={"unknown": unknown})
        looked = Looked(kept, self.measures, self.today)
        what = _task(looked, question)
        if what is None or looked.tasked(question.field):
            return Step(kept, say("kept-unknown"))
        owner = looked.sponsor if question.id in {"target", "group", "size"} else looked.owner
        made = edited(kept, looked.task(what, question.field, owner))
        made = made.model_copy(update={"unknown": unknown})
        return Step(made, say("kept-task", what=what, owner=owner, due=show_date(looked.due)))

    def _vague(self, pilot: Pilot, question: Question, words: str) -> str | None:
        judge = _JUDGES.get(question.id)
        return judge(self, pilot, words) if judge else None


def answered(pilot: Pilot, question: Question) -> bool:
    """Whether it was answered, unknown included; an outcome may also stand in words of the company's own."""
    if pending(_said(pilot, question)):
        return False
    if question.id == "outcome" and pilot.outcome.what:
        return True
    if question.id == "opportunities" and pilot.outcome.kind == "time":
        return True  # each person is one
    if question.id == "activities" and pilot.activities:
        return True
    return _filled(pilot, question.field) or question.field in pilot.unknown


def say(name: str, /, **values: str) -> str:
    """A phrase of the brief."""
    return phrase("pilots/brief", name, **values)


def _filled(pilot: Pilot, field: str) -> bool:
    if field == "outcome":
        return bool(pilot.outcome.metric or pilot.outcome.what)
    value: Any = pilot
    for part in field.split("."):
        value = getattr(value, part)
    return value not in (None, (), "")


def _said(pilot: Pilot, question: Question) -> list[Said]:
    return [each for each in pilot.said if each.field == question.id]


def pending(said: Sequence[Said]) -> bool:
    """Whether the one answer so far was vague, so that the sharper question is open."""
    return len(said) == 1 and said[0].vague


def _with_words(
    pilot: Pilot, question: Question, words: str, interview: Interview, *, vague: bool = False
) -> Pilot:
    said = Said(field=question.id, words=words[:4_000], by=interview.by, on=interview.today, vague=vague)
    return pilot.model_copy(update={"said": (*pilot.said, said)})


def _settled(pilot: Pilot, changes: Changes) -> Pilot:
    """The tasks that were to find these fields out are done."""
    tasks = [
        each.model_copy(update={"done": True}) if each.field in changes else each for each in pilot.tasks
    ]
    return pilot.model_copy(update={"tasks": tuple(tasks)})


def _chances(pilot: Pilot) -> str:
    kind = pilot.outcome.kind
    return "people who go through it" if kind == "time" else "deals or meetings that could go well or badly"


def _task(looked: Looked, question: Question) -> str | None:
    group = looked.pilot.group.name or "the group"
    texts: dict[str, Callable[[], str]] = {
        "outcome": lambda: check_say("task.no-outcome"),
        "baseline": lambda: check_say("task.no-baseline", metric=looked.metric, group=group),
        "target": lambda: check_say("task.no-target"),
        "group": lambda: check_say("task.no-group"),
        "size": lambda: check_say("task.people"),
        "opportunities": lambda: check_say("task.no-opportunities"),
        "manager": lambda: check_say("task.no-manager"),
        "behaviours": lambda: check_say("task.no-outcome"),
    }
    return texts[question.id]() if question.id in texts else None


# --- what an answer fills


def _outcome(interview: Interview, pilot: Pilot, words: str) -> Changes:
    found = read_sentence(
        words, measures=interview.measures, today=interview.today, metric=pilot.outcome.metric
    )
    first = next((each.words for each in pilot.said if each.field == "outcome"), words)
    earlier = (
        read_sentence(first, measures=interview.measures, today=interview.today) if first != words else None
    )
    changes = {**(earlier.changes if earlier else {}), **found.changes}
    if is_everyone(str(changes.get("group.name") or "")):
        changes.pop("group.name")
    changes = {
        name: value for name, value in changes.items() if not (name == "group.name" and pilot.group.name)
    }
    if "outcome.metric" not in changes and pilot.outcome.metric is None:
        changes["outcome.what"] = words
    elif pilot.outcome.what:
        changes["outcome.what"] = None
    return changes


def _amount(field: str) -> Callable[[Interview, Pilot, str], Changes]:
    def read(_: Interview, pilot: Pilot, words: str) -> Changes:
        found = AMOUNT.findall(words)
        text = found[0].strip() if len(found) == 1 else words
        changes: dict[str, Any] = {
            f"outcome.{field}": read_all({field: text}, unit=pilot.outcome.unit)[field]
        }
        money = read_number(text).money
        if money and pilot.outcome.unit == "currency":
            changes["outcome.money"] = money
        return changes

    return read


def _day(field: str) -> Callable[[Interview, Pilot, str], Changes]:
    def read(interview: Interview, _: Pilot, words: str) -> Changes:
        return {field: find_date(words, today=interview.today) or read_date(words, today=interview.today)}

    return read


def _count(field: str) -> Callable[[Interview, Pilot, str], Changes]:
    def read(_: Interview, __: Pilot, words: str) -> Changes:
        number = re.search(r"-?\d[\d,.'’]*\s?k?\b", words)
        return {field: read_count(number.group(0).strip() if number else words, "The count")}

    return read


def _lines(field: str, key: str) -> Callable[[Interview, Pilot, str], Changes]:
    def read(_: Interview, __: Pilot, words: str) -> Changes:
        parts = [re.sub(r"^\W*(?:\d+[.)]\s*)?", "", each).strip() for each in re.split(r"[\n;]+", words)]
        return {field: [{key: each} for each in parts if each]}

    return read


def _group(_: Interview, pilot: Pilot, words: str) -> Changes:
    if is_everyone(words) and not pilot.group.name:
        return {"group.name": words}
    size = re.search(
        r"\b(\d{1,3})\s+(?:people|reps?|sellers?|aes?|sdrs?|hires?|of them)\b", words, re.IGNORECASE
    )
    why = re.search(r"\b(?:because|since|as)\s+(.{4,})$", words, re.IGNORECASE | re.DOTALL)
    manager = re.search(
        r"\b(?:manager is|managed by|under|led by)\s+([A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)?)", words
    )
    name = re.split(r"[,;(]|\s(?:because|since|as|managed|under|led|their manager)\b", words)[0]
    name = re.sub(r"^(?:the|our|my)\s+", "", name.strip(" ."), flags=re.IGNORECASE)
    changes: dict[str, Any] = {"group.name": name[:200] or words[:200]}
    changes |= {"group.size": int(size[1])} if size and pilot.group.size is None else {}
    changes |= {"group.why": why[1].strip(" .")} if why else {}
    return changes | ({"manager": manager[1]} if manager and not pilot.manager else {})


def _no_progress(interview: Interview, pilot: Pilot, words: str) -> Changes:
    """The words are the stop rule too; a day in them is the day on which it counts."""
    day = find_date(words, today=interview.today)
    changes: dict[str, Any] = {"no_progress": words}
    if pilot.rules.stop is None:
        changes["rules.stop"] = words
    if day is not None:
        changes["rules.stop_on"] = day
        if pilot.outcome.baseline is not None and pilot.rules.stop_at is None:
            changes["rules.stop_at"] = pilot.outcome.baseline
    return changes


_READERS: Mapping[str, Callable[[Interview, Pilot, str], Changes]] = {
    "outcome": _outcome, "baseline": _amount("baseline"), "target": _amount("target"), "by": _day("outcome.by"),
    "start": _day("start"), "size": _count("group.size"), "opportunities": _count("outcome.opportunities"),
    "behaviours": _lines("behaviours", "text"), "reinforcement": _lines("reinforcement", "what"),
    "activities": _lines("activities", "what"), "group": _group, "no-progress": _no_progress,
}  # fmt: skip


# --- what makes an answer vague


def _outcome_vague(interview: Interview, pilot: Pilot, words: str) -> str | None:
    if is_activity(words):
        return say("sharper-activity", text=words[:80])
    try:
        found = read_sentence(
            words, measures=interview.measures, today=interview.today, metric=pilot.outcome.metric
        )
    except UnclearNumberError:
        return None
    figures = {"outcome.baseline", "outcome.target"} & found.changes.keys()
    if figures or (len(words.split()) > 14 and found.measure):
        return None
    if found.measure is None:
        return None if len(words.split()) > 14 else say("sharper-outcome-open")
    title = found.measure.title
    return say("sharper-outcome", metric=title[:1].upper() + title[1:].lower())


def _short(name: str, least: int) -> Callable[[Interview, Pilot, str], str | None]:
    return lambda _, __, words: say(f"sharper-{name}") if len(words.split()) < least else None


def _group_vague(_: Interview, __: Pilot, words: str) -> str | None:
    return say("sharper-group") if is_everyone(words) else None


def _behaviours_vague(_: Interview, __: Pilot, words: str) -> str | None:
    vague = next((each.strip() for each in re.split(r"[\n;]+", words) if is_vague(each)), None)
    return say("sharper-behaviours", text=vague[:80]) if vague else None


def _reinforcement_vague(_: Interview, __: Pilot, words: str) -> str | None:
    often = re.search(
        r"\b(?:every|each|weekly|daily|monthly|once|twice|monday|tuesday|wednesday|thursday|friday|fortnight)",
        words,
        re.I,
    )
    return None if often and len(words.split()) > 3 else say("sharper-reinforcement")


def _no_progress_vague(interview: Interview, _: Pilot, words: str) -> str | None:
    dated = find_date(words, today=interview.today) or re.search(
        r"\b(?:after|in|within)\s+\w+\s+(?:week|month|deal|call)", words, re.I
    )
    return None if dated else say("sharper-no-progress")


def _by_vague(interview: Interview, _: Pilot, words: str) -> str | None:
    if find_date(words, today=interview.today):
        return None
    try:
        read_date(words, today=interview.today)
    except UnclearDateError:
        return say("sharper-by")
    return None


_JUDGES: Mapping[str, Callable[[Interview, Pilot, str], str | None]] = {
    "outcome": _outcome_vague, "group": _group_vague, "behaviours": _behaviours_vague, "by": _by_vague,
    "problem": _short("problem", 4), "why-now": _short("why-now", 4), "payoff": _short("payoff", 3),
    "reinforcement": _reinforcement_vague, "no-progress": _no_progress_vague,
}  # fmt: skip
