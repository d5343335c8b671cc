"""Calendars of reviews that people subscribe to."""

from sqlalchemy import delete, or_, update
from sqlmodel import Session, SQLModel, col, select

from storage import people, reviews
from storage.models.accounts import ELSEWHERE, Account
from storage.models.delivery import Letter
from storage.models.following import CalendarFeed
from storage.models.reviews import Cadence, Review
from storage.models.workspaces import Channel

# Calendars that have an address, found by the hash of its token.


def by_hash(session: Session, token_hash: str) -> CalendarFeed | None:
    return session.exec(select(CalendarFeed).where(CalendarFeed.token_hash == token_hash)).first()


def find_feed(session: Session, workspace_id: str, *, user_id: str = "", channel_id: str = "") -> CalendarFeed | None:
    """The calendar of the person or of the channel; exactly one of the two is given."""
    is_it = (CalendarFeed.user_id == user_id) & (CalendarFeed.channel_id == channel_id)
    return session.exec(select(CalendarFeed).where(CalendarFeed.workspace_id == workspace_id, is_it)).first()


def save_feed(session: Session, feed: CalendarFeed) -> None:
    """Store the calendar and replace the one before, whose token then stops working."""
    remove_feed(session, feed.workspace_id, user_id=feed.user_id, channel_id=feed.channel_id)
    session.add(feed)
    session.flush()


def remove_feed(session: Session, workspace_id: str, *, user_id: str = "", channel_id: str = "") -> None:
    is_it = (col(CalendarFeed.user_id) == user_id) & (col(CalendarFeed.channel_id) == channel_id)
    session.execute(delete(CalendarFeed).where(col(CalendarFeed.workspace_id) == workspace_id, is_it))


# Channels: everything of one moved to another id, and accounts whose own channel nothing can be posted in.


def change_id(session: Session, workspace_id: str, old_id: str, new_id: str) -> Channel | None:
    """Move the channel with its cadence, calendar, reviews and letters to its new id; return it.

    None when the old id is not stored, or the new one is the same. A cadence, calendar or trouble that the new id has
    already stays, and the old one is not moved.
    """
    old = people.find_channel(session, workspace_id, old_id)
    if old is None or old_id == new_id:
        return None
    channel = people.get_or_add_channel(session, workspace_id, new_id, name=old.name)
    channel.is_private = old.is_private
    channel.is_shared = channel.is_shared or old.is_shared
    if old.trouble and not channel.trouble:
        channel.trouble, channel.trouble_at = old.trouble, old.trouble_at
        channel.try_at, channel.trial = old.try_at, old.trial
        channel.told_of, channel.told_at = old.told_of, old.told_at
    session.add(channel)
    session.delete(old)
    to_rename: list[tuple[type[SQLModel], str]] = [(Review, "channel_id")]
    to_rename += [(Letter, "channel_id"), (Letter, "sent_channel")]
    if find_feed(session, workspace_id, channel_id=new_id) is None:
        to_rename.append((CalendarFeed, "channel_id"))
    if reviews.cadence_of(session, workspace_id, new_id) is None:
        to_rename.append((Cadence, "channel_id"))
    for table, name in to_rename:
        columns = table.metadata.tables[str(table.__tablename__)].c
        is_there = (columns.workspace_id == workspace_id) & (columns[name] == old_id)
        session.execute(update(table).where(is_there).values({name: new_id}))
    return channel


def posting_elsewhere(session: Session, limit: int) -> list[int]:
    """The ids of accounts, of any workspace, whose own channel takes no posts: it is in trouble, or shared.

    Only accounts whose agendas are posted in that channel.
    """
    is_own = (col(Channel.workspace_id) == Account.workspace_id) & (col(Channel.channel_id) == Account.channel_id)
    query = select(Account.id).join(Channel, is_own).where(ELSEWHERE)
    query = query.where(or_(col(Channel.trouble) != "", col(Channel.is_shared).is_(True)))
    return [row_id for row_id in session.exec(query.order_by(col(Account.id)).limit(limit)) if row_id is not None]
