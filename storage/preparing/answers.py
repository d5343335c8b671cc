"""Answers of people who were asked to prepare a review."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from storage.tables.following import Asked


def answered(session: Session, cadence_id: int, planned_on: date) -> Sequence[str]:
    """The people who said that they are done with preparing this review."""
    query = select(Asked.user_id).where(
        Asked.cadence_id == cadence_id, Asked.planned_on == planned_on, col(Asked.answered_at).is_not(None)
    )
    return session.exec(query).all()
