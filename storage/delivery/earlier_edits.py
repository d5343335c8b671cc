"""Edits of a message that were made before, and how long the next one waits after them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from storage.tables import Letter, LetterState

EDITS_APART = timedelta(seconds=3)
"""Least time between two edits of one message, as Slack advises for messages that change all the time."""


@dataclass(frozen=True, slots=True)
class EarlierEdits:
    """The number of edits of a message that were ever queued, and when the last one that does not wait was made."""

    count: int
    last_at: datetime | None


def earlier_edits(session: Session, target_ids: Collection[int]) -> dict[int, EarlierEdits]:
    """The edits queued for each of these letters that has any, by its id."""
    is_made = col(Letter.state).in_((LetterState.SENT, LetterState.LEASED))
    made_at = case((is_made, func.coalesce(Letter.sent_at, Letter.due_at)))
    query = select(Letter.target, func.count(), func.max(made_at))
    found = session.exec(query.where(col(Letter.target).in_(target_ids)).group_by(col(Letter.target)))
    return {target: EarlierEdits(count, last_at) for target, count, last_at in found if target is not None}


def delay_after(earlier: EarlierEdits | None, *, now: datetime, delay: timedelta) -> timedelta:
    """Return how long the next edit waits: for the end of its burst, and some seconds after the edit before it."""
    if earlier is None or earlier.last_at is None:
        return delay
    # a clock that was put back holds up nothing
    return max(delay, min(earlier.last_at + EDITS_APART - now, EDITS_APART))
