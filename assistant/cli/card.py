"""`counterpart card`: the playbook's cards, shipped and own; an own one is a file in the data directory."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import DataDir, Json, print_json
from assistant.errors import CardError, InputRefusedError, NotFoundError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from knowledge.card_check import Checked
    from knowledge.own_cards import OwnCards

_LOOK = "“counterpart card list” names them all"
CardId = Annotated[str, typer.Argument(metavar="ID", help="The id of a card")]
Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help="Markdown files, one card each")]


def register(app: typer.Typer) -> None:
    """Add the group of commands to `app`."""
    group = typer.Typer(help="The playbook's cards: read them, and keep your own.", no_args_is_help=True)
    for command, name in (
        (list_cards, "list"), (show, "show"), (check, "check"), (add, "add"), (remove, "remove"), (diff, "diff"),
        (keep, "keep"),
    ):  # fmt: skip
        group.command(name)(command)
    app.add_typer(group, name="card")


def list_cards(data_dir: DataDir = None, as_json: Json = False) -> None:
    """Every card: shipped, changed here, or your own; and every file that cannot be used."""
    own = _own(data_dir)
    playbook, outdated = own.playbook(), {upgrade.card_id for upgrade in own.upgrades()}
    cards = [
        {
            "id": card.id, "title": card.title, "kind": card.kind, "audience": list(card.about.audience),
            "principles": list(card.about.principles), "origin": playbook.origins.get(card.id, "shipped"),
            "shipped_one_changed": card.id in outdated,
        }
        for card in playbook.cards
    ]  # fmt: skip
    if as_json:
        print_json({"cards": cards, "errors": [error.what for error in playbook.errors]})
    else:
        for card in cards:
            _tell_row(card)
    for error in playbook.errors:
        sys.stderr.write(f"{error.what}. The file was left out.\n")


def show(card_id: CardId, data_dir: DataDir = None, as_json: Json = False) -> None:
    """One card as its file has it, so that “counterpart card show ID > ID.md” begins a change."""
    own = _own(data_dir)
    source = own.source(card_id)
    if source is None:
        raise NotFoundError(f"There is no card {card_id}", next_step=_LOOK)
    if as_json:
        print_json({"id": card_id, "origin": own.origin(card_id), "source": source})
    else:
        sys.stdout.write(source if source.endswith("\n") else f"{source}\n")


def check(files: Files, as_json: Json = False) -> None:
    """Look card files over without keeping them; exit code 2 if one cannot be used."""
    from knowledge.card_check import check_card
    from knowledge.own_files import text_of

    checked: list[dict[str, Any]] = []
    refused: list[CardError] = []
    for path in files:
        try:
            found = check_card(text_of(path), name=path.name)
            checked.append({"file": str(path), "id": found.card.id, "remarks": list(found.remarks)})
        except CardError as error:
            refused.append(error)
    if refused:
        more = f" ({len(refused) - 1} more of {len(files)} files have a fault)" if len(refused) > 1 else ""
        raise CardError(
            f"{refused[0].what}{more}", kept="Nothing was changed", next_step="Mend it and check again"
        )
    if as_json:
        print_json({"cards": checked})
        return
    for each in checked:
        typer.echo(f"{each['file']}: {each['id']} can be used")
        for remark in each["remarks"]:
            typer.echo(f"  {remark}")


def add(files: Files, data_dir: DataDir = None, as_json: Json = False) -> None:
    """Keep cards of your own; one with the id of a shipped card takes its place. All of them, or none."""
    from knowledge.own_files import text_of

    own = _own(data_dir)
    sources = [(path, text_of(path)) for path in files]
    found = [own.files.check(path) for path, _ in sources]
    _refuse_twins(found)
    for path, source in sources:
        own.save(source, name=path.name)
    added = [
        {"id": each.card.id, "origin": own.origin(each.card.id), "remarks": list(each.remarks)}
        for each in found
    ]
    if as_json:
        print_json({"added": added})
        return
    for card in added:
        instead = " in place of the shipped card" if card["origin"] == "changed" else ""
        typer.echo(f"{card['id']} is in the playbook{instead}.")


def remove(card_id: CardId, data_dir: DataDir = None, as_json: Json = False) -> None:
    """Take a card of your own out; where it stood for a shipped one, that one is back."""
    own = _own(data_dir)
    aside = own.remove(card_id)
    back = card_id in own.shipped
    if as_json:
        print_json({"removed": card_id, "shipped_again": back, "kept": str(aside)})
        return
    typer.echo(f"{card_id} was removed; what it said is in {aside}.")
    if back:
        typer.echo("The shipped card is back.")


def diff(card_id: CardId, data_dir: DataDir = None, as_json: Json = False) -> None:
    """Your card beside the shipped one; and what changed in the shipped one since you changed yours."""
    own = _own(data_dir)
    difference, upgrade = own.difference(card_id), own.upgrade(card_id)
    news = upgrade.news if upgrade else ""
    if as_json:
        print_json({"id": card_id, "difference": difference, "shipped_changes": news})
        return
    typer.echo(difference or "They are the same.")
    if news:
        typer.echo(f"\nThe shipped card changed since yours was made:\n\n{news}\n")
        typer.echo(
            f"Take it: “counterpart card remove {card_id}”. Leave it: “counterpart card keep {card_id}”."
        )


def keep(card_id: CardId, data_dir: DataDir = None, as_json: Json = False) -> None:
    """Leave your card as it is, though the shipped one changed; that change is not shown again."""
    _own(data_dir).leave(card_id)
    if as_json:
        print_json({"kept": card_id})
    else:
        typer.echo(f"{card_id} stays as you have it.")


def _own(data_dir: Path | None) -> "OwnCards":
    from knowledge.own_cards import OwnCards

    return OwnCards.in_data_dir(load_settings(data_dir=data_dir).data_dir)


def _refuse_twins(found: "list[Checked]") -> None:
    ids = [each.card.id for each in found]
    if twice := next((name for name in ids if ids.count(name) > 1), None):
        raise InputRefusedError(f"Two files hold the card {twice}", kept="Nothing was changed")


def _tell_row(card: dict[str, Any]) -> None:
    origin = {"shipped": "", "changed": "changed here", "own": "your own"}[card["origin"]]
    news = (
        "; the shipped one changed since, see “counterpart card diff”" if card["shipped_one_changed"] else ""
    )
    typer.echo(f"{card['id']:36} {card['title']}{f'  ({origin}{news})' if origin else ''}")
