"""A chat model's second reading of moves beside the local one, on the same labelled lines."""

from collections.abc import Sequence

from assistant.errors import InputRefusedError
from assistant.moves import Recogniser
from assistant.moves.examples import Scenario, digest
from assistant.moves.second import SecondReader, prompt_digest
from assistant.moves.trial import Trial, compared
from knowledge.progress import Progress, silent


def try_second(
    reader: SecondReader,
    scenarios: Sequence[Scenario],
    *,
    recogniser: Recogniser,
    held_back: bool,
    limit: int | None = None,
    progress: Progress = silent,
) -> Trial:
    """Have both read the scenarios, as many whole ones as `limit` lines hold. Raises `ModelError` where the model fails."""
    chosen = _within(scenarios, limit)
    if not chosen:
        raise InputRefusedError("No scenario is that short", next_step="Give --limit 20 or more")
    local, second, tokens = [], [], [0, 0]
    for done, each in enumerate(chosen):
        progress("Reading", done, len(chosen))
        local.append([frozenset(m.move for m in moves) for moves in recogniser.read(each.utterances)])
        read = reader.read(each.utterances)
        if read.fault is not None:
            raise read.fault
        second.append([read.moves.get(place) for place in range(len(each.utterances))])
        tokens = [tokens[0] + read.usage.tokens_in, tokens[1] + read.usage.tokens_out]
    return Trial(
        model=reader.name,
        place=reader.place,
        prompt=prompt_digest(),
        data=digest(scenarios),
        weights=recogniser.model.data,
        held_back=held_back,
        tokens_in=tokens[0],
        tokens_out=tokens[1],
        **compared(chosen, local, second),
    )


def _within(scenarios: Sequence[Scenario], limit: int | None) -> list[Scenario]:
    """Every so many-th scenario, as far as their lines are fewer than `limit`."""
    if limit is None:
        return list(scenarios)
    every = sum(len(each.utterances) for each in scenarios)
    step = max(1, every // limit)
    chosen: list[Scenario] = []
    for each in scenarios[::step]:
        if sum(len(one.utterances) for one in [*chosen, each]) <= limit:
            chosen.append(each)
    return chosen
