"""`counterpart pair`: what is known between two people, and putting it right."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import pair_coach, pair_manager
from assistant.cli.pilot_shared import side_of, today
from assistant.cli.seat import Seat, With, by_default, seated
from assistant.errors import InputRefusedError

if TYPE_CHECKING:
    from assistant.pair.item import Item
    from assistant.pair.records import PairItem, PairRecord

ItemId = Annotated[str, typer.Argument(metavar="ID", help="The id of an item")]
Version = Annotated[int | None, typer.Option("--version", help="Refuse it if somebody changed it since")]
Who = Annotated[str | None, typer.Option("--who", help="me, them, both, or a name")]
By = Annotated[str | None, typer.Option("--by", help="By when: 2026-03-13, Friday, end of the month")]
Went = Annotated[str | None, typer.Option("--went", help="Of what was tried: how it went")]
_THEM = {"them": "counterpart", "they": "counterpart", "him": "counterpart", "her": "counterpart"}


def register(app: typer.Typer) -> None:
    """Add the group of commands to `app`."""
    group = typer.Typer(help="What is known between you and your counterpart: see it, correct it, forget it.")
    by_default(group, seated(show))
    for command, name in (
        (show, "show"), (list_pairs, "list"), (begin, "begin"), (rename, "name"), (add, "add"), (correct, "correct"),
        (share, "share"), (forget, "forget"), (history, "history"),
    ):  # fmt: skip
        group.command(name)(seated(command))
    pair_coach.register(group)
    pair_manager.register(group)
    app.add_typer(group, name="pair")


def show(seat: Seat, *, name: With = None) -> None:
    """What is known between the two of you, with who told it and when."""
    pair = seat.pair(name)
    items = seat.house.pairs.items(seat.viewer, pair.id)
    lines = [
        f"{each.id}  {each.item.on.isoformat()}  {each.item.kind:9}{_line(each, pair)}" for each in items
    ]
    nothing = "Nothing is known yet. Tell how a meeting went: counterpart debrief --text “…”"
    seat.answer(
        {**pair_contract(pair), "items": [item_contract(each) for each in items]},
        f"{_names(pair)}\n",
        *(lines or [nothing]),
    )


def list_pairs(seat: Seat) -> None:
    """The pairs you belong to."""
    pairs = seat.house.pairs.pairs(seat.viewer)
    seat.answer(
        {"pairs": [pair_contract(each) for each in pairs]}, *(f"{each.id}  {_names(each)}" for each in pairs)
    )


def begin(
    seat: Seat,
    name: Annotated[str, typer.Argument(help="Your counterpart's name; they never have to sign in")],
    *,
    other: Annotated[
        str | None, typer.Option("--vp", help="For a coach: the VP's name, the other being learning")
    ] = None,
) -> None:
    """Begin a pair with somebody who is only a name."""
    pairs, role = seat.house.pairs, side_of(seat.house, seat.viewer)
    if role == "coach":
        made = pairs.begin(seat.viewer, learning_executive=name, sales_vp=other)
    elif role == "sales-vp":
        made = pairs.begin(seat.viewer, learning_executive=name)
    else:
        made = pairs.begin(seat.viewer, sales_vp=name)
    seat.answer(pair_contract(made), f"{_names(made)}: {made.id}")


def rename(
    seat: Seat,
    name: Annotated[str, typer.Argument(help="The name they go by")],
    *,
    pair_name: With = None,
) -> None:
    """Give your counterpart the name they go by."""
    pair = seat.pair(pair_name)
    made = seat.house.pairs.rename(seat.viewer, pair.id, pair.other(seat.viewer.person_id).role, name)
    seat.answer(pair_contract(made), _names(made))


def add(
    seat: Seat,
    kind: Annotated[
        str,
        typer.Argument(help="promise, outcome, metric, group, tried, refused, quote, story, felt, manager"),
    ],
    words: Annotated[str, typer.Argument(help="In your words")],
    *,
    who: Who = None,
    by: By = None,
    went: Went = None,
    shared: Annotated[bool, typer.Option("--share", help="Your counterpart sees it too")] = False,
    name: With = None,
) -> None:
    """Add something by hand. Example: counterpart pair add promise "send the list" --who them --by Friday"""
    pair = seat.pair(name)
    values = {
        "kind": kind, "words": words, "on": today(), "went": went, **_owner(who, pair, seat.viewer), **_due(by),
    }  # fmt: skip
    item = _checked({name: value for name, value in values.items() if value is not None})
    (kept,) = seat.house.pairs.add(seat.viewer, pair.id, [item], visibility="pair" if shared else "me")
    _tell(seat, kept)


def correct(
    seat: Seat,
    item_id: ItemId,
    *,
    words: Annotated[str | None, typer.Option("--words", help="What should stand there")] = None,
    who: Who = None,
    by: By = None,
    went: Went = None,
    version: Version = None,
) -> None:
    """Put an item right."""
    pairs, viewer = seat.house.pairs, seat.viewer
    pair = seat.pair(pairs.item(viewer, item_id).pair_id)
    given = {"words": words, "went": went, **_owner(who, pair, viewer), **_due(by)}
    changes = {name: value for name, value in given.items() if value is not None}
    if not changes:
        raise InputRefusedError("Nothing to change was given", next_step="Use --words, --who, --by or --went")

    def put_right(item: "Item") -> "Item":
        return _checked({**item.model_dump(), **changes})

    _tell(seat, pairs.change(viewer, item_id, put_right, about="Put right", version=version))


def share(
    seat: Seat,
    item_id: ItemId,
    *,
    off: Annotated[bool, typer.Option("--off", help="Only you see it again")] = False,
) -> None:
    """Let your counterpart see an item that you told."""
    _tell(seat, seat.house.pairs.share(seat.viewer, item_id, "me" if off else "pair"))


def forget(seat: Seat, item_id: ItemId) -> None:
    """Remove an item for good: no later answer uses it."""
    gone = seat.house.pairs.forget(seat.viewer, item_id)
    seat.answer({"forgotten": item_id}, f"Forgotten: {gone.kept.item.words}")


def history(seat: Seat, item_id: ItemId) -> None:
    """Who changed an item, when, and how."""
    names = {each.id: each.name for each in seat.house.people.list()}
    rows = [
        {
            "version": each.version, "by": names.get(each.by, each.by), "at": each.at.isoformat(),
            "about": each.about, "changes": dict(each.changes),
        }
        for each in seat.house.pairs.history(seat.viewer, item_id)
    ]  # fmt: skip
    lines = (f"{str(row['at'])[:16]}  {row['by']}: {row['about']}" for row in rows)
    seat.answer({"id": item_id, "history": rows}, *lines)


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


def _names(pair: "PairRecord") -> str:
    return f"{pair.learning_executive.name} and {pair.sales_vp.name}"


def _owner(who: str | None, pair: "PairRecord", viewer: Any) -> dict[str, str | None]:
    from assistant.debrief.read import owner_in

    return {"who": owner_in(pair, _THEM.get(who, who), person_id=viewer.person_id)} if who else {}


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


def _tell(seat: Seat, kept: "PairItem") -> None:
    seat.answer(item_contract(kept), f"Kept: {kept.item.words} ({kept.id})")
