"""The trend of the program: earlier figures, as their reader may know them."""

from datetime import datetime, timedelta

from pydantic import TypeAdapter
from sqlmodel import Session

from agendas.facts.measures.trend import TrendPoint
from storage.database.hidden_rows import hidden_in
from storage.measures import figures
from storage.privacy import private_accounts

points: TypeAdapter[TrendPoint] = TypeAdapter(TrendPoint)

LOOK_BACK = timedelta(days=400)
"""A year of months, and a margin."""


def trend_before(session: Session, workspace_id: str, at: datetime) -> tuple[TrendPoint, ...]:
    """Return the figures of held reviews and of months that ended before an instant, oldest first.

    Whoever may not see every account gets those without the private ones, and none of the time from the first entry of
    an account hidden from them until the last became private: it is counted in those.
    """
    rows = figures.until(session, workspace_id, at, after=at - LOOK_BACK)
    if not hidden_in(session):
        return tuple(points.validate_python(row.figures) for row in rows)
    began_at, ended_at = private_accounts.counted_openly(session)
    known = (row.others or row.figures for row in rows if not _is_between(row.ended_at, began_at, ended_at))
    return tuple(map(points.validate_python, known))


def _is_between(instant: datetime, began_at: datetime | None, ended_at: datetime | None) -> bool:
    return began_at is not None and ended_at is not None and began_at <= instant < ended_at
