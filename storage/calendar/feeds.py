"""Calendars that have an address, found by the hash of its token."""

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.tables import CalendarFeed


def by_hash(session: Session, token_hash: str) -> CalendarFeed | None:
    """The calendar whose token has this hash, None where none has."""
    return session.exec(select(CalendarFeed).where(CalendarFeed.token_hash == token_hash)).first()


def find(session: Session, workspace_id: str, *, user_id: str = "", channel_id: str = "") -> CalendarFeed | None:
    """The calendar of the person, or of the channel: one of both is given."""
    is_it = (CalendarFeed.user_id == user_id) & (CalendarFeed.channel_id == channel_id)
    return session.exec(select(CalendarFeed).where(CalendarFeed.workspace_id == workspace_id, is_it)).first()


def save(session: Session, feed: CalendarFeed) -> None:
    """Store the calendar in the place of the one before, whose token is of no use from then on."""
    remove(session, feed.workspace_id, user_id=feed.user_id, channel_id=feed.channel_id)
    session.add(feed)
    session.flush()


def remove(session: Session, workspace_id: str, *, user_id: str = "", channel_id: str = "") -> None:
    """Delete the calendar of the person or of the channel, if there is one."""
    is_it = (col(CalendarFeed.user_id) == user_id) & (col(CalendarFeed.channel_id) == channel_id)
    session.execute(delete(CalendarFeed).where(col(CalendarFeed.workspace_id) == workspace_id, is_it))
