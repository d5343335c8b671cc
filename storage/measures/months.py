"""Reads and writes of past months: which are kept, and the accounts as they were at each one's end."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, insert
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from storage.database.fresh_rows import fresh
from storage.database.upsert import insert_once
from storage.tables import AccountMonth, ProgramMonth, Progress
from storage.tables.measures import OPEN
from storage.tables.types import table_of


@dataclass(frozen=True, slots=True)
class Place:
    """The list status and bucket of an account as kept at a month's end; `placement` is the text of its JSON."""

    account_id: int
    list_status: str
    bucket: str
    placement: str


def has_any(session: Session, workspace_id: str) -> bool:
    """Return whether the workspace's months are followed."""
    query = select(ProgramMonth.id).where(ProgramMonth.workspace_id == workspace_id).limit(1)
    return session.exec(query).first() is not None


def add(session: Session, values: Mapping[str, Any]) -> None:
    """Store the month, unless one of the workspace ends at the same instant."""
    columns = ("workspace_id", "first", "last", "zone", "began_at", "ended_at", "due_at")
    row = ProgramMonth(**{name: values[name] for name in columns})
    insert_once(session, ProgramMonth, row.model_dump(exclude={"id"}))


def get(session: Session, month_id: int, *, lock: bool = False) -> ProgramMonth | None:
    """Return the month of any workspace: for the ticks."""
    query = select(ProgramMonth).where(ProgramMonth.id == month_id)
    return session.exec(fresh(query.with_for_update()) if lock else query).first()


def latest(session: Session, workspace_id: str, at: datetime) -> ProgramMonth | None:
    """Return the latest month that is kept whole and ended until an instant."""
    query = select(ProgramMonth).where(
        ProgramMonth.workspace_id == workspace_id,
        col(ProgramMonth.progress) == Progress.DONE,
        ProgramMonth.ended_at <= at,
    )
    return session.exec(query.order_by(col(ProgramMonth.ended_at).desc()).limit(1)).first()


def states(session: Session, month_id: int, ids: Collection[int] | None = None) -> list[str]:
    """Return the states kept at a month's end, of all accounts or those with these ids, as the text of their JSON."""
    # as text, which its reader makes facts of in one step
    query = select_columns(cast(col(AccountMonth.state), Text)).where(col(AccountMonth.month_id) == month_id)
    if ids is not None:
        query = query.where(col(AccountMonth.account_id).in_(ids))
    return list(session.scalars(query))


def places(session: Session, month_id: int) -> list[Place]:
    """Return the places that the accounts had at a month's end, with what shows them."""
    columns: list[Any] = [col(AccountMonth.account_id), col(AccountMonth.list_status)]
    columns += [col(AccountMonth.bucket), cast(col(AccountMonth.placement), Text)]
    query: Any = select_columns(*columns).where(col(AccountMonth.month_id) == month_id)
    return [Place(*row) for row in session.execute(query)]


def keep(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store accounts of a month."""
    if rows:
        session.execute(insert(table_of(AccountMonth)), list(rows))


def due(session: Session, now: datetime, limit: int) -> list[int]:
    """Return the ids of the months whose accounts are to be kept now, those that ended first at the front."""
    query = select(ProgramMonth.id).where(OPEN, ProgramMonth.due_at <= now).order_by(col(ProgramMonth.due_at))
    return [number for number in session.exec(query.limit(limit)) if number is not None]
