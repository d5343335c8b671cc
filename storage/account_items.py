"""Reads and writes of the items of accounts: blockers, next actions, people, deals and plays, each in its table."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import BindParameter, CompoundSelect, Select, bindparam, case, func, or_, union_all
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, delete, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.database import fresh, read_columns, replace_rows
from storage.models.accounts import ActionRow, BlockerRow
from storage.models.subjects import ContactRow, OpportunityRow, OwnPlay, PlayRow
from storage.models.types import JsonValue, Row, table_of

ItemRow = BlockerRow | ActionRow | ContactRow | OpportunityRow | PlayRow
Kind = TypeVar("Kind", bound=Row)


@dataclass(frozen=True, slots=True)
class AccountItems:
    """The items of one account, each kind in the order in which it was recorded."""

    blockers: Sequence[BlockerRow] = ()
    actions: Sequence[ActionRow] = ()
    contacts: Sequence[ContactRow] = ()
    opportunities: Sequence[OpportunityRow] = ()
    plays: Sequence[PlayRow] = ()


NO_ITEMS = AccountItems()

ITEM_TABLES: Mapping[str, type[ItemRow]] = {
    "blockers": BlockerRow,
    "actions": ActionRow,
    "contacts": ContactRow,
    "opportunities": OpportunityRow,
    "plays": PlayRow,
}
"""The tables of items by the fields of AccountItems, which are those of an account's state too."""

_NAMED_BY: Mapping[type[Row], str] = {OpportunityRow: "key"}
"""The column that identifies an item of this kind where that is not the id of its first event."""

_CLOSING: Mapping[type[Row], str] = {BlockerRow: "resolved_at", ActionRow: "closed_at"}
"""The column that closes an item of this kind."""


def of_account(session: Session, account_id: int, since: datetime | None) -> AccountItems:
    """The account's items; of blockers and actions those open or closed after `since` (None: only the open ones)."""
    return of_accounts(session, [account_id], since).get(account_id, NO_ITEMS)


def of_accounts(session: Session, account_ids: Collection[int], since: datetime | None) -> dict[int, AccountItems]:
    """The items of each account with any, by account id; of blockers and actions those open or closed after `since`."""
    return _by_account((name, _items_of(session, kind, account_ids, since)) for name, kind in ITEM_TABLES.items())


def open_ones(
    session: Session, account_ids: Collection[int], *, with_everybody: Collection[int], against: Collection[str]
) -> dict[int, AccountItems]:
    """Open blockers, open next actions, deals, and the people who matter for placement, by account id.

    `with_everybody`: the accounts whose people are all wanted. `against`: kinds of support that make a person matter;
    others matter because they left or acted last.
    """
    open_kinds = ("blockers", "actions", "opportunities")
    rows_by_kind: list[tuple[str, Sequence[ItemRow]]] = [
        (name, _items_of(session, ITEM_TABLES[name], account_ids, None)) for name in open_kinds
    ]
    values = {"account_ids": list(account_ids), "with_everybody": list(with_everybody), "against": list(against)}
    rows_by_kind.append(("contacts", session.scalars(_select_notable_contacts(), values).all()))
    return _by_account(rows_by_kind)


@cache
def _select_notable_contacts() -> SelectOfScalar[ContactRow]:
    """All people of the accounts `with_everybody`; of others those `against` us, who left, or who acted last."""
    everybody = col(ContactRow.account_id).in_(bindparam("with_everybody", expanding=True))
    is_against = col(ContactRow.support).in_(bindparam("against", expanding=True))
    is_notable = col(ContactRow.left_on).is_not(None) | is_against
    acted_last = col(ContactRow.id).in_(_select_last_to_act())
    return _select_of_accounts(ContactRow, closed_too=False, of_one=False).where(everybody | is_notable | acted_last)


def _select_last_to_act() -> Select[Any]:
    """The id of the person who acted last at each account, where anybody did; of several on one day the first added."""
    # a missing day counts as earlier than any other
    days = (col(ContactRow.touched_on), col(ContactRow.signalled_on), col(ContactRow.heard_on))
    touched_on, signalled_on, heard_on = (func.coalesce(on, date.min) for on in days)
    # the latest of the three days
    seen_on = case((touched_on > signalled_on, touched_on), else_=signalled_on)
    last_on = case((heard_on > seen_on, heard_on), else_=seen_on)
    contact_id, account_id = col(ContactRow.id), col(ContactRow.account_id)
    rank = func.row_number().over(partition_by=account_id, order_by=(last_on.desc(), contact_id))
    did_something = or_(*(on.is_not(None) for on in days))
    of_accounts = account_id.in_(bindparam("account_ids", expanding=True))
    ranked = select_columns(contact_id, rank.label("rank")).where(of_accounts, did_something).subquery()
    return select_columns(ranked.c.id).where(ranked.c.rank == 1)


def blockers(session: Session, account_ids: Collection[int], since: datetime | None = None) -> list[BlockerRow]:
    """Blockers that are open, or were resolved after `since` if given, oldest first."""
    return _items_of(session, BlockerRow, account_ids, since)


def actions(session: Session, account_ids: Collection[int], since: datetime | None = None) -> list[ActionRow]:
    """Next actions that are open, or were closed after `since` if given, in the order they were added."""
    return _items_of(session, ActionRow, account_ids, since)


def contacts(session: Session, account_ids: Collection[int]) -> list[ContactRow]:
    return _items_of(session, ContactRow, account_ids, None)


def plays(session: Session, account_ids: Collection[int]) -> list[PlayRow]:
    return _items_of(session, PlayRow, account_ids, None)


def contact(session: Session, contact_id: int) -> ContactRow | None:
    return session.get(ContactRow, contact_id)


def every_contact(session: Session, workspace_id: str) -> list[ContactRow]:
    query = fresh(select(ContactRow).where(ContactRow.workspace_id == workspace_id).order_by(col(ContactRow.id)))
    return list(session.exec(query))


def actions_of_owner(session: Session, workspace_id: str, user_id: str) -> list[ActionRow]:
    """The person's open next actions, soonest first."""
    query = select(ActionRow).where(
        ActionRow.workspace_id == workspace_id, ActionRow.owner == user_id, ActionRow.status == "open"
    )
    return list(session.exec(query.order_by(col(ActionRow.due_on), col(ActionRow.id))))


def open_actions_among(session: Session, item_ids: Collection[int]) -> set[int]:
    query = select(ActionRow.id).where(col(ActionRow.id).in_(item_ids), ActionRow.status == "open")
    return {item_id for item_id in session.exec(query) if item_id is not None}


def texts(session: Session, item_ids: Collection[int]) -> dict[int, str]:
    """The texts of blockers and next actions, and the names of people and plays, with these ids, by id."""
    if not item_ids:
        return {}
    return {row.id: row[1] for row in read_columns(session, _select_texts(), {"item_ids": list(item_ids)})}


@cache
def _select_texts() -> CompoundSelect[Any]:
    """(item id, text or name) of the items `item_ids`."""
    # an item's id is that of its first event, so no two of these tables have the same id
    texts = ((BlockerRow, "text"), (ActionRow, "text"), (ContactRow, "name"), (PlayRow, "name"))
    item_ids: BindParameter[int] = bindparam("item_ids", expanding=True)
    return union_all(*(select(row.id, getattr(row, name)).where(col(row.id).in_(item_ids)) for row, name in texts))


def save(session: Session, rows: Sequence[ItemRow]) -> None:
    """Store new and known items as they are now; a deal gets the id of the stored one with its key, if there is one."""
    for row in rows:
        if isinstance(row, OpportunityRow):
            query = select(OpportunityRow.id).where(
                OpportunityRow.workspace_id == row.workspace_id, OpportunityRow.key == row.key
            )
            row.id = session.exec(query).first()
        session.merge(row)


def save_many(session: Session, rows: Sequence[ItemRow]) -> None:
    """Store items with one statement for each kind; of an item given twice the last one counts."""
    for kind in ITEM_TABLES.values():
        table, name = table_of(kind), _NAMED_BY.get(kind, "id")
        # a deal is found by its key and keeps the id that the database gave it
        columns = [column.name for column in table.c if name == "id" or column.name != "id"]
        values = {
            getattr(row, name): {each: getattr(row, each) for each in columns} for row in rows if type(row) is kind
        }
        replace_rows(session, kind, list(values.values()), unique=("id",) if name == "id" else ("workspace_id", name))


def delete_others(session: Session, account_id: int, kept: AccountItems) -> None:
    """Delete the account's items except those given: they were taken back by a correction."""
    for name, kind in ITEM_TABLES.items():
        column = table_of(kind).c[_NAMED_BY.get(kind, "id")]
        values = [getattr(row, column.name) for row in getattr(kept, name)]
        session.exec(delete(kind).where(table_of(kind).c.account_id == account_id, column.not_in(values)))


def delete_gone(session: Session, had: AccountItems, kept: AccountItems) -> None:
    """Delete the items that the account `had` and that are not among those `kept`; `had` is not read again."""
    for name, kind in ITEM_TABLES.items():
        named_by = _NAMED_BY.get(kind, "id")
        names = {getattr(row, named_by) for row in getattr(kept, name)}
        for row in getattr(had, name):
            if getattr(row, named_by) not in names:
                session.delete(row)


def _items_of(session: Session, kind: type[Kind], account_ids: Collection[int], since: datetime | None) -> list[Kind]:
    """The items of one kind of these accounts as recorded: the open ones, and those closed after `since` if given."""
    ids = list(account_ids)
    # filling a list into the statement takes longer than carrying it out, so a single id goes without one
    is_one = len(ids) == 1
    query = _select_of_accounts(kind, closed_too=since is not None, of_one=is_one)
    return list(session.scalars(query, {"account_ids": ids[0] if is_one else ids, "since": since}))


def _by_account(found: Iterable[tuple[str, Iterable[Any]]]) -> dict[int, AccountItems]:
    """Group rows, given as (field of AccountItems, rows), by account id."""
    by_id: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for name, rows in found:
        for row in rows:
            by_id[row.account_id][name].append(row)
    return {account_id: AccountItems(**kinds) for account_id, kinds in by_id.items()}


@cache
def _select_of_accounts(kind: type[Kind], closed_too: bool, of_one: bool) -> SelectOfScalar[Kind]:
    """The items of a kind of the accounts `account_ids`, in the order recorded; of blockers and actions the open ones.

    `closed_too`: also those closed after the bound `since`. `of_one`: `account_ids` is one id instead of a list.
    """
    # made once for each kind: making a statement takes longer than carrying it out, and so does filling in a list
    item = table_of(kind).c
    account_id: BindParameter[Any] = bindparam("account_ids", expanding=not of_one)
    of_accounts = item.account_id == account_id if of_one else item.account_id.in_(account_id)
    query = fresh(select(kind).where(of_accounts).order_by(item[_NAMED_BY.get(kind, "id")]))
    if kind not in _CLOSING:
        return query
    closed_at = item[_CLOSING[kind]]
    is_open = closed_at.is_(None)
    return query.where(or_(is_open, closed_at > bindparam("since")) if closed_too else is_open)


# Reads and writes of the plays that a workspace added to the library, or changed.


def get_all(session: Session, workspace_id: str) -> list[OwnPlay]:
    return list(session.exec(select(OwnPlay).where(OwnPlay.workspace_id == workspace_id).order_by(col(OwnPlay.id))))


def save_own_plays(
    session: Session, workspace_id: str, key: str, *, name: str, definition: JsonValue, is_retired: bool
) -> None:
    """Store the workspace's own play of that key, new or changed. Call `workspaces.lock` before."""
    query = select(OwnPlay).where(OwnPlay.workspace_id == workspace_id, OwnPlay.key == key)
    row = session.exec(query).first() or OwnPlay(workspace_id=workspace_id, key=key, name=name)
    row.name, row.definition, row.is_retired = name, definition, is_retired
    session.add(row)
