"""Pairs and what is known between them, in the database: changed by either of the two, and every change kept."""

import builtins
from collections.abc import Callable, Collection, Sequence
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.errors import InputRefusedError, NotFoundError
from assistant.pair.item import Item, Kind
from assistant.pair.records import Forgotten, PairItem, PairItemChange, PairRecord, Visibility
from assistant.storage.people import pairs_of, person_of
from knowledge.store import tables
from knowledge.store.access import Viewer, between_us, may_change, unveiled, visible
from knowledge.store.engine import Store
from knowledge.store.tables import utc_now

__all__ = ["Pairs"]

_LONGEST_NAME = 80


class Pairs:
    """`PairRecords` on a `Store`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def pairs(self, viewer: Viewer) -> builtins.list[PairRecord]:
        with self._store.read() as session:
            return _pairs(session, viewer)

    def pair(self, viewer: Viewer, wanted: str | None = None) -> PairRecord:
        return _chosen(self.pairs(viewer), viewer, wanted)

    def begin(
        self, viewer: Viewer, *, learning_executive: str | None = None, sales_vp: str | None = None
    ) -> PairRecord:
        names = {"learning-executive": learning_executive, "sales-vp": sales_vp}
        with self._store.write() as session:
            me = session.get(tables.Person, viewer.person_id)
            if me is None:
                raise NotFoundError("There is nobody with your id", next_step="Pick somebody from the list")
            ids = {me.role: me.id}
            for role, name in names.items():
                if role != me.role:
                    ids[role] = _only_name(session, viewer, role, name)
            row = tables.Pair(
                workspace_id=viewer.workspace_id,
                learning_executive_id=ids["learning-executive"],
                sales_vp_id=ids["sales-vp"],
                coach_id=ids.get("coach"),
            )
            session.add(row)
            session.flush()
            return _record(session, row)

    def rename(self, viewer: Viewer, pair_id: str, role: str, name: str) -> PairRecord:
        with self._store.write() as session:
            row = pair_found(session, viewer, pair_id)
            ids = {"learning-executive": row.learning_executive_id, "sales-vp": row.sales_vp_id}
            if role not in ids:
                raise InputRefusedError(
                    f"A pair has no {role[:40]}", next_step=f"Choose one of {', '.join(ids)}"
                )
            if viewer.person_id not in {*ids.values(), row.coach_id}:
                raise InputRefusedError("Only the two of a pair name each other", kept="Nothing was changed")
            person = session.get_one(tables.Person, ids[role])
            person.name = _name(name)
            session.flush()
            return _record(session, row)

    def add(
        self, viewer: Viewer, pair_id: str, items: Sequence[Item], *, visibility: Visibility = "me"
    ) -> builtins.list[PairItem]:
        with self._store.write() as session:
            pair_found(session, viewer, pair_id)
            # Taps that arrive at once come one after the other, and the second finds what the first one kept.
            session.execute(select(tables.Pair.id).where(tables.Pair.id == pair_id).with_for_update())
            return [_add(session, viewer, pair_id, item, visibility) for item in items]

    def items(
        self, viewer: Viewer, pair_id: str, *, kinds: Collection[Kind] | None = None
    ) -> builtins.list[PairItem]:
        table = tables.PairItem
        wanted = select(table).where(
            table.pair_id == pair_id, visible(table, viewer), unveiled(table, viewer)
        )
        if kinds is not None:
            wanted = wanted.where(table.kind.in_(kinds))
        with self._store.read() as session:
            pair_found(session, viewer, pair_id)
            rows = session.scalars(wanted.order_by(table.said_on, table.created_at, table.id))
            return [_item(row) for row in rows]

    def item(self, viewer: Viewer, item_id: str) -> PairItem:
        with self._store.read() as session:
            return _item(_find(session, viewer, item_id))

    def change(
        self,
        viewer: Viewer,
        item_id: str,
        change: Callable[[Item], Item],
        *,
        about: str,
        version: int | None = None,
    ) -> PairItem:
        with self._store.write() as session:
            row = _find(session, viewer, item_id, to_change=True)
            before = Item.model_validate(row.content)
            after = change(before)
            changes = _differences(before, after)
            if not changes:
                return _item(row)
            if version is not None and version < row.version:
                _refuse_clash(session, row, viewer, version=version, fields=set(changes))
            row.content, row.kind, row.said_on = _content(after), after.kind, after.on
            row.version, row.updated_at = row.version + 1, utc_now()
            session.flush()
            _log(session, row, viewer, about=about, changes=changes)
            return _item(row)

    def share(self, viewer: Viewer, item_id: str, visibility: Visibility) -> PairItem:
        with self._store.write() as session:
            row = _find(session, viewer, item_id, to_change=True)
            if not may_change(row, viewer):
                raise InputRefusedError(
                    "Only whoever told it says who sees it",
                    kept="Nothing was changed",
                    next_step="Forget it, or ask them",
                )
            row.visibility = visibility
            for change in session.scalars(_changes(item_id)):
                change.visibility = visibility
            session.flush()
            return _item(row)

    def history(self, viewer: Viewer, item_id: str) -> builtins.list[PairItemChange]:
        with self._store.read() as session:
            _find(session, viewer, item_id)
            return [_change(row) for row in session.scalars(_changes(item_id))]

    def forget(self, viewer: Viewer, item_id: str) -> Forgotten:
        with self._store.write() as session:
            row = _find(session, viewer, item_id, to_change=True)
            history = tuple(_change(each) for each in session.scalars(_changes(item_id)))
            gone = Forgotten(_item(row), history)
            session.delete(row)
            return gone

    def restore(self, viewer: Viewer, gone: Forgotten) -> PairItem:
        kept = gone.kept
        with self._store.write() as session:
            pair_found(session, viewer, kept.pair_id)
            if (there := session.get(tables.PairItem, kept.id)) is not None:
                return _item(there)
            row = _row(kept.item, viewer, kept.pair_id, kept.visibility)
            row.id, row.owner_id, row.version = kept.id, kept.owner_id, kept.version
            row.created_at, row.updated_at = kept.created_at, kept.updated_at
            session.add(row)
            session.flush()
            for each in gone.history:
                _log(session, row, viewer, about=each.about, changes=dict(each.changes), change=each)
            return _item(row)


def _pairs(session: Session, viewer: Viewer) -> builtins.list[PairRecord]:
    return [_record(session, row) for row in pairs_of(session, viewer)]


def pair_found(session: Session, viewer: Viewer, pair_id: str) -> tables.Pair:
    """The row of a pair. Raises `NotFoundError` for one that `viewer` does not belong to."""
    found = next((row for row in pairs_of(session, viewer) if row.id == pair_id), None)
    if found is None:
        raise NotFoundError(
            f"There is no pair {pair_id[:80]}", next_step="“counterpart pair list” names them all"
        )
    return found


def _chosen(pairs: Sequence[PairRecord], viewer: Viewer, wanted: str | None) -> PairRecord:
    """The pair that is meant: by id, by a whole name, or by the first letters of one."""
    if not pairs:
        raise NotFoundError(
            "You belong to no pair yet", next_step="“counterpart pair begin NAME” names your counterpart"
        )
    key = " ".join((wanted or "").split()).casefold()
    if not key:
        return pairs[0]
    if (by_id := next((pair for pair in pairs if pair.id == key), None)) is not None:
        return by_id
    names = {pair.id: _names(pair, viewer) for pair in pairs}
    exact = [pair for pair in pairs if key in names[pair.id]]
    found = exact or [pair for pair in pairs if any(name.startswith(key) for name in names[pair.id])]
    if len(found) == 1:
        return found[0]
    known = ", ".join(pair.other(viewer.person_id).name for pair in pairs)
    if not found:
        raise NotFoundError(f"You have no pair with {str(wanted)[:60]}", next_step=f"There is: {known}")
    raise InputRefusedError(
        f"{str(wanted)[:60]} is in more than one of your pairs", next_step="Give the pair's id instead"
    )


def _names(pair: PairRecord, viewer: Viewer) -> set[str]:
    """Names, and parts of names, under which `viewer` may ask for a pair; nobody asks for themselves."""
    others = [person for person in pair.people if person.id != viewer.person_id]
    return {part for person in others for part in (person.name.casefold(), *person.name.casefold().split())}


def _record(session: Session, row: tables.Pair) -> PairRecord:
    invite = tables.CoachInvite
    first = select(invite.coach_id).where(invite.pair_id == row.id).order_by(invite.created_at, invite.id)
    coach_id = row.coach_id or session.scalar(first.limit(1))
    coach = session.get(tables.Person, coach_id) if coach_id else None
    return PairRecord(
        row.id,
        person_of(session.get_one(tables.Person, row.learning_executive_id)),
        person_of(session.get_one(tables.Person, row.sales_vp_id)),
        person_of(coach) if coach else None,
    )


def _only_name(session: Session, viewer: Viewer, role: str, name: str | None) -> str:
    row = tables.Person(workspace_id=viewer.workspace_id, name=_name(name or ""), role=role, only_name=True)
    session.add(row)
    session.flush()
    return row.id


def _name(name: str) -> str:
    plain = " ".join(storable(name).split())
    if not plain:
        raise InputRefusedError("A person needs a name", next_step="Give a name of at least one letter")
    if len(plain) > _LONGEST_NAME:
        raise InputRefusedError("That name is too long", next_step=f"Keep it under {_LONGEST_NAME} letters")
    return plain


def _find(session: Session, viewer: Viewer, item_id: str, *, to_change: bool = False) -> tables.PairItem:
    """The row, locked where it is `to_change`: two who change it at once come one after the other."""
    table = tables.PairItem
    wanted = select(table).where(table.id == item_id, visible(table, viewer), unveiled(table, viewer))
    row = session.scalar(wanted.with_for_update() if to_change else wanted)
    if row is None:
        raise NotFoundError(
            f"Nothing is kept under {item_id[:80]}", next_step="“counterpart pair show” lists what is known"
        )
    may = select(table.id).where(table.id == row.id, between_us(table, viewer))
    if to_change and session.scalar(may) is None:
        raise InputRefusedError(
            "Only the two of a pair change what is known between them", kept="Nothing was changed"
        )
    return row


def _add(session: Session, viewer: Viewer, pair_id: str, item: Item, visibility: Visibility) -> PairItem:
    """A tap that comes twice finds what the first one kept."""
    table = tables.PairItem
    same = select(table).where(
        table.pair_id == pair_id,
        table.owner_id == viewer.person_id,
        table.kind == item.kind,
        table.said_on == item.on,
    )
    for row in session.scalars(same):
        if _same(Item.model_validate(row.content), item):
            return _item(row)
    row = _row(item, viewer, pair_id, visibility)
    session.add(row)
    session.flush()
    _log(session, row, viewer, about="Told", changes={})
    return _item(row)


def _same(one: Item, other: Item) -> bool:
    return (one.words, one.who, one.source, one.due) == (other.words, other.who, other.source, other.due)


def _row(item: Item, viewer: Viewer, pair_id: str, visibility: Visibility) -> tables.PairItem:
    return tables.PairItem(
        workspace_id=viewer.workspace_id,
        owner_id=viewer.person_id,
        visibility=visibility,
        pair_id=pair_id,
        kind=item.kind,
        said_on=item.on,
        content=_content(item),
    )


def _refuse_clash(
    session: Session, row: tables.PairItem, viewer: Viewer, *, version: int, fields: set[str]
) -> None:
    """Refuse a change to a field that somebody changed since `version`."""
    for change in session.scalars(_changes(row.id)):
        if change.version <= version or not fields & change.changes.keys():
            continue
        name = session.scalar(select(tables.Person.name).where(tables.Person.id == change.owner_id))
        who = "you, in another window," if change.owner_id == viewer.person_id else name or "somebody"
        raise InputRefusedError(
            f"Meanwhile {who} changed this ({change.about.lower() or 'edited'})",
            kept="Nothing of theirs was overwritten",
            next_step="Look at how it stands now, then change it again",
        )


def _changes(item_id: str) -> Any:
    table = tables.PairItemChange
    return select(table).where(table.item_id == item_id).order_by(table.version)


def _change(row: tables.PairItemChange) -> PairItemChange:
    return PairItemChange(row.version, row.owner_id, row.created_at, row.about, dict(row.changes))


def _log(
    session: Session,
    row: tables.PairItem,
    viewer: Viewer,
    *,
    about: str,
    changes: dict[str, Any],
    change: PairItemChange | None = None,
) -> None:
    """`change` is one that is put back, as it was made."""
    made = tables.PairItemChange(
        item_id=row.id,
        version=row.version if change is None else change.version,
        about=storable(about),
        changes=changes,
        workspace_id=row.workspace_id,
        owner_id=viewer.person_id if change is None else change.by,
        visibility=row.visibility,
        pair_id=row.pair_id,
    )
    if change is not None:
        made.created_at = made.updated_at = change.at
    session.add(made)
    session.flush()


def _differences(before: Item, after: Item) -> dict[str, Any]:
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    return {name: {"from": old[name], "to": new[name]} for name in old if old[name] != new[name]}


def _content(item: Item) -> dict[str, Any]:
    return item.model_dump(mode="json", exclude_defaults=True)


def storable(text: str) -> str:
    """Without what a database cannot keep: NUL (PostgreSQL), and halves of characters that are no UTF-8."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _item(row: tables.PairItem) -> PairItem:
    return PairItem(
        id=row.id,
        workspace_id=row.workspace_id,
        pair_id=row.pair_id or "",
        owner_id=row.owner_id,
        visibility=cast(Visibility, row.visibility),
        version=row.version,
        item=Item.model_validate(row.content),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
