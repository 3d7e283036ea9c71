"""After the meeting: yes/no checks with the line they rest on, where it turned, and one thing to practise next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant.rehearsal.counterpart import Exchange
from assistant.rehearsal.session import Session
from prompts import phrase

Result = Literal["yes", "no", "not_seen"]
SURE = 0.5
_COSTLY, _QUOTED = -0.5, 16


@dataclass(frozen=True)
class Check:
    """One question about the session; `turns` are the learner's turn ids that it rests on."""

    check: str
    principle: str
    result: Result
    turns: tuple[str, ...] = ()
    quote: str | None = None

    @property
    def text(self) -> str:
        """The check in words."""
        return phrase("rehearsal", f"check-{self.check}")

    def as_contract(self) -> dict[str, Any]:
        """As the command line gives it."""
        return {
            "check": self.text, "id": self.check, "principle": self.principle, "result": self.result,
            "turn_ids": list(self.turns), "quote": self.quote,
        }  # fmt: skip


@dataclass(frozen=True)
class Debrief:
    """What came of a session. `turned` is the turn that made it or lost it, if one stands out."""

    ended: str
    checks: tuple[Check, ...]
    turned: str | None
    turned_why: str
    worry: str
    worry_found: bool
    practise: str
    practise_from: int


def learner_id(at: int) -> str:
    """The id of the learner's line `at`, counted from 0; the counterpart's opening is t0."""
    return f"t{2 * at + 1}"


def debrief(session: Session) -> Debrief:
    """What came of `session`, at its end or so far."""
    checks = scorecard(session)
    turned = _turned(session.exchanges)
    scenario, found = session.scenario, session.state.concern >= 3
    worst = min(range(len(session.exchanges)), key=lambda at: _loss(session.exchanges[at]), default=0)
    return Debrief(
        ended=_ended(session),
        checks=checks,
        turned=None if turned is None else learner_id(turned),
        turned_why="" if turned is None else _why(session.exchanges[turned]),
        worry=scenario.concern.text,
        worry_found=found,
        practise=_practise(session, worst),
        practise_from=worst,
    )


def _practise(session: Session, worst: int) -> str:
    """One thing: the line that cost most, if one cost anything; otherwise what the scenario is about."""
    if not session.exchanges or _loss(session.exchanges[worst]) > _COSTLY:
        return session.scenario.practise
    exchange = session.exchanges[worst]
    most = min(exchange.moved, key=lambda each: each.patience + each.trust)
    quote = " ".join(exchange.text.split()[:_QUOTED]) + ("…" if len(exchange.text.split()) > _QUOTED else "")
    return phrase(
        "rehearsal", "practise-line", line=str(worst + 1), quote=quote.rstrip("."), why=most.rule.why
    )


def _ended(session: Session) -> str:
    end = session.end
    if end is None:
        return ""
    named = {
        "polite_death": "end-polite-death",
        "order_end": "end-order",
        "abuse": "end-abuse",
        "time_up": "end-time",
        "walk_out": "end-walk-out",
    }
    usual = {
        "agreed": "end-agreed",
        "good_ending": "end-good",
        "walked_out": "end-walk-out",
        "no_agreement": "end-stopped",
    }
    return phrase("rehearsal", named.get(end.ending, usual[end.outcome]))


def _loss(exchange: Exchange) -> float:
    """What a line cost, whatever else it earned: a gain beside an order doesn't make the order good."""
    return sum(min(each.patience + each.trust, 0.0) for each in exchange.moved)


def _change(exchange: Exchange) -> float:
    return sum(each.patience + each.trust for each in exchange.moved)


def _turned(exchanges: Sequence[Exchange]) -> int | None:
    """The exchange that moved him most."""
    sizes = [abs(_change(each)) for each in exchanges]
    if not sizes or max(sizes) < 0.5:
        return None
    return sizes.index(max(sizes))


def _why(exchange: Exchange) -> str:
    most = max(exchange.moved, key=lambda each: abs(each.patience) + abs(each.trust))
    won = _change(exchange) > 0
    return f"{phrase('rehearsal', 'turning-won' if won else 'turning-lost')} {most.rule.why}"


def scorecard(session: Session) -> tuple[Check, ...]:
    """The checks of this chair."""
    made = _Checks(session)
    return made.learning() if session.scenario.seat == "learning-executive" else made.sales()


class _Checks:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.exchanges = [each for each in session.exchanges if each.text]

    def learning(self) -> tuple[Check, ...]:
        """For a learning executive."""
        return (
            self._open_first(), self._took_up("le-2"), self._named("one-team", "le-1", "group"),
            self._named("number", "le-2", "to", "from", "metric"), self._named("when", "le-2", "when"),
            self._doubts("le-5"), self._never("no-pitch", "le-5", "persuading", "project_talk"),
            self._once("approach", "le-4", "approach"), self._once("field", "le-3", "ask_field"),
            self._step("le-1"), self._worry("le-2"),
        )  # fmt: skip

    def sales(self) -> tuple[Check, ...]:
        """For a VP of sales."""
        return (
            self._named("number", "sv-2", "to", "from", "metric"), self._named("one-team", "sv-1", "group"),
            self._named("when", "sv-2", "when"), self._never("no-order", "sv-2", "order"),
            self._once("how", "sv-3", "open_how"), self._once("access", "sv-3", "access"),
            self._once("story", "sv-4", "story"), self._once("candour", "sv-5", "candour"),
            self._took_up("sv-2"), self._step("sv-3"), self._worry("sv-2"),
        )  # fmt: skip

    def _where(self, test: Callable[[Exchange], bool]) -> list[int]:
        return [at for at, each in enumerate(self.session.exchanges) if each.text and test(each)]

    def _check(self, check: str, principle: str, result: Result, at: Sequence[int] = ()) -> Check:
        quote = self.session.exchanges[at[0]].text if at else None
        return Check(check, principle, result, tuple(learner_id(each) for each in at[:3]), quote)

    def _once(self, check: str, principle: str, sign: str) -> Check:
        at = self._where(lambda each: each.signs.get(sign, 0.0) >= SURE)
        return self._check(check, principle, "yes" if at else "no", at)

    def _never(self, check: str, principle: str, *signs: str) -> Check:
        at = self._where(lambda each: any(each.signs.get(sign, 0.0) >= SURE for sign in signs))
        return self._check(check, principle, "no" if at else "yes" if self.exchanges else "not_seen", at)

    def _named(self, check: str, principle: str, *items: str) -> Check:
        at = self._where(lambda each: any(item == items[0] for item in each.heard.named))
        whole = all(item in self.session.state.named for item in items)
        return self._check(check, principle, "yes" if at and whole else "no", at)

    def _step(self, principle: str) -> Check:
        at = self._where(
            lambda each: "next_step" in each.heard.named and each.signs.get("commitment", 0.0) >= 0.3
        )
        return self._check("next-step", principle, "yes" if at else "no", at[-1:])

    def _open_first(self) -> Check:
        asked = self._where(lambda each: each.heard.asks == "open")
        pitched = self._where(lambda each: each.signs.get("solution_early", 0.0) >= SURE)
        first = asked and (not pitched or asked[0] < pitched[0])
        return self._check("open-first", "le-4", "yes" if first else "no", asked if first else pitched)

    def _took_up(self, principle: str) -> Check:
        if not self.exchanges:
            return self._check("took-up", principle, "not_seen")
        at = self._where(
            lambda each: (
                max(
                    each.signs.get("listened", 0.0),
                    each.signs.get("eased", 0.0),
                    each.signs.get("answered", 0.0),
                )
                >= SURE
            )
        )
        past = self._where(
            lambda each: max(each.signs.get("unheard", 0.0), each.signs.get("ducked", 0.0)) >= SURE
        )
        good = len(at) * 2 >= len(self.exchanges)
        return self._check("took-up", principle, "yes" if good else "no", at if good else past)

    def _doubts(self, principle: str) -> Check:
        if not self.session.state.raised:
            return self._check("doubts", principle, "not_seen")
        met = self._where(
            lambda each: max(each.signs.get("eased", 0.0), each.signs.get("answered", 0.0)) >= 0.4
        )
        past = self._where(lambda each: each.signs.get("ducked", 0.0) >= SURE)
        return self._check(
            "doubts",
            principle,
            "no" if self.session.state.open or not met else "yes",
            past if self.session.state.open else met,
        )

    def _worry(self, principle: str) -> Check:
        if not self.session.state.cues and self.session.state.concern == 0:
            return self._check("worry", principle, "not_seen")
        at = self._where(lambda each: each.signs.get("concern_met", 0.0) >= SURE)
        return self._check("worry", principle, "yes" if self.session.state.concern >= 3 else "no", at)
