"""The marker of what is stored: it differs as soon as anything that measures are worked out from was recorded."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, SQLModel

from storage.tables import AccountMonth, AuditEntry, Event, MarkRow, ProgramFigures, Review, ReviewState, SignalRow
from storage.tables.measures import OPEN
from storage.tables.types import table_of

COUNTED: Mapping[type[SQLModel], tuple[str, ...]] = {
    Event: ("id", "recorded_at"),
    AuditEntry: ("id", "at"),
    SignalRow: ("id", "recorded_at"),
    MarkRow: ("id", "at"),
    Review: ("id", "opened_at"),
    AccountMonth: ("id",),
    ProgramFigures: ("id",),
}
"""Tables of which every change that measures see adds a row to one, but for a review that closes, and what is marked.

The instants, because a restore lets numbers be given again. Letters are none of them: the scoreboard itself is one.
"""

Marker = tuple[Any, ...]


def marker(session: Session) -> Marker:
    """Return the numbers and instants of the latest rows, of every workspace; read by the ends of indexes."""
    # of plain values and no rows: nothing of a hidden account is read
    return tuple(session.connection().execute(_latest()).one())


@cache
def _latest() -> Select[Any]:
    open_figures = select(func.count()).select_from(table_of(ProgramFigures)).where(OPEN).scalar_subquery()
    reviews = table_of(Review)
    open_reviews = select(func.count()).select_from(reviews).where(reviews.c.state == ReviewState.OPEN)
    newest = (_newest(kind, name) for kind, names in COUNTED.items() for name in names)
    return select(*newest, open_figures, open_reviews.scalar_subquery())


def _newest(kind: Any, name: str) -> Any:
    rows = table_of(kind)
    return select(rows.c[name]).order_by(rows.c.id.desc()).limit(1).scalar_subquery()
