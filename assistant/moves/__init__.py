"""What an utterance does in a conversation: the seventeen moves, recognised locally."""

from assistant.moves.recogniser import Recogniser
from assistant.moves.utterance import MOVES, MoveScore, Utterance

__all__ = ["MOVES", "MoveScore", "Recogniser", "Utterance"]
