"""`counterpart eval moves`: how well moves are recognised, on scenarios that nothing was trained or tuned on."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import DataDir, Json, print_json, shown_progress
from assistant.errors import InputRefusedError
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.evals.moves import MovesReport
    from assistant.moves.trial import Trial


def register(app: typer.Typer) -> None:
    """Add the command to `app`, the group of evaluations."""
    app.command("moves")(moves)


def moves(
    *,
    card: Annotated[
        Path | None, typer.Option(help="Write the figures into this model card, between its two marks")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--model",
            help="Have this chat model read the same lines; one that reads them better may be asked in a review",
            show_default=False,
        ),
    ] = None,
    dev: Annotated[
        bool,
        typer.Option("--dev", help="With --model: lines the local recogniser learnt from; decides nothing"),
    ] = False,
    limit: Annotated[
        int | None, typer.Option(help="With --model: at most so many lines, spread over the part", min=20)
    ] = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Read the held-back scenarios and compare with their labels.

    Example: counterpart eval moves --model openai:gpt-5.4-mini --limit 400
    """
    if model is not None:
        _second(load_settings(data_dir=data_dir, model=model), dev=dev, limit=limit, as_json=as_json)
        return
    if dev or limit is not None:
        raise InputRefusedError("--dev and --limit go with --model", next_step="Name a chat model as well")
    from assistant.bootstrap import embedder_of, recogniser_of
    from assistant.evals.moves import evaluate_moves
    from assistant.evals.movescard import write_figures
    from assistant.moves.examples import read_scenarios

    settings = load_settings(data_dir=data_dir)
    held_back = [each for each in read_scenarios() if each.held_back]
    with shown_progress() as progress:
        report = evaluate_moves(recogniser_of(embedder_of(settings)), held_back, progress=progress)
    if card is not None:
        write_figures(card, report)
    if as_json:
        print_json(asdict(report))
    else:
        _tell(report)


def _second(settings: Settings, *, dev: bool, limit: int | None, as_json: bool) -> None:
    """The chat model beside the local recogniser; the verdict on the held-back part is kept in the data directory."""
    from assistant.bootstrap import open_house
    from assistant.evals.second import try_second
    from assistant.moves.examples import read_scenarios

    if settings.chat_model == "none":
        raise InputRefusedError("“none” is no chat model", next_step="Name one, such as openai:gpt-5.4-mini")
    settings.check_model()
    part = [each for each in read_scenarios() if each.held_back is not dev]
    with shown_progress() as progress, open_house(settings, progress=progress, brief=True) as house:
        reader = house.second_reader
        assert reader is not None  # noqa: S101  # a model was named
        trial = try_second(
            reader, part, recogniser=house.moves, held_back=not dev, limit=limit, progress=progress
        )
    if not dev:
        trial.save(settings.data_dir)
    if as_json:
        print_json(asdict(trial) | {"won": trial.won})
    else:
        _tell_trial(trial)


def _tell_trial(trial: "Trial") -> None:
    from assistant.moves.trial import LEAST_LINES, LEAST_SCENARIOS, SURE

    typer.echo(
        f"{trial.lines} lines of {trial.scenarios} scenarios, {trial.unread} left out by the model\n\n"
        f"{'':22}{'local':>8}{trial.model:>{len(trial.model) + 3}}"
    )
    for name in trial.local:
        theirs = f"{trial.model_figures[name]:.3f}"
        typer.echo(f"{name.replace('_', ' '):22}{trial.local[name]:8.3f}{theirs:>{len(trial.model) + 3}}")
    typer.echo(f"\nbetter in {trial.surely_better:.0%} of samples of the scenarios, {SURE:.0%} are asked for")
    typer.echo(f"{trial.tokens_in:,} tokens in, {trial.tokens_out:,} out")
    if not trial.held_back:
        typer.echo("Nothing is decided: the local recogniser learnt from these lines.")
    elif trial.won:
        typer.echo(
            "It won: a review may have it read a second time (counterpart review FILE --second-reading)."
        )
    elif trial.lines < LEAST_LINES or trial.scenarios < LEAST_SCENARIOS:
        typer.echo(f"Too few lines to tell: {LEAST_LINES} of {LEAST_SCENARIOS} scenarios are asked for.")
    else:
        typer.echo("It did not win: the local reading stands, and this model is not asked in a review.")


def _tell(report: "MovesReport") -> None:
    typer.echo(f"{report.scenarios} scenarios, {report.utterances} utterances, none of them trained on")
    typer.echo(f"\n{'move':20}{'there':>6}{'precision':>11}{'recall':>8}{'F1':>6}")
    for each in report.moves:
        typer.echo(f"{each.move:20}{each.there:6}{each.precision:11.2f}{each.recall:8.2f}{each.f1:6.2f}")
    typer.echo("")
    for name, value in asdict(report).items():
        if isinstance(value, float):
            typer.echo(f"{name.replace('_', ' '):30}{value:6.3f}")
    typer.echo("\nmissed, and seen in its place")
    for missed, wrong, times in report.confused:
        typer.echo(f"  {missed:20}{wrong:20}{times:3}")
