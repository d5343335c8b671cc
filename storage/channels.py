"""Channels: everything of one moved to another id, and accounts whose own channel nothing can be posted in."""

from sqlalchemy import or_, update
from sqlmodel import Session, SQLModel, col, select

from storage import people, reviews
from storage.calendar import feeds
from storage.tables import Account, Cadence, CalendarFeed, Channel, Letter, Review
from storage.tables.accounts import ELSEWHERE


def change_id(session: Session, workspace_id: str, old_id: str, new_id: str) -> Channel | None:
    """The channel under its new id, with its cadence, reviews and letters; None when nothing is kept of the old one.

    A cadence that the new id has already stays the one of that channel.
    """
    known = people.find_channel(session, workspace_id, old_id)
    if known is None or old_id == new_id:
        return None
    channel = people.get_or_add_channel(session, workspace_id, new_id, name=known.name)
    channel.is_private = known.is_private
    channel.is_shared = channel.is_shared or known.is_shared
    if known.trouble and not channel.trouble:
        channel.trouble, channel.trouble_at = known.trouble, known.trouble_at
        channel.try_at, channel.trial = known.try_at, known.trial
        channel.told_of, channel.told_at = known.told_of, known.told_at
    session.add(channel)
    session.delete(known)
    places: list[tuple[type[SQLModel], str]] = [
        (Review, "channel_id"),
        (Letter, "channel_id"),
        (Letter, "sent_channel"),
    ]
    if feeds.find(session, workspace_id, channel_id=new_id) is None:
        places.append((CalendarFeed, "channel_id"))
    if reviews.cadence_of(session, workspace_id, new_id) is None:
        places.append((Cadence, "channel_id"))
    for table, name in places:
        columns = table.metadata.tables[str(table.__tablename__)].c
        is_there = (columns.workspace_id == workspace_id) & (columns[name] == old_id)
        session.execute(update(table).where(is_there).values({name: new_id}))
    return channel


def posting_elsewhere(session: Session, limit: int) -> list[int]:
    """The ids of accounts of any workspace whose agendas are posted in an own channel that nothing can be posted in."""
    in_trouble = (col(Channel.workspace_id) == Account.workspace_id) & (col(Channel.channel_id) == Account.channel_id)
    query = select(Account.id).join(Channel, in_trouble).where(ELSEWHERE)
    query = query.where(or_(col(Channel.trouble) != "", col(Channel.is_shared).is_(True)))
    return [row_id for row_id in session.exec(query.order_by(col(Account.id)).limit(limit)) if row_id is not None]
