"""Reads and writes of the figures that the trend is drawn of."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from storage.database.fresh_rows import fresh
from storage.database.upsert import insert_once
from storage.tables import ProgramFigures, Progress, Review, ReviewState
from storage.tables.measures import OPEN


def want(session: Session, values: Mapping[str, Any]) -> None:
    """Note that figures are to be worked out, unless they are of this kind and end for the workspace."""
    insert_once(session, ProgramFigures, ProgramFigures(**values).model_dump(exclude={"id"}))


def get(session: Session, figures_id: int, *, lock: bool = False) -> ProgramFigures | None:
    """Return the row of any workspace: for the ticks."""
    query = select(ProgramFigures).where(ProgramFigures.id == figures_id)
    return session.exec(fresh(query.with_for_update()) if lock else query).first()


def due(session: Session, limit: int) -> list[int]:
    """Return the ids of figures that are to be worked out, in the order in which they were wanted."""
    query = select(ProgramFigures.id).where(OPEN).order_by(col(ProgramFigures.id)).limit(limit)
    return [number for number in session.exec(query) if number is not None]


def until(session: Session, workspace_id: str, at: datetime, *, after: datetime) -> list[ProgramFigures]:
    """Return the figures of periods that ended after an instant and before `at`, oldest first."""
    query = select(ProgramFigures).where(
        ProgramFigures.workspace_id == workspace_id,
        col(ProgramFigures.progress) == Progress.DONE,
        ProgramFigures.ended_at < at,
        ProgramFigures.ended_at > after,
    )
    return list(session.exec(query.order_by(col(ProgramFigures.ended_at), col(ProgramFigures.kind).desc())))


def held_before(session: Session, review: Review) -> datetime | None:
    """Return when the last held review of the same cadence before this one closed, None without one."""
    query = select(Review.closed_at).where(
        Review.cadence_id == review.cadence_id,
        col(Review.state) == ReviewState.CLOSED,
        col(Review.was_held).is_(True),
        col(Review.closed_at) < review.closed_at,
    )
    return session.exec(query.order_by(col(Review.closed_at).desc()).limit(1)).first()
