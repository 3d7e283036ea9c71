"""What learning sends to the VP, and the reply pasted from a phone, parsed into the answers of the brief."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.pilots.amounts import UnclearNumberError
from assistant.pilots.brief import QUESTIONS, SHORT, Interview, Question, say
from assistant.pilots.model import Pilot
from assistant.pilots.names import ALIASES
from assistant.pilots.sentences import read_sentence

MOST_QUESTIONS = 5
_NUMBERED = re.compile(
    r"^\s*(?:q(?:uestion)?\s*)?(\d{1,2})\s*[.):–-]+\s*(.*)$|^\s*(\d{1,2})\s+(\D.*)$", re.IGNORECASE
)
_LABELLED = re.compile(r"^\s*[*•-]?\s*([A-Za-z][\w '-]{1,30}?)\s*[:=]\s*(.+)$")
_ONE_LINE = frozenset({"baseline", "target", "by", "size", "opportunities", "start"})
_END = re.compile(
    r"^(?:--\s*$|__+$|sent from my|get outlook|von meinem|envoy|on .{6,80} wrote:|from:\s|-----\s?original)",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^(?:hi|hello|hey|dear|thanks|thank you|cheers|best|regards|best regards|ok|sure)\b[^.?!]{0,25}[,.!]?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Taken:
    """One answer found in a reply; `sharper` where it was too vague to fill anything."""

    question: Question
    words: str
    sharper: str | None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a reply came to: the pilot with it, what was taken, and the lines that belong nowhere."""

    pilot: Pilot
    taken: tuple[Taken, ...]
    left: tuple[str, ...]


def request(pilot: Pilot, interview: Interview) -> tuple[Pilot, str]:
    """The message to the VP with at most five open questions, and the pilot that remembers which they were."""
    wanted = interview.open(pilot)[:MOST_QUESTIONS]
    asked = pilot.model_copy(update={"asked": tuple(each.id for each in wanted)})
    return asked, sent(asked, interview)


def sent(pilot: Pilot, interview: Interview) -> str:
    """The message with the questions that the pilot remembers, under the numbers they were sent with."""
    vp = Interview(interview.measures, interview.today, "sales-vp", interview.by)
    wanted = [each for name in pilot.asked for each in QUESTIONS if each.id == name]
    lines = "\n".join(f"{n}. {vp.text(pilot, each)}" for n, each in enumerate(wanted, start=1))
    name = pilot.sponsor.split()[0] if pilot.sponsor else "Hello"
    return say("request", name=name, questions=lines)


def parse_reply(pilot: Pilot, text: str, interview: Interview) -> Reply:
    """The pilot with every answer of the reply: by number, by label, or as sentences that say what they are.

    Quoted lines, signatures and greetings are left out; what cannot be placed is handed back, and nothing is lost.
    """
    lines = [line for line in _own_lines(text) if not _signed(line, pilot, interview)]
    asked = [each for name in (pilot.asked or SHORT) for each in QUESTIONS if each.id == name]
    answers, left = _placed(lines, asked)
    taken: list[Taken] = []
    for question, words in answers:
        step = interview.answer(pilot, question.id, words)
        pilot = step.pilot
        taken.append(Taken(question, words, step.sharper))
    if left and not answers:
        pilot, found = _as_sentences(pilot, left, interview)
        taken += found
        left = [] if found else left
    return Reply(pilot, tuple(taken), tuple(left))


def short_form(pilot: Pilot, *, outcome: str, group: str, by: str, interview: Interview) -> Pilot:
    """Three lines that are enough to start. What is vague is kept in its words, and asked once the interview goes on."""
    for question, words in zip(SHORT, (outcome, group, by), strict=True):
        if words.strip():
            pilot = interview.answer(pilot, question, words).pilot
    return pilot


def _signed(line: str, pilot: Pilot, interview: Interview) -> bool:
    """Whether a line is nothing but somebody's name."""
    names = " ".join(filter(None, (pilot.sponsor, pilot.learning_owner, interview.by))).lower().split()
    words = line.lower().strip(" ,.-–").split()
    return 0 < len(words) <= 3 and all(word in names for word in words)


def _own_lines(text: str) -> list[str]:
    found: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        plain = line.strip()
        if _END.match(plain):
            break
        if plain and not plain.startswith(">") and not _GREETING.match(plain):
            found.append(plain)
    return found


def _placed(lines: Sequence[str], asked: Sequence[Question]) -> tuple[list[tuple[Question, str]], list[str]]:
    """Each answer with its question; a line without a mark belongs to the answer above it."""
    answers: list[tuple[Question, str]] = []
    left: list[str] = []
    for line in lines:
        question, words = _marked(line, asked)
        if question is not None and words:
            answers.append((question, words))
        elif (
            question is None and answers and answers[-1][0].id not in _ONE_LINE and not _LABELLED.match(line)
        ):
            answers[-1] = (answers[-1][0], f"{answers[-1][1]}\n{line}")
        elif question is None:
            left.append(line)
    if not answers and len(lines) == len(asked) and len(lines) > 1:
        return list(zip(asked, lines, strict=True)), []
    return answers, left


def _marked(line: str, asked: Sequence[Question]) -> tuple[Question | None, str]:
    numbered = _NUMBERED.match(line)
    if numbered:
        number, words = (numbered[1], numbered[2]) if numbered[1] else (numbered[3], numbered[4])
        if 1 <= int(number) <= len(asked):
            return asked[int(number) - 1], words.strip()
    labelled = _LABELLED.match(line)
    if labelled:
        name = re.sub(r"[\s-]+", "_", labelled[1].strip().lower())
        field = ALIASES.get(name, name)
        field = {"group": "group.name", "outcome": "outcome.metric"}.get(field, field)
        question = next(
            (each for each in QUESTIONS if field in {each.field, each.id.replace("-", "_")}), None
        )
        return question, labelled[2].strip()
    return None, line


def _as_sentences(pilot: Pilot, lines: Sequence[str], interview: Interview) -> tuple[Pilot, list[Taken]]:
    """One paragraph: the outcome, with whatever else it names."""
    words = "\n".join(lines)
    try:
        found = read_sentence(
            words, measures=interview.measures, today=interview.today, metric=pilot.outcome.metric
        )
    except UnclearNumberError:
        return pilot, []
    if not found.changes:
        return pilot, []
    question = next(each for each in QUESTIONS if each.id == "outcome")
    step = interview.answer(pilot, question.id, words)
    return step.pilot, [Taken(question, words, step.sharper)]
