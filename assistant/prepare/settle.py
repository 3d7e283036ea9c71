"""The one thing to settle when the two meet: what stands in the way first, before what would be nice."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.mirror.compare import Mirror
from assistant.pair.between import Between
from assistant.review.signs import METRIC
from prompts import phrase, phrase_book

Cards = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Settle:
    """What is to be settled: `kind` names the phrases, `words` fill them; `cards` for learning and others, and the VP."""

    kind: str
    cards: Cards
    words: dict[str, str]

    def text(self, what: str, side: str) -> str:
        """What to settle (`thing`), or how to begin (`open-learning`, `open-vp`, `open-coach`)."""
        name = f"{what}-{self.kind}" if what == "thing" else f"{what}-{self.kind}-{side}"
        template = phrase_book("prepare").phrases[name]
        wanted = {key: words for key, words in self.words.items() if f"{{{key}}}" in template}
        return phrase("prepare", name, **wanted)


def one_thing(between: Between, mirror: Mirror | None) -> Settle:
    """The first of these that is so."""
    checks: tuple[Callable[[], Settle | None], ...] = (
        lambda: _felt(between),
        lambda: _no_outcome(between),
        lambda: _mirror(mirror),
        lambda: _no_group(between),
        lambda: _vague(between),
        lambda: _late(between),
        lambda: _pilot(between),
    )
    return next((found for check in checks if (found := check())), _next_step())


def _felt(between: Between) -> Settle | None:
    if between.no_progress is None:
        return None
    return Settle("felt", ("pilot-drifts", "no-progress"), {"what": _result(between)})


def _no_outcome(between: Between) -> Settle | None:
    if between.newest("outcome") or between.newest("metric") or between.mirror or between.pilots:
        return None
    return Settle("outcome", ("vp-own-view", "outcome-not-clear-yet"), {})


def _mirror(mirror: Mirror | None) -> Settle | None:
    differs = mirror.to_settle if mirror else None
    if differs is None:
        return None
    question = phrase("mirror", f"question-{differs.field}")
    return Settle(
        "mirror", ("vp-own-view", "name-the-outcome"), {"difference": differs.text, "question": question}
    )


def _no_group(between: Between) -> Settle | None:
    if between.newest("group") or between.mirror or between.pilots:
        return None
    return Settle("group", ("choose-first-group", "pick-the-team"), {"what": _result(between)})


def _vague(between: Between) -> Settle | None:
    """An outcome without a figure, a measure or a pilot behind it."""
    outcome = between.newest("outcome")
    if outcome is None or between.pilots or between.newest("metric"):
        return None
    words = outcome.item.words
    if re.search(rf"\d|\b{METRIC}\b", words, re.IGNORECASE):
        return None
    return Settle("vague", ("vague-outcome", "name-the-outcome"), {"what": words.rstrip(".")})


def _late(between: Between) -> Settle | None:
    late = [each for each in between.waiting if each.standing == "overdue" and not each.mine]
    if not late:
        return None
    item = late[0].kept.item
    return Settle("late", ("good-meeting-nothing-happened", "stay-engaged"), {"what": item.words.rstrip(".")})


def _pilot(between: Between) -> Settle | None:
    open_ones = [each for each in between.pilots if each.state != "decided"]
    if not open_ones:
        return None
    kind = {"decide": "decide", "running": "running"}.get(open_ones[0].state, "scope")
    cards = {
        "decide": ("scaling-after-success", "moving-on"),
        "running": ("reporting-to-executives", "help-her-report"),
        "scope": ("one-page-approach", "how-is-hers"),
    }
    return Settle(kind, cards[kind], {"what": open_ones[0].title, "next": open_ones[0].next})


def _next_step() -> Settle:
    return Settle("next", ("good-meeting-nothing-happened", "stay-engaged"), {})


def _result(between: Between) -> str:
    known = between.newest("outcome") or between.newest("metric")
    if known is not None:
        return known.item.words.rstrip(".")
    return between.pilots[0].title if between.pilots else phrase("prepare", "the-result")
