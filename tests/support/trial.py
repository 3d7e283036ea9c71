"""The verdict of a trial that the chat model of an instance won."""

from assistant.bootstrap import House
from assistant.moves import MOVES
from assistant.moves.second import prompt_digest
from assistant.moves.trial import Trial, shipped_digest


def won_trial(house: House) -> Trial:
    """As `counterpart eval moves --model` would have kept it; it is kept here."""
    reader = house.second_reader
    assert reader is not None
    trial = Trial(
        model=reader.name, place=reader.place, prompt=prompt_digest(), data=shipped_digest(),
        weights=house.moves.model.data, held_back=True, scenarios=20, lines=400, unread=3,
        local={"macro_f1": 0.66, "micro_f1": 0.7}, model_figures={"macro_f1": 0.75, "micro_f1": 0.76},
        precision=dict.fromkeys(MOVES, 0.8), surely_better=0.99, tokens_in=1, tokens_out=1,
    )  # fmt: skip
    trial.save(house.settings.data_dir)
    return trial
