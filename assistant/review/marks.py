"""What each turn of a conversation does: its moves, and in long turns those of every sentence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.moves import MoveScore, Utterance
from assistant.moves.corrections import said_by_a_person
from assistant.moves.sentences import sentences
from assistant.review.transcript import Transcript, Turn

MOVE_OF = {
    "order": "order", "accepts": "order_taking", "solution": "solution_proposal", "argues": "persuading",
    "candid": "candour", "outcome": "outcome_talk", "plays_back": "reflection", "approach": "approach",
    "group": "small_start", "story": "field_story", "step": "commitment", "progress": "progress_report",
}  # fmt: skip
"""The move that says nearly the same as an act; where a person corrected a line's moves, its act follows."""

LONG_TURN_WORDS = 40
SHORT_SENTENCE_WORDS = 5
LEARNING, VP, COACH = "learning-executive", "sales-vp", "coach"


class Reader(Protocol):
    """Says what utterances do, in the order spoken."""

    def read(self, utterances: Sequence[Utterance]) -> list[tuple[MoveScore, ...]]:
        """The moves of each utterance."""


ActReader = Callable[[Sequence[Utterance]], Sequence[Mapping[str, float]]]
"""Gives every act with its score (see `acts.py`), for each utterance in the order spoken."""
STRETCH_WORDS = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a turn, verbatim, and the moves in it with their scores."""

    text: str
    moves: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A turn with the role of who speaks, its place from 0, its moves, its pieces, and its acts where they were read."""

    turn: Turn
    role: str | None
    place: int
    moves: tuple[MoveScore, ...]
    pieces: tuple[Piece, ...]
    acts: Mapping[str, float] | None = None

    @property
    def id(self) -> str:
        """The turn's id."""
        return self.turn.id

    @property
    def text(self) -> str:
        """What was said."""
        return self.turn.text

    @property
    def speaker(self) -> str:
        """Who spoke."""
        return self.turn.speaker

    def does(self, *moves: str, least: float = 0.0) -> bool:
        """Whether one of these moves was chosen for the turn, with at least this score."""
        return any(each.move in moves and each.score >= least for each in self.moves)

    def acted(self, act: str, least: float = 0.5) -> bool:
        """Whether this act was read in the turn, with at least this score."""
        return self.acts is not None and self.acts[act] >= least

    def piece(self, *moves: str) -> Piece:
        """The stretch that makes one of these moves most surely; the first one where none does."""
        return max(self.pieces, key=lambda piece: max(piece.moves.get(move, 0.0) for move in moves))


def read_lines(
    transcript: Transcript,
    roles: Mapping[str, str | None],
    recogniser: Reader,
    *,
    corrected: Mapping[str, Sequence[str]] | None = None,
    acts: ActReader | None = None,
    second: Mapping[str, Mapping[str, float]] | None = None,
) -> tuple[Line, ...]:
    """Every turn with what it does. A person's word (`corrected`: moves by turn id) stands above the machine's.

    `second` are the moves of a second reading, by turn id, which stand above the recogniser's.
    """
    cut = [_pieces(turn.text) for turn in transcript.turns]
    utterances = [
        Utterance(f"{turn.id}.{number}", turn.speaker, roles.get(turn.speaker), text)
        for turn, texts in zip(transcript.turns, cut, strict=True)
        for number, text in enumerate(texts)
    ]
    found = iter(recogniser.read(utterances))
    acted = _read_acts(transcript, roles, acts) if acts else None
    lines = []
    for place, (turn, texts) in enumerate(zip(transcript.turns, cut, strict=True)):
        read = [(text, next(found)) for text in texts]
        said = (corrected or {}).get(turn.id)
        line = _line(turn, roles.get(turn.speaker), place, read, said)
        if said is None and second and turn.id in second:
            line = _read_again(line, second[turn.id])
        if acted is not None:
            line = replace(line, acts=_acts(acted[place], said))
        lines.append(line)
    return tuple(lines)


def _read_acts(
    transcript: Transcript, roles: Mapping[str, str | None], acts: ActReader
) -> list[list[Mapping[str, float]]]:
    """The acts of every turn, in stretches of a few sentences where it is long."""
    cut = [_stretches(turn.text) for turn in transcript.turns]
    utterances = [
        Utterance(f"{turn.id}.{number}", turn.speaker, roles.get(turn.speaker), text)
        for turn, texts in zip(transcript.turns, cut, strict=True)
        for number, text in enumerate(texts)
    ]
    found = iter(acts(utterances))
    return [[next(found) for _ in texts] for texts in cut]


def _stretches(text: str) -> list[str]:
    """The whole of a turn of up to 60 words, else its sentences, as many at a time as have fewer."""
    if len(text.split()) <= STRETCH_WORDS:
        return [text]
    found: list[str] = []
    for sentence in sentences(text):
        if found and len(found[-1].split()) + len(sentence.split()) <= STRETCH_WORDS:
            found[-1] += f" {sentence}"
        else:
            found.append(sentence)
    return found


def _acts(parts: Sequence[Mapping[str, float]], said: Sequence[str] | None) -> Mapping[str, float]:
    """The best score of all parts; where a person named the moves, the acts that say the same follow them."""
    best = {act: max(part[act] for part in parts) for act in parts[0]}
    if said is None:
        return best
    best |= {act: float(move in said) for act, move in MOVE_OF.items()}
    return best | ({"dodges": 0.0} if {"reflection", "open_question"} & set(said) else {})


def _line(
    turn: Turn,
    role: str | None,
    place: int,
    read: Sequence[tuple[str, tuple[MoveScore, ...]]],
    said: Sequence[str] | None,
) -> Line:
    if said is not None:
        moves = said_by_a_person(said)
        pieces = tuple(Piece(text, {each.move: 1.0 for each in moves}) for text, _ in read)
        return Line(turn, role, place, moves, pieces)
    pieces = tuple(Piece(text, {each.move: each.score for each in scores}) for text, scores in read)
    return Line(turn, role, place, _together([scores for _, scores in read]), pieces)


def _read_again(line: Line, moves: Mapping[str, float]) -> Line:
    """The line with the moves of a second reading; where in it they stand is still told by the first."""
    if any(each.human for each in line.moves):
        return line
    found = tuple(MoveScore(move, score) for move, score in sorted(moves.items(), key=lambda each: -each[1]))
    pieces = line.pieces if len(line.pieces) > 1 else (Piece(line.text, dict(moves)),)
    return replace(line, moves=found, pieces=pieces)


def _together(parts: Sequence[tuple[MoveScore, ...]]) -> tuple[MoveScore, ...]:
    """The moves of all parts, each with its best score; `other` only where nothing else is."""
    best: dict[str, MoveScore] = {}
    for each in (score for part in parts for score in part):
        if each.move not in best or each.score > best[each.move].score:
            best[each.move] = each
    named = [each for name, each in best.items() if name != "other"]
    return tuple(sorted(named, key=lambda each: -each.score)) or (
        best.get("other") or MoveScore("other", 1.0),
    )


def _pieces(text: str) -> list[str]:
    """The whole of a short turn; the sentences of a long one, the shortest with the one after it."""
    if len(text.split()) <= LONG_TURN_WORDS:
        return [text]
    found: list[str] = []
    for sentence in sentences(text):
        if found and len(found[-1].split()) < SHORT_SENTENCE_WORDS:
            found[-1] += f" {sentence}"
        else:
            found.append(sentence)
    return found
