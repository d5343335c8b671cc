"""The review of the same channel that was held before another one."""

from datetime import datetime

from sqlmodel import Session

from agendas.facts.reviews.review import ReviewFacts
from agendas.verbs.reads.reviews.facts import review_facts
from storage.past_reviews.closed_reviews import held_before as stored_before


def held_before(session: Session, workspace_id: str, review: ReviewFacts, *, now: datetime) -> ReviewFacts | None:
    """Return the latest review of accounts of its channel that was held before it, None for the first one."""
    row = stored_before(session, workspace_id, review.channel_id, review.opened_at)
    return review_facts(session, workspace_id, row.row_id, now=now) if row is not None else None
