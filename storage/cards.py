"""What the card of one account is drawn from: few statements, each made once, with rows for reading only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import CompoundSelect, Select, bindparam, select, union_all
from sqlmodel import Session

from storage.light_rows import columns_of, read, table_of
from storage.tables import Account, Cadence, Event, Review, ReviewItem, Workspace
from storage.tables.types import JsonValue


@dataclass(frozen=True, slots=True)
class Held:
    """The account in its last held review: its state as frozen then, whether it was over its limit, and until when."""

    state: JsonValue
    is_aged: bool
    closed_at: datetime


def account(session: Session, workspace_id: str, account_id: int) -> tuple[Account, Held | None, JsonValue] | None:
    """The account, its last held review, if it had one, and the settings that are the workspace's own.

    None when there is no such account.
    """
    row = session.connection().execute(_account(), {"workspace_id": workspace_id, "account_id": account_id}).first()
    if row is None:
        return None
    held = None if row.held_until is None else Held(row.held_state or row.held_opened, row.held_aged, row.held_until)
    return cast("Account", row), held, row.own_settings


def events(session: Session, account_id: int, after: datetime, latest: int) -> list[Event]:
    """The account's events recorded after an instant, and its `latest` ones whenever that was, oldest first."""
    values = {"account_id": account_id, "after": after, "latest": latest}
    return sorted(read(session, Event, _events(), values), key=lambda event: event.row_id)


def meetings(session: Session, workspace_id: str) -> list[tuple[datetime, Mapping[str, Any]]]:
    """When each cadence meets next, and which accounts it reviews."""
    found = session.connection().execute(_meetings(), {"workspace_id": workspace_id})
    return [(next_at, scope) for next_at, scope in found]


@cache
def _account() -> Select[Any]:
    of_account, item, review = table_of(Account), table_of(ReviewItem), table_of(Review)
    workspace = table_of(Workspace)
    held = of_account.outerjoin(item, item.c.id == of_account.c.held_item_id).outerjoin(
        review, review.c.id == item.c.review_id
    )
    return (
        select(
            *columns_of(Account),
            item.c.closed_state.label("held_state"),
            item.c.opened_state.label("held_opened"),
            item.c.is_aged.label("held_aged"),
            review.c.closed_at.label("held_until"),
            workspace.c.settings.label("own_settings"),
        )
        .select_from(held.join(workspace, workspace.c.id == of_account.c.workspace_id))
        .where(of_account.c.workspace_id == bindparam("workspace_id"), of_account.c.id == bindparam("account_id"))
    )


@cache
def _events() -> CompoundSelect[Any]:
    event = table_of(Event).c
    of_account = select(*columns_of(Event)).where(event.account_id == bindparam("account_id"))
    # not ordered: asked to do it, SQLite reads the whole history in that order
    after = of_account.where(event.recorded_at > bindparam("after"))
    latest = of_account.order_by(event.id.desc()).limit(bindparam("latest")).subquery()
    # those of the latest that are not among the others already
    return union_all(after, select(latest).where(latest.c.recorded_at <= bindparam("after")))


@cache
def _meetings() -> Select[Any]:
    cadence = table_of(Cadence).c
    planned = select(cadence.next_at, cadence.scope)
    return planned.where(cadence.workspace_id == bindparam("workspace_id"), cadence.next_at.is_not(None))
