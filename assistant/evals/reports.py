"""What readers reported as cases: the card that was wrong for a question must not lead the answer to it again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.advice.answer import Answer
from assistant.advice.coach import Coach
from assistant.records import Feedback, FeedbackRecords
from knowledge.cards import ROLES, Card, Role
from knowledge.store.access import Viewer


@dataclass(frozen=True, slots=True)
class ReportCase:
    """The questions up to a reported answer, oldest first, and what was wrong in it."""

    id: str
    role: Role
    turns: tuple[str, ...]
    card_id: str | None
    passage_id: str | None


@dataclass(frozen=True, slots=True)
class ReportsReport:
    """How many open reports there are, how many would not come about now, and those that would."""

    cases: int
    settled: int
    failures: list[dict[str, str | None]] = field(default_factory=list)


def report_cases(feedback: FeedbackRecords, viewer: Viewer, *, cards: Mapping[str, Card]) -> list[ReportCase]:
    """A case of every open report that `viewer` sees and whose question is known."""
    made = (_case(feedback, viewer, report, cards) for report in feedback.reports(viewer))
    return [case for case in made if case is not None]


def evaluate_reports(
    coach: Coach, cases: Sequence[ReportCase], *, progress: Callable[[str, int, int], None]
) -> ReportsReport:
    """Ask every case again and look at what leads its last answer."""
    failures: list[dict[str, str | None]] = []
    for number, case in enumerate(cases):
        progress("Asking what was reported", number, len(cases))
        if _leads(case, _last_answer(coach, case)):
            failures.append(
                {
                    "id": case.id,
                    "question": case.turns[-1],
                    "card_id": case.card_id,
                    "passage_id": case.passage_id,
                }
            )
    return ReportsReport(len(cases), len(cases) - len(failures), failures)


def _case(
    feedback: FeedbackRecords, viewer: Viewer, report: Feedback, cards: Mapping[str, Card]
) -> ReportCase | None:
    """Where the conversation is gone or private, the question alone, asked by a reader of the card."""
    talk = feedback.talk(viewer, report)
    turns = talk.turns if talk else tuple(filter(None, [report.question]))
    card = cards.get(report.card_id or "")
    asked_as = talk.role if talk else (card.about.audience[0] if card else ROLES[0])
    role = next((role for role in ROLES if role == asked_as), ROLES[0])
    return ReportCase(report.id, role, turns, report.card_id, report.passage_id) if turns else None


def _last_answer(coach: Coach, case: ReportCase) -> Answer:
    history: list[Answer] = []
    for turn in case.turns:
        history.append(coach.advise(turn, role=case.role, history=history))
    return history[-1]


def _leads(case: ReportCase, answer: Answer) -> bool:
    """Whether the first thing the answer cites is what was reported; of a document, the very passage."""
    first = next(iter(answer.citations), None)
    if first is None:
        return False
    return first.card_id == case.card_id if case.card_id else first.passage_id == case.passage_id
