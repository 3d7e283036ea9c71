"""Checks of who takes part, what they will do, what keeps it going, what it is held against, and when it ends."""

import re
from collections.abc import Iterator
from datetime import timedelta

from assistant.pilots.amounts import show
from assistant.pilots.checks import Check, Looked, Problem, say
from assistant.pilots.days import show_date

LARGE = 20
_EVERYONE = re.compile(
    r"\b(?:every(?:one|body)|all(?: of)?(?: the| our| my)?(?: \w+)? (?:reps?|teams?|sellers?|aes?|sales(?:people| ?force)?|regions?|managers?|staff)|"
    r"(?:the )?(?:whole|entire|full) (?:team of|company|field|sales|org\w*|force)\w*|company[- ]?wide|global(?:ly)?|"
    r"each (?:team|region)|every (?:team|rep|region|seller)|sales ?force)\b|^(?:all|the field|sales)$",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:understand|know|learn|appreciate|believe|embrace|be (?:more )?(?:aware|confident|consultative|proactive|strategic|"
    r"customer[- ]cent\w+)|feel|mindset|attitude|awareness|improve|better|excel|master|leverage|own it|focus on|"
    r"think (?:more|like|big)|care (?:more|about)|more (?:confident|consultative|strategic|proactive)|value[- ]sell\w*|"
    r"sell value|good (?:discovery|calls?|conversations?)|be good at|familiar|internali[sz]e|take ownership)\b",
    re.IGNORECASE,
)
_SEEN = re.compile(
    r"\d|\bin the CRM\b|\bnotes?\b|\brecord|\bcall\b|\bwrit|\basks?\b|\bwithin\b|\bbefore\b", re.IGNORECASE
)


def is_vague(text: str) -> bool:
    """Whether a behaviour cannot be seen from outside."""
    return bool(_VAGUE.search(text)) and not re.search(r"\d", text)


def is_everyone(text: str) -> bool:
    """Whether words mean all of them at once."""
    return bool(_EVERYONE.search(text.strip()))


def _group(looked: Looked) -> Iterator[Problem]:
    group, due = looked.pilot.group, show_date(looked.due)
    pick = say("task.no-group")
    if not group.name:
        if not looked.tasked("group.name"):
            yield Problem("no-group", "group.name", "sv-1", say("no-group"),
                          say("no-group.fix", owner=looked.sponsor, due=due), looked.task(pick, "group.name", looked.sponsor))  # fmt: skip
    elif is_everyone(group.name):
        change = {"group.name": None, "group.size": None, **looked.task(pick, "group.name", looked.sponsor)}
        yield Problem("group-everyone", "group.name", "le-1", say("group-everyone", text=group.name),
                      say("group-everyone.fix", owner=looked.sponsor, due=due), change)  # fmt: skip
        return
    yield from _size(looked)


def _size(looked: Looked) -> Iterator[Problem]:
    group, due, n = looked.pilot.group, show_date(looked.due), looked.pilot.outcome.opportunities
    people = looked.task(say("task.people"), "group.size", looked.sponsor)
    if group.size is not None and group.size > LARGE:
        change = {"group.size": 10, **looked.task(say("task.no-group"), "group.name", looked.sponsor)}
        yield Problem("group-too-large", "group.size", "le-1", say("group-too-large", size=str(group.size)),
                      say("group-too-large.fix", owner=looked.sponsor, due=due), change)  # fmt: skip
    elif group.size in {0, 1} and not looked.tasked("group.size"):
        name = "one-rep" if group.size else "nobody"
        fix = say(f"{name}.fix", owner=looked.sponsor, due=due)
        yield Problem(name, "group.size", "le-1", say(name), fix, {"group.size": None, **people})
    if n == 0:
        change = {"outcome.opportunities": None,
                  **looked.task(say("task.no-opportunities"), "outcome.opportunities", looked.owner)}  # fmt: skip
        yield Problem("no-opportunities", "outcome.opportunities", "le-2", say("no-opportunities"),
                      say("no-opportunities.fix", owner=looked.owner, due=due), change)  # fmt: skip


def _people(looked: Looked) -> Iterator[Problem]:
    pilot, due = looked.pilot, show_date(looked.due)
    for name, value, principle in (
        ("sponsor", pilot.sponsor, "sv-3"), ("learning-owner", pilot.learning_owner, "sv-3"), ("manager", pilot.manager, "le-3"),
    ):  # fmt: skip
        place = name.replace("-", "_")
        if value or looked.tasked(place):
            continue
        owner = looked.sponsor if name != "sponsor" else looked.owner
        values = {"owner": owner, "due": due} if name == "manager" else {"due": due}
        yield Problem(f"no-{name}", place, principle, say(f"no-{name}"), say(f"no-{name}.fix", **values),
                      looked.task(say(f"task.no-{name}"), place, owner))  # fmt: skip


def _behaviours(looked: Looked) -> Iterator[Problem]:
    behaviours = looked.pilot.behaviours
    for number, each in enumerate(behaviours, start=1):
        place = f"behaviours[{number}]"
        seen = each.seen is not None and (not is_vague(each.seen) or bool(_SEEN.search(each.seen)))
        if is_vague(each.text) and not seen and not looked.tasked(place):
            change = looked.task(say("task.behaviour-vague", text=each.text), place, looked.owner)
            yield Problem("behaviour-vague", place, "le-3", say("behaviour-vague", text=each.text),
                          say("behaviour-vague.fix", owner=looked.owner, due=show_date(looked.due)), change)  # fmt: skip
    if len(behaviours) > 3:
        kept = [each.model_dump() for each in behaviours[:3]]
        yield Problem("too-many-behaviours", "behaviours", "le-4", say("too-many-behaviours", count=str(len(behaviours))),
                      say("too-many-behaviours.fix"), {"behaviours": kept})  # fmt: skip


def _reinforcement(looked: Looked) -> Iterator[Problem]:
    if looked.pilot.reinforcement:
        return
    owner = looked.pilot.manager or looked.sponsor
    text, cadence = say("reinforcement"), say("every-week")
    change = {"reinforcement+": {"what": text, "owner": owner, "cadence": cadence}}
    fix = say("no-reinforcement.fix", text=text, owner=owner, cadence=cadence)
    yield Problem("no-reinforcement", "reinforcement", "sv-3", say("no-reinforcement"), fix, change)


def _stop_rule(looked: Looked) -> Iterator[Problem]:
    rules = looked.pilot.rules
    if rules.stop:
        return
    text, change = proposed_stop_rule(looked)
    yield Problem(
        "no-stop-rule", "rules.stop", "sv-5", say("no-stop-rule"), say("no-stop-rule.fix", text=text), change
    )


def proposed_stop_rule(looked: Looked) -> tuple[str, dict[str, object]]:
    """A stop rule to agree on, and the change that takes it: from the numbers where there are some, else the pattern's."""
    outcome, start = looked.pilot.outcome, looked.pilot.start or looked.today
    if looked.pattern is not None and outcome.baseline is None:
        text = looked.pattern.section("Stop rule").sentences[0].text
        return text, {"rules.stop": text}
    end = outcome.by if outcome.by is not None and outcome.by > start else start + timedelta(days=90)
    day = start + (end - start) * 2 // 3
    base = "it is today" if outcome.baseline is None else show(outcome.baseline, outcome.unit, outcome.money)
    text = say("stop-rule", metric=looked.metric, baseline=base, day=show_date(day))
    change: dict[str, object] = {"rules.stop": text}
    if outcome.baseline is not None:
        change |= {"rules.stop_on": day, "rules.stop_at": outcome.baseline}
    return text, change


def _comparison(looked: Looked) -> Iterator[Problem]:
    other, group = looked.pilot.comparison, looked.pilot.group
    none = {"comparison": {"none": say("honest-none")}}
    if other is None or not (other.name or other.none):
        if "comparison" not in looked.pilot.unknown:
            yield Problem(
                "no-comparison", "comparison", "le-4", say("no-comparison"), say("no-comparison.fix"), none
            )
        return
    if other.none or not other.name:
        return
    if group.name and other.name.strip().lower() == group.name.strip().lower():
        yield Problem(
            "comparison-same",
            "comparison.name",
            "le-4",
            say("comparison-same"),
            say("comparison-same.fix"),
            none,
        )
    elif other.size is not None and group.size and not group.size / 3 <= other.size <= group.size * 3:
        message = say("comparison-unlike", size=str(group.size), other=str(other.size))
        yield Problem(
            "comparison-unlike", "comparison.size", "le-4", message, say("comparison-unlike.fix"), none
        )
    elif not other.why and not looked.tasked("comparison.why"):
        message = say("comparison-unexplained", name=other.name, group=group.name or "the group")
        change = looked.task(say("task.comparison", name=other.name), "comparison.why", looked.owner)
        fix = say("comparison-unexplained.fix", owner=looked.owner, due=show_date(looked.due))
        yield Problem("comparison-unexplained", "comparison.why", "le-4", message, fix, change)


CHECKS: tuple[Check, ...] = (_group, _people, _behaviours, _reinforcement, _stop_rule, _comparison)
