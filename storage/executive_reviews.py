"""Reads of executive reviews that are open."""

from sqlmodel import Session, col, select

from storage.models.reviews import Review, ReviewState
from storage.preparing import EXECUTIVE


def open_ones(session: Session, workspace_id: str) -> list[int]:
    """Return the ids of the workspace's executive reviews that are open, oldest first."""
    query = select(Review.id).where(
        Review.workspace_id == workspace_id, Review.state == ReviewState.OPEN, Review.kind == EXECUTIVE
    )
    return [row for row in session.exec(query.order_by(col(Review.id))) if row is not None]
