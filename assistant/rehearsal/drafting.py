"""The draft of a meeting: from nothing, from one there is, or from a line of a talk. It is edited before it is played."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from assistant.rehearsal.files import SHIPPED
from assistant.rehearsal.scenario import Scenario, Seat
from assistant.rehearsal.words import content, figures
from prompts import phrase

Tree = dict[str, Any]
_MOST_FACTS, _MOST_LINE, _AROUND = 5, 400, 12
_WORRY = re.compile(
    r"\b(?:afraid|worri\w+|fear|nervous|pressure|upstairs|my (?:boss|job|ceo)|the board|to be honest|between us|honestly|"
    r"frankly|i don't (?:know|like)|not sure|tired|again|somehow|never mind|keeps? (?:asking|me up))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Spoken:
    """A turn of a talk: who spoke, and what."""

    speaker: str
    text: str


def blank(seat: Seat) -> Tree:
    """A meeting that can be read and says little yet."""
    tree: Tree = yaml.safe_load((SHIPPED / "drafts" / f"{seat}.yaml").read_text(encoding="utf-8"))
    return tree


def tree_of(scenario: Scenario) -> Tree:
    """A meeting there is, to make another one of."""
    return scenario.model_dump(mode="json", by_alias=True)


def another(parts: Sequence[Tree], name: str) -> Tree:
    """One more of these parts with nothing in it yet but a name that none of them has."""
    made: Tree = {}
    for field, value in parts[0].items():
        made[field] = (
            name if field in {"topic", "id"} else type(value)() if isinstance(value, list | str) else value
        )
    return made


def as_yaml(tree: Mapping[str, Any]) -> str:
    """The file of a meeting."""
    return yaml.safe_dump(dict(tree), allow_unicode=True, sort_keys=False, width=110)


def drafted(turns: Sequence[Spoken], at: int, *, me: str, seat: Seat, title: str) -> Tree:
    """A meeting that begins where the turn `at` was said; `me` is who will rehearse.

    The other one's words become the opening, the facts and the cues; what a transcript cannot know stays as a draft.
    """
    tree = blank(seat)
    other = _other(turns, at, me)
    said = [turn for turn in turns if turn.speaker == other]
    before = [turn for turn in turns[: at + 1] if turn.speaker == other]
    tree |= {
        "id": _slug(title),
        "title": phrase("rehearsal", "draft-title", name=other, talk=title)[:140],
        "description": phrase("rehearsal", "draft-description", talk=title),
        "brief": f"{tree['brief']} {phrase('rehearsal', 'draft-brief', name=other)}",
        "openings": [_line(before[-1].text if before else said[0].text)] if said else tree["openings"],
    }
    tree["counterpart"] |= {"name": other.split()[0][:40], "persona": _persona(other, said)}
    tree["facts"] = _facts(tree["facts"], _near(turns, at, other))
    if cues := [_line(turn.text) for turn in said if _WORRY.search(turn.text)][:4]:
        tree["concern"] |= {"cues": cues, "about": _about(" ".join(cues)) or tree["concern"]["about"]}
    return tree


def _other(turns: Sequence[Spoken], at: int, me: str) -> str:
    """Who sits opposite: whoever speaks there, or else nearest before, and is not the one who rehearses."""
    near = [turn.speaker for turn in (*reversed(turns[: at + 1]), *turns[at + 1 :]) if turn.speaker != me]
    return near[0] if near else phrase("rehearsal", "draft-somebody")


def _persona(name: str, said: Sequence[Spoken]) -> str:
    longest = max((turn.text for turn in said), key=len, default="")
    return phrase("rehearsal", "draft-persona", name=name, quote=_line(longest)[:240])


def _near(turns: Sequence[Spoken], at: int, other: str) -> list[str]:
    """What the other one told around that line, the tellings with figures first."""
    around = [turn.text for turn in turns[max(0, at - _AROUND) : at + _AROUND + 1] if turn.speaker == other]
    told = [_line(text) for text in around if len(text.split()) >= 6 and not text.rstrip().endswith("?")]
    return sorted(dict.fromkeys(told), key=lambda text: -min(1, len(figures(text))))[:_MOST_FACTS]


def _facts(skeleton: list[Tree], told: Sequence[str]) -> list[Tree]:
    """Each telling as a topic of its own, before the ones that a meeting needs anyway."""
    made = [
        skeleton[0]
        | {
            "topic": f"told-{number}",
            "title": " ".join(text.split()[:8]),
            "gives": [],
            "about": _about(text) or ["that"],
            "full": [text],
            "partial": [_first_sentence(text)],
            "take_up": [phrase("rehearsal", "draft-take-up")],
            "ask": [phrase("rehearsal", "draft-ask", about=(_about(text) or ["that"])[0])],
            "deflect": [phrase("rehearsal", "draft-deflect")],
        }
        for number, text in enumerate(told, 1)
    ]
    return [*made, *skeleton]


def _about(text: str) -> list[str]:
    """The words that tell it from other lines, as they stand there."""
    words = re.findall(r"[^\W\d_][\w'’-]{3,}", text.lower())
    return list(dict.fromkeys(word for word in words if content(word)))[:10]


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]


def _line(text: str) -> str:
    """No longer than a line of his may be, whole sentences if possible."""
    text = " ".join(text.split())
    if len(text) <= _MOST_LINE:
        return text
    cut = text[:_MOST_LINE]
    return cut[: cut.rfind(". ") + 1] or cut


def _slug(title: str) -> str:
    words = re.findall(r"[a-z0-9]+", title.lower())
    return "-".join(["from", *words[:6]])[:70]
