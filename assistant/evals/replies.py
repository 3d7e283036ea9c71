"""How well pasted replies are read (`counterpart eval replies`): labelled mails, written for this.

The `dev` half was looked at while the rules were written, the `held-out` half was only measured.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from assistant.debrief.weigh import Weights
from assistant.evals.advice import CASES, Half
from assistant.reply.read import ASKED, Reply, read_reply
from assistant.reply.training import EXAMPLES, learn, read_lessons

Case = dict[str, Any]
_VALUES = ("outcome", "group", "date", "answer")


@dataclass
class RepliesReport:
    """Precision and recall of each field (1.0 where nothing was to be found), F1 of promises by owner and day.

    `invented` is the share of all values given, promises among them, where the label has none; `asked` and `not_asked`
    are of what a careful reader would ask: what was asked of it, and how much of what was asked it was not.
    """

    half: Half
    replies: int
    precision: dict[str, float]
    recall: dict[str, float]
    promises_f1: float
    invented: float
    asked: float
    not_needed: float
    failures: list[dict[str, str]] = field(default_factory=list)


def read_cases(half: Half) -> list[Case]:
    """The labelled replies of one half."""
    files = sorted(EXAMPLES.glob("*.yaml")) if half == "dev" else [CASES / "replies" / "held-out.yaml"]
    return [row for file in files for row in yaml.safe_load(file.read_text(encoding="utf-8"))]


def evaluate_replies(
    cases: Sequence[Case],
    *,
    half: Half,
    language: Callable[[str], str],
    weights: Callable[[Case], Weights] | None = None,
) -> RepliesReport:
    """Every reply is read as it came, on the day it came, with the shipped weights or those given for it."""
    read = [
        (
            case,
            read_reply(
                case["text"],
                received=date.fromisoformat(str(case["received"])),
                language=language,
                weights=weights(case) if weights else None,
            ),
        )
        for case in cases
    ]
    counts = {name: _Count() for name in (*_VALUES, "objection", "promises")}
    asked, failures = _Count(), []
    for case, reply in read:
        wrong = []
        for name in (*_VALUES, "objection"):
            wrong += [name] if not _compare(counts[name], _given(reply, name), _wanted(case, name)) else []
        wrong += ["promises"] if not _sets(counts["promises"], _promised(reply), _owed(case)) else []
        wrong += ["asked"] if not _sets(asked, set(reply.unclear), set(case["unclear"]) & set(ASKED)) else []
        failures += [{"id": case["id"], "wrong": ", ".join(wrong)}] if wrong else []
    values = [counts[name] for name in (*_VALUES, "promises")]
    promises = counts["promises"]
    return RepliesReport(
        half, len(cases),
        precision={name: round(count.precision, 3) for name, count in counts.items()},
        recall={name: round(count.recall, 3) for name, count in counts.items()},
        promises_f1=round(promises.f1, 3),
        invented=round(sum(each.invented for each in values) / max(1, sum(each.given for each in values)), 3),
        asked=round(asked.recall, 3), not_needed=round(1 - asked.precision, 3), failures=failures,
    )  # fmt: skip


def evaluate_unseen(*, language: Callable[[str], str]) -> RepliesReport:
    """Every example, its promises read by what was learnt from the other writers' replies."""
    lessons = read_lessons()
    learnt = {
        writer: learn([each for each in lessons if each.writer != writer])
        for writer in sorted({each.writer for each in lessons})
    }
    files = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in EXAMPLES.glob("*.yaml")}
    writers = {row["id"]: writer for writer, rows in files.items() for row in rows}
    return evaluate_replies(
        read_cases("dev"), half="dev", language=language, weights=lambda case: learnt[writers[case["id"]]]
    )


@dataclass
class _Count:
    given: int = 0
    wanted: int = 0
    right: int = 0
    invented: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.given + self.wanted)


def _compare(count: _Count, given: str | None, wanted: str | None) -> bool:
    count.given += given is not None
    count.wanted += wanted is not None
    count.invented += given is not None and wanted is None
    right = given is not None and wanted is not None and _same(given, wanted)
    count.right += right
    return right or given == wanted


def _sets(count: _Count, given: set[Any], wanted: set[Any]) -> bool:
    count.given += len(given)
    count.wanted += len(wanted)
    count.right += len(given & wanted)
    count.invented += len(given) if not wanted else 0
    return given == wanted


def _same(given: str, wanted: str) -> bool:
    """The same stretch; of an objection, which is a sentence, one inside the other."""
    one, two = _folded(given), _folded(wanted)
    return one == two or (len(two.split()) > 4 and (one in two or two in one))


def _folded(text: str) -> str:
    return " ".join(text.split()).strip(" .,;!").casefold()


def _given(reply: Reply, name: str) -> str | None:
    value = reply.day if name == "date" else getattr(reply, name)
    return None if value is None else str(value)


def _wanted(case: Case, name: str) -> str | None:
    value = case[name]
    return None if value is None else str(value)


def _promised(reply: Reply) -> set[tuple[str, str]]:
    return {(each.who.casefold(), str(each.due)) for each in reply.promises}


def _owed(case: Case) -> set[tuple[str, str]]:
    return {(str(each["who"]).casefold(), str(each["by"])) for each in case["promises"]}
