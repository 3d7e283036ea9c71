"""`counterpart pair`: what is known between two people, and putting it right."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import DataDir, Json, print_json
from assistant.cli.pilot_shared import Person, opened, side_of, today, viewer_of
from assistant.errors import InputRefusedError

if TYPE_CHECKING:
    from assistant.pair.item import Item
    from assistant.pair.records import PairItem, PairRecord

With = Annotated[str | None, typer.Option("--with", help="The counterpart's name, or the id of a pair")]
ItemId = Annotated[str, typer.Argument(metavar="ID", help="The id of an item")]
Who = Annotated[str | None, typer.Option("--who", help="me, them, both, or a name")]
By = Annotated[str | None, typer.Option("--by", help="By when: 2026-03-13, Friday, end of the month")]
Went = Annotated[str | None, typer.Option("--went", help="Of what was tried: how it went")]


def register(app: typer.Typer) -> None:
    """Add the group of commands to `app`."""
    group = typer.Typer(help="What is known between you and your counterpart: see it, correct it, forget it.")
    group.callback(invoke_without_command=True)(_show_by_default)
    for command, name in (
        (show, "show"), (list_pairs, "list"), (begin, "begin"), (rename, "name"), (add, "add"), (correct, "correct"),
        (share, "share"), (forget, "forget"), (history, "history"),
    ):  # fmt: skip
        group.command(name)(command)
    app.add_typer(group, name="pair")


def _show_by_default(
    context: typer.Context,
    *,
    name: With = None,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    if context.invoked_subcommand is None:
        show(name=name, person=person, data_dir=data_dir, as_json=as_json)


def show(
    *, name: With = None, person: Person = None, data_dir: DataDir = None, as_json: Json = False
) -> None:
    """What is known between the two of you, with who told it and when."""
    with opened(data_dir) as house:
        viewer = viewer_of(house, person)
        pair = house.pairs.pair(viewer, name)
        items = house.pairs.items(viewer, pair.id)
    if as_json:
        print_json({**pair_contract(pair), "items": [item_contract(each) for each in items]})
        return
    typer.echo(f"{pair.learning_executive.name} and {pair.sales_vp.name}\n")
    for each in items:
        typer.echo(f"{each.id}  {each.item.on.isoformat()}  {each.item.kind:9}{_line(each, pair)}")
    if not items:
        typer.echo("Nothing is known yet. Tell how a meeting went: counterpart debrief --text “…”")


def list_pairs(*, person: Person = None, data_dir: DataDir = None, as_json: Json = False) -> None:
    """The pairs you belong to."""
    with opened(data_dir) as house:
        pairs = house.pairs.pairs(viewer_of(house, person))
    if as_json:
        print_json({"pairs": [pair_contract(each) for each in pairs]})
        return
    for each in pairs:
        typer.echo(f"{each.id}  {each.learning_executive.name} and {each.sales_vp.name}")


def begin(
    name: Annotated[str, typer.Argument(help="Your counterpart's name; they never have to sign in")],
    *,
    other: Annotated[
        str | None, typer.Option("--vp", help="For a coach: the VP's name, the other being learning")
    ] = None,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Begin a pair with somebody who is only a name."""
    with opened(data_dir) as house:
        viewer = viewer_of(house, person)
        role = side_of(house, viewer)
        if role == "coach":
            made = house.pairs.begin(viewer, learning_executive=name, sales_vp=other)
        elif role == "sales-vp":
            made = house.pairs.begin(viewer, learning_executive=name)
        else:
            made = house.pairs.begin(viewer, sales_vp=name)
    if as_json:
        print_json(pair_contract(made))
    else:
        typer.echo(f"{made.learning_executive.name} and {made.sales_vp.name}: {made.id}")


def rename(
    name: Annotated[str, typer.Argument(help="The name they go by")],
    *,
    pair_name: With = None,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Give your counterpart the name they go by."""
    with opened(data_dir) as house:
        viewer = viewer_of(house, person)
        pair = house.pairs.pair(viewer, pair_name)
        made = house.pairs.rename(viewer, pair.id, pair.other(viewer.person_id).role, name)
    if as_json:
        print_json(pair_contract(made))
    else:
        typer.echo(f"{made.learning_executive.name} and {made.sales_vp.name}")


def add(
    kind: Annotated[
        str,
        typer.Argument(help="promise, outcome, metric, group, tried, refused, quote, story, felt, manager"),
    ],
    words: Annotated[str, typer.Argument(help="In your words")],
    *,
    who: Who = None,
    by: By = None,
    went: Went = None,
    shared: Annotated[
        bool, typer.Option("--share", help="Your counterpart and your coach see it too")
    ] = False,
    name: With = None,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Add something by hand. Example: counterpart pair add promise "send the list" --who them --by Friday"""
    with opened(data_dir) as house:
        viewer = viewer_of(house, person)
        pair = house.pairs.pair(viewer, name)
        values = {
            "kind": kind,
            "words": words,
            "on": today(),
            "went": went,
            **_owner(who, pair, viewer),
            **_due(by),
        }
        item = _checked({name: value for name, value in values.items() if value is not None})
        (kept,) = house.pairs.add(viewer, pair.id, [item], visibility="pair" if shared else "me")
    _tell(kept, as_json)


def correct(
    item_id: ItemId,
    *,
    words: Annotated[str | None, typer.Option("--words", help="What should stand there")] = None,
    who: Who = None,
    by: By = None,
    went: Went = None,
    version: Annotated[
        int | None, typer.Option("--version", help="Refuse it if somebody changed it since")
    ] = None,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Put an item right."""
    with opened(data_dir) as house:
        viewer = viewer_of(house, person)
        pair = house.pairs.pair(viewer, house.pairs.item(viewer, item_id).pair_id)
        given = {"words": words, "went": went, **_owner(who, pair, viewer), **_due(by)}
        changes = {name: value for name, value in given.items() if value is not None}
        if not changes:
            raise InputRefusedError(
                "Nothing to change was given", next_step="Use --words, --who, --by or --went"
            )
        kept = house.pairs.change(
            viewer,
            item_id,
            lambda item: _checked({**item.model_dump(), **changes}),
            about="Put right",
            version=version,
        )
    _tell(kept, as_json)


def share(
    item_id: ItemId,
    *,
    off: Annotated[bool, typer.Option("--off", help="Only you see it again")] = False,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Let your counterpart and your coach see an item that you told."""
    with opened(data_dir) as house:
        kept = house.pairs.share(viewer_of(house, person), item_id, "me" if off else "pair")
    _tell(kept, as_json)


def forget(
    item_id: ItemId, *, person: Person = None, data_dir: DataDir = None, as_json: Json = False
) -> None:
    """Remove an item for good: no later answer uses it."""
    with opened(data_dir) as house:
        gone = house.pairs.forget(viewer_of(house, person), item_id)
    if as_json:
        print_json({"forgotten": item_id})
    else:
        typer.echo(f"Forgotten: {gone.kept.item.words}")


def history(
    item_id: ItemId, *, person: Person = None, data_dir: DataDir = None, as_json: Json = False
) -> None:
    """Who changed an item, when, and how."""
    with opened(data_dir) as house:
        viewer = viewer_of(house, person)
        changes = house.pairs.history(viewer, item_id)
        names = {each.id: each.name for each in house.people.list()}
    rows = [
        {
            "version": each.version, "by": names.get(each.by, each.by), "at": each.at.isoformat(),
            "about": each.about, "changes": dict(each.changes),
        }
        for each in changes
    ]  # fmt: skip
    if as_json:
        print_json({"id": item_id, "history": rows})
        return
    for row in rows:
        typer.echo(f"{row['at'][:16]}  {row['by']}: {row['about']}")


def pair_contract(pair: "PairRecord") -> dict[str, Any]:
    """A pair for programs."""
    people = {"learning_executive": pair.learning_executive, "sales_vp": pair.sales_vp, "coach": pair.coach}
    told = {
        role: {"id": each.id, "name": each.name, "only_name": each.only_name} if each else None
        for role, each in people.items()
    }
    return {"id": pair.id, **told}


def item_contract(kept: "PairItem") -> dict[str, Any]:
    """An item for programs."""
    return {
        "id": kept.id, "pair": kept.pair_id, "told_by": kept.owner_id, "visibility": kept.visibility,
        "version": kept.version, **kept.item.model_dump(mode="json"),
    }  # fmt: skip


def _owner(who: str | None, pair: "PairRecord", viewer: Any) -> dict[str, str | None]:
    from assistant.debrief.read import owner_in

    meant = {"them": "counterpart", "they": "counterpart", "him": "counterpart", "her": "counterpart"}.get(
        who or "", who
    )
    return {"who": owner_in(pair, meant, person_id=viewer.person_id)} if who else {}


def _due(by: str | None) -> dict[str, Any]:
    if by is None:
        return {}
    from assistant.debrief.dates import day_of

    return {"due": day_of(by, today=today()), "due_words": by}


def _checked(values: dict[str, Any]) -> "Item":
    from pydantic import ValidationError

    from assistant.pair.item import KINDS, Item

    try:
        return Item.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "it"
        message = first["msg"].removeprefix("Value error, ")
        raise InputRefusedError(
            f"{field}: {message[:1].lower()}{message[1:]}",
            kept="Nothing was kept",
            next_step=f"A kind is one of {', '.join(KINDS)}",
        ) from error


def _line(kept: "PairItem", pair: "PairRecord") -> str:
    item = kept.item
    who = f"{pair.name_of(item.who)}: " if item.who and item.kind == "promise" else ""
    due = f" (by {item.due.isoformat()})" if item.due else f" ({item.due_words})" if item.due_words else ""
    state = f" [{item.state}]" if item.state else ""
    went = f" – {item.went}" if item.went else ""
    return f"{who}{item.words}{went}{due}{state}{'  (shared)' if kept.visibility == 'pair' else ''}"


def _tell(kept: "PairItem", as_json: bool) -> None:
    if as_json:
        print_json(item_contract(kept))
    else:
        typer.echo(f"Kept: {kept.item.words} ({kept.id})")
