"""Reads the moves of a conversation, utterance by utterance, with what was said before."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.moves.cues import cues
from assistant.moves.questions import asked
from assistant.moves.sentences import plain
from assistant.moves.utterance import MoveScore, Utterance

Floats = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Floats]

_SIGNS: dict[str, tuple[frozenset[str], ...]] = {
    "reflection": (
        frozenset({"so_you", "second_person"}),
        frozenset({"sounds_start"}),
        frozenset({"saying"}),
    ),
    "outcome_talk": (frozenset({"outcome", "number_unit"}), frozenset({"behave"})),
    "project_talk": (frozenset({"learning"}),),
    "persuading": (frozenset({"research"}), frozenset({"argue", "defend"})),
    "solution_proposal": (frozenset({"could_we", "artefact"}), frozenset({"i_would", "artefact"})),
    "approach": (frozenset({"before_i", "find_out"}), frozenset({"find_out", "decide"})),
    "small_start": (frozenset({"one_team"}),),
    "broad_rollout": (frozenset({"everyone", "learning"}),),
    "field_story": (frozenset({"once", "past_person"}),),
    "commitment": (frozenset({"i_will_do"}), frozenset({"i_will_when"})),
    "progress_report": (frozenset({"from_to", "so_far"}), frozenset({"where_are_we"})),
    "candour": (frozenset({"plain_no", "plainly"}),),
    "order": (frozenset({"i_need_it"}), frozenset({"imperative", "learning"})),
    "order_taking": (frozenset({"sure", "compliant"}),),
}


class Recogniser:
    """Moves of utterances; `embed` gives one unit row for each text."""

    def __init__(self, *, embed: Embed) -> None:
        self._embed = embed

    def read(self, utterances: Sequence[Utterance]) -> list[tuple[MoveScore, ...]]:
        """The chosen moves of each utterance in the order spoken, likeliest first; `other` alone where none is."""
        return [self._read_one(utterance) for utterance in utterances]

    def _read_one(self, utterance: Utterance) -> tuple[MoveScore, ...]:
        seen, kind = cues(plain(utterance.text)), asked(utterance.text)
        chosen = [f"{kind}_question"] if kind != "none" else []
        chosen += [move for move, signs in _SIGNS.items() if any(sign <= seen for sign in signs)]
        return tuple(MoveScore(move, 0.6) for move in chosen) or (MoveScore("other", 0.6),)
