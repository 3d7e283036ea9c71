"""A conversation read a second time, by a chat model that has won its trial."""

from collections.abc import Callable, Sequence

from assistant.errors import InputRefusedError
from assistant.moves.second import SecondReader, SecondReading
from assistant.moves.trial import Trial
from assistant.moves.utterance import Utterance
from knowledge.progress import Progress
from prompts import phrase

LONGEST_S = 240.0
"""Seconds after which the rest of a long conversation stays as it was read here."""


def read_again(
    utterances: Sequence[Utterance],
    *,
    reader: SecondReader,
    trial: Trial | None,
    progress: Progress,
    waiting: Callable[[], object] = lambda: None,
) -> SecondReading:
    """What it reads, scored by how often it was right. Refused without a trial that it won.

    Raises `ModelError` where the model fails before any line; after that, what it did not come to stays as it was.
    `waiting` is called a few times a second, and what it raises ends it.
    """
    if trial is None or not trial.won:
        why = "has not been compared with" if trial is None else "does not read better than"
        raise InputRefusedError(
            f"{reader.name} {why} the local reading, so it is not used",
            kept="The local reading stands",
            next_step=f"Run counterpart eval moves --model {reader.name}",
        )
    read = reader.read(utterances, within=LONGEST_S, progress=progress, waiting=waiting)
    if read.fault is not None and not read.moves:
        raise read.fault
    told = phrase(
        "moves",
        "second-told",
        model=reader.name,
        lines=str(trial.lines),
        theirs=_figure(trial.model_figures["macro_f1"]),
        ours=_figure(trial.local["macro_f1"]),
    )
    if len(read.moves) < len(utterances):
        told += " " + phrase("moves", "second-part", read=str(len(read.moves)), lines=str(len(utterances)))
    return SecondReading(
        model=reader.name,
        weights=trial.weights,
        told=told,
        turns={
            utterances[at].id: {move: trial.precision[move] for move in moves}
            for at, moves in read.moves.items()
        },
        call=reader.call(read),
        lines=len(utterances),
    )


def _figure(value: float) -> str:
    return f"{value:.2f}".removeprefix("0")
