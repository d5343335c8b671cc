"""The date by which a next action is due unless the person says otherwise."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from storage import reviews

DEFAULT_DAYS = 7
"""Days until a next action is due in a channel without a next review. Our own default."""


def due_by_default(session: Session, workspace_id: str, channel_id: str, *, today: date) -> date:
    """The date of the channel's next review, else a week after `today`."""
    cadence = reviews.cadence_of(session, workspace_id, channel_id)
    if cadence is not None and cadence.next_at is not None:
        return cadence.next_at.astimezone(ZoneInfo(cadence.zone)).date()
    return today + timedelta(days=DEFAULT_DAYS)
