"""Who is who: a first guess at the roles of the speakers, from titles and from what they speak of."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.errors import InputRefusedError
from assistant.review.marks import COACH, LEARNING, VP
from assistant.review.transcript import UNKNOWN, Transcript

_TITLES = (
    (LEARNING, r"learning|l&d|enablement|training|talent|education|academy"),
    (COACH, r"\bcoach\b|facilitator|consultant"),
    (VP, r"\bvp\b|vice president|\bcro\b|sales|revenue|commercial"),
)
_SPEAKS = {
    VP: (
        r"\bmy (?:reps|team|people|guys|sellers|managers|number|quota|forecast|pipeline|region|board|quarter|deals|field|aes)\b|"
        r"\b(?:our|the) (?:board|forecast|quarter|pipeline|number)\b|\bi need (?:a|an|the|you|your|them)\b|"
        r"\b(?:can|could) (?:you|your team) (?:build|put|make|run|give|get|do|train)\b|\b(?:carried a bag|close the quarter|the cro|qbr)\b"
    ),
    LEARNING: (
        r"\b(?:modules?|curriculum|learners?|completion|completions|workshops?|facilitat\w+|lms|e-?learning|certification|"
        r"learning (?:path|objectives|needs|team)|instructional|designers?|l&d|enablement)\b|"
        r"\b(?:we|i|my team) (?:could|can|would|will|'ll|'d) (?:build|run|design|develop|deliver|listen|roll)\b|"
        r"\byour (?:reps|team|people|sellers|managers|number|quota|pipeline|region|field)\b|"
        r"\bwhat would (?:be different|you want|success|they)\b"
    ),
}  # fmt: skip
_FIELD_RE = re.compile(
    r"\b(?:reps?|sellers?|salespeople|aes?|sdrs?|buyers?|prospects?|win[- ]rates?|pipeline|quotas?|forecasts?|deals?|discounts?|renewals?|"
    r"courses?|workshops?|training|enablement|l&d|learning (?:team|executive|path)|certification|onboarding|ramp)\b",
    re.IGNORECASE,
)
TELLING_ODDS = 0.1
"""Mean log odds by which two must differ before they are told apart."""
TELLING, FIELD_WORDS = 0.25, 0.005
"""Cues a hundred words by which two must differ, and the share of words of the field below which nobody is guessed."""
_SPEAKS_RE = {role: re.compile(pattern, re.IGNORECASE) for role, pattern in _SPEAKS.items()}
_TITLES_RE = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _TITLES)
_SEAT_RE = re.compile(
    r"(?:the |our )?(?:head of |director of |chief )?(?:coach|facilitator|s?vp|vice president|cro|sales|learning|l&d|enablement|training|talent)"
    r"(?: (?:of )?(?:sales|revenue|learning|officer|executive|exec|lead|leader|manager|and development|& development))*",
    re.IGNORECASE,
)
"""A speaker who is called by a seat (“VP Sales”, “Coach”) and not by a name."""


Leaning = Callable[[Sequence[str]], float]
"""How much more somebody speaks like a VP than like learning, from all that they say."""
About = Callable[[Sequence[str]], bool]
"""Whether a talk is one of selling and learning at all, from its turns."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The role of each speaker (None where nobody can say) and remarks on how it was found."""

    roles: Mapping[str, str | None]
    warnings: tuple[str, ...] = ()


def cast(
    transcript: Transcript,
    *,
    me: str | None = None,
    role: str | None = None,
    leaning: Leaning | None = None,
    about: About | None = None,
) -> Cast:
    """The roles: what was said with `me` and `role`, then titles, then a guess for the two who speak most.

    In a talk about something else (`about`; by its words, where that is not given) nobody is guessed. Raises `InputRefusedError` where nobody of the name `me` speaks.
    """
    roles: dict[str, str | None] = dict.fromkeys(transcript.speakers)
    warnings: list[str] = []
    if role is not None and role not in (LEARNING, VP, COACH):
        raise InputRefusedError(
            f"There is no role “{role[:40]}”", next_step=f"Use one of {LEARNING}, {VP}, {COACH}"
        )
    if me is not None and role is not None:
        roles[speaker_called(transcript, me)] = role
    elif me is not None:
        speaker_called(transcript, me)
    roles = {name: known or _by_title(_title(transcript, name)) for name, known in roles.items()}
    lean, telling = (leaning, TELLING_ODDS) if leaning else (_by_cues, TELLING)
    guessed = _guess(transcript, roles, lean, telling, about or _worded)
    if guessed:
        roles |= guessed
        told = ", ".join(f"{name} as {found}" for name, found in guessed.items())
        warnings.append(f"Guessed from what they speak of: {told}. Correct it with --me NAME --role ROLE.")
    if role is not None and me is None:
        warnings.append("--role says whose role only together with --me NAME; it was left aside.")
    return Cast(roles, tuple(warnings))


def speaker_called(transcript: Transcript, name: str) -> str:
    """The speaker with this name, or the only one whose name begins with it."""
    wanted = name.casefold().strip()
    exact = [each for each in transcript.speakers if each.casefold() == wanted]
    near = [
        each
        for each in transcript.speakers
        if wanted and any(part.startswith(wanted) for part in (each.casefold(), *each.casefold().split()))
    ]
    found = exact or near
    if len(found) != 1:
        what = f"Several people are called “{name[:40]}”" if found else f"Nobody called “{name[:40]}” speaks"
        raise InputRefusedError(
            what, next_step=f"The speakers are {', '.join(transcript.speakers[:8])}; name one with --me"
        )
    return found[0]


def _title(transcript: Transcript, name: str) -> str:
    """The title beside a name, or the name itself where it is a seat."""
    return transcript.titles.get(name) or (name if _SEAT_RE.fullmatch(name.strip()) else "")


def _worded(texts: Sequence[str]) -> bool:
    return of_the_field(" ".join(texts))


def _by_title(title: str) -> str | None:
    if title in (LEARNING, VP, COACH):
        return title
    return next((role for role, pattern in _TITLES_RE if title and pattern.search(title)), None)


def _guess(
    transcript: Transcript, known: Mapping[str, str | None], lean: Leaning, telling: float, about: About
) -> dict[str, str]:
    """For the two who speak most, so far as they have no role: the split that fits their words best."""
    words: dict[str, int] = {}
    texts: dict[str, list[str]] = {}
    for turn in transcript.turns:
        words[turn.speaker] = words.get(turn.speaker, 0) + len(turn.text.split())
        texts.setdefault(turn.speaker, []).append(turn.text)
    main = [name for name in sorted(words, key=lambda name: -words[name]) if known[name] != COACH][:2]
    open_ones = [name for name in main if known[name] is None and name != UNKNOWN]
    if not open_ones:
        return {}
    if len(open_ones) == 1 and len(main) == 2 and len(words) == 2:
        other = next(name for name in main if name not in open_ones)
        return {open_ones[0]: LEARNING if known[other] == VP else VP}
    if not about([turn.text for turn in transcript.turns]):
        return {}
    leaning = {name: lean(texts[name]) for name in main}
    if len(open_ones) == 1:
        (name,) = open_ones
        return {name: VP if leaning[name] > 0 else LEARNING} if abs(leaning[name]) >= telling else {}
    first, second = open_ones
    if abs(leaning[first] - leaning[second]) < telling:
        return {}
    vp = first if leaning[first] > leaning[second] else second
    return {name: VP if name == vp else LEARNING for name in (first, second)}


def of_the_field(text: str) -> bool:
    """Whether selling or learning is spoken of at all: in other meetings nobody is given a role."""
    found = [word.lower() for word in _FIELD_RE.findall(text)]
    return len(set(found)) >= 2 and len(found) >= FIELD_WORDS * max(len(text.split()), 100)


def _by_cues(texts: Sequence[str]) -> float:
    """Above zero for somebody who speaks as a VP does, below for learning; per hundred words."""
    text = " ".join(texts)
    size = max(len(text.split()), 40) / 100
    return (len(_SPEAKS_RE[VP].findall(text)) - len(_SPEAKS_RE[LEARNING].findall(text))) / size
