"""The marker of what is stored: it differs as soon as anything that measures are worked out from was recorded."""

from functools import cache
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, SQLModel

from storage.tables import (
    AccountMonth,
    AuditEntry,
    Event,
    Letter,
    MarkRow,
    ProgramFigures,
    Review,
    SignalRow,
)
from storage.tables.measures import OPEN
from storage.tables.types import table_of

COUNTED: tuple[type[SQLModel], ...] = (Event, AuditEntry, SignalRow, Letter, MarkRow, Review, AccountMonth)
"""Tables of which every change that measures see adds a row to one: a review that closes has a recap to send."""

Marker = tuple[Any, ...]


def marker(session: Session) -> Marker:
    """Return the numbers of the latest rows, of every workspace; read by the ends of indexes."""
    # of plain numbers and no rows: nothing of a hidden account is read
    return tuple(session.connection().execute(_latest()).one())


@cache
def _latest() -> Select[Any]:
    open_ones = select(func.count()).select_from(table_of(ProgramFigures)).where(OPEN).scalar_subquery()
    newest = (_newest(kind) for kind in (*COUNTED, ProgramFigures))
    return select(*newest, open_ones)


def _newest(kind: Any) -> Any:
    return select(func.max(table_of(kind).c.id)).scalar_subquery()
