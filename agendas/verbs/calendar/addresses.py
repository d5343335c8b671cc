"""Addresses of calendars: made, renewed and revoked. A token itself is never kept."""

import hashlib

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.facts.program.trail import TrailSubject
from agendas.facts.reviews.calendar import FeedFacts
from agendas.verbs.loading.rows import is_member
from agendas.verbs.trail.note import note_change
from storage import people
from storage.calendar import feeds
from storage.tables import CalendarFeed


def hash_of(token: str) -> str:
    """Return the hash by which a token is known."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def has_ended(session: Session, feed: CalendarFeed) -> bool:
    """Return true once the person of the calendar, or who made that of a channel and was shown its address, left."""
    return not is_member(people.find(session, feed.workspace_id, feed.user_id or feed.made_by))


def find_feed(session: Session, workspace_id: str, user_id: str, *, channel_id: str = "") -> FeedFacts | None:
    """Return the calendar of the channel, or of the person without one; None where it has no address that works."""
    row = feeds.find(session, workspace_id, **_whose(user_id, channel_id))
    return FeedFacts(row.made_at, row.made_by, row.channel_id) if row and not has_ended(session, row) else None


def renew(session: Session, author: Author, token: str, *, channel_id: str = "") -> None:
    """Give the calendar of the channel, or the author's own without one, this token; an older one ends."""
    feed = CalendarFeed(
        workspace_id=author.workspace_id,
        user_id="" if channel_id else author.user_id,
        channel_id=channel_id,
        token_hash=hash_of(token),
        made_by=author.user_id,
        made_at=author.at,
    )
    feeds.save(session, feed)
    note_change(session, author, TrailSubject.CALENDAR, channel_id, after={"address": "made"})


def revoke(session: Session, author: Author, *, channel_id: str = "") -> None:
    """End the address of the calendar of the channel, or of the author's own."""
    feeds.remove(session, author.workspace_id, **_whose(author.user_id, channel_id))
    note_change(session, author, TrailSubject.CALENDAR, channel_id, after={"address": "revoked"})


def _whose(user_id: str, channel_id: str) -> dict[str, str]:
    return {"user_id": "" if channel_id else user_id, "channel_id": channel_id}
