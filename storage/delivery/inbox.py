"""Keys of requests already taken, so that a repeat does nothing."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from storage.database.upsert import insert_once
from storage.tables import Received

KEPT_FOR = timedelta(hours=24)
"""Slack repeats an event for up to an hour, and hourly for a day where an app asks for delayed events."""


def take(session: Session, workspace_id: str, key: str, now: datetime) -> bool:
    """Note the key in this transaction. Return False when it was noted before."""
    return insert_once(session, Received, {"workspace_id": workspace_id, "key": key, "at": now})


def take_anew(session: Session, workspace_id: str, key: str, now: datetime, *, after: timedelta) -> bool:
    """Note the key anew if it was never noted or `after` has passed since. Return True to one of several callers."""
    if take(session, workspace_id, key, now):
        return True
    renewal = update(Received).where(
        col(Received.workspace_id) == workspace_id, col(Received.key) == key, col(Received.at) <= now - after
    )
    return bool(session.exec(renewal.values(at=now)).rowcount)


def give_back(session: Session, workspace_id: str, key: str) -> None:
    """Delete the note of a request that came to nothing."""
    session.execute(delete(Received).where(col(Received.workspace_id) == workspace_id, col(Received.key) == key))


def was_taken(session: Session, workspace_id: str, key: str) -> bool:
    """Return whether the key was noted before."""
    query = select(Received.id).where(Received.workspace_id == workspace_id, Received.key == key)
    return session.exec(query).first() is not None


def forget_before(session: Session, instant: datetime, *, now: datetime) -> int:
    """The number of notes removed: those older than `instant`, and never one that Slack may still repeat."""
    statement = delete(Received).where(col(Received.at) < min(instant, now - KEPT_FOR))
    return session.exec(statement).rowcount
