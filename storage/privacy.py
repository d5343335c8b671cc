"""Private accounts, and the members of the channels that they are private to."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    literal_column,
    or_,
    true,
    update,
)
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from storage.database import hidden_in, insert_once, read_columns, showing_all
from storage.models.accounts import Account, AccountKey
from storage.models.events import Event
from storage.models.reviews import Cadence
from storage.models.subjects import OpportunityRow
from storage.models.workspaces import ChannelMember, MemberList

# Private accounts: who may not see them, and the channels that they are private to.


def hidden(
    session: Session, workspace_id: str, *, user_id: str | None, channel_id: str, known_since: datetime
) -> frozenset[int]:
    """The ids of the private accounts that these readers may not see: the person, and everybody in the channel.

    A channel whose members were not read since `known_since` counts as one without members. Without a person and
    without a channel nobody is known who may see one, so all are hidden.
    """
    values = {"workspace_id": workspace_id, "user_id": user_id, "channel_id": channel_id, "known_since": known_since}
    with showing_all(session):
        return frozenset(read_columns(session, _select_hidden(user_id is not None, bool(channel_id)), values).scalars())


@cache
def _select_hidden(for_person: bool, for_channel: bool) -> Select[Any]:
    """The ids of private accounts that the person, or the channel, is outside of; of all without either."""
    # made once, as every request asks for them: making a statement takes longer than carrying it out
    private_channel = col(Account.private_channel)
    workspace_id: BindParameter[str] = bindparam("workspace_id")
    outside: list[ColumnElement[bool]] = [] if for_person or for_channel else [true()]
    if for_person:
        member = select_columns(col(ChannelMember.channel_id)).where(
            col(ChannelMember.workspace_id) == workspace_id, col(ChannelMember.user_id) == bindparam("user_id")
        )
        known = select_columns(col(MemberList.channel_id)).where(
            col(MemberList.workspace_id) == workspace_id, col(MemberList.read_at) >= bindparam("known_since")
        )
        outside += [private_channel.not_in(member), private_channel.not_in(known)]
    if for_channel:
        outside.append(private_channel != bindparam("channel_id"))
    of_workspace = col(Account.workspace_id) == workspace_id
    return select_columns(col(Account.id)).where(of_workspace, _is_private(), or_(*outside))


def _is_private() -> ColumnElement[bool]:
    """The condition of private accounts."""
    # not as a parameter: to use the index of private accounts, SQLite would plan each such statement by its value
    return col(Account.private_channel) != literal_column("''")


def channels(session: Session, workspace_id: str | None = None) -> list[tuple[str, str]]:
    """The channels that accounts are private to, each with its workspace: of this one, or of all."""
    query = select(Account.workspace_id, Account.private_channel).where(_is_private())
    if workspace_id is not None:
        query = query.where(Account.workspace_id == workspace_id)
    with showing_all(session):
        return sorted(session.exec(query.distinct()))


def private_to(session: Session, workspace_id: str, channel_id: str) -> list[int]:
    query = select(Account.id).where(Account.workspace_id == workspace_id, Account.private_channel == channel_id)
    with showing_all(session):
        return sorted(row_id for row_id in session.exec(query) if row_id is not None)


def channel_of(session: Session, account_id: int) -> str:
    with showing_all(session):
        return session.exec(select(Account.private_channel).where(Account.id == account_id)).first() or ""


def is_any_unread(session: Session, *, known_since: datetime) -> bool:
    """True if the session hides an account whose channel's members are not known, but may be once Slack is asked."""
    hidden = hidden_in(session)
    # an error other than `no_answer` is Slack's answer that the members cannot be read
    read_or_not_readable = select(MemberList.id).where(
        MemberList.workspace_id == Account.workspace_id,
        MemberList.channel_id == Account.private_channel,
        or_(col(MemberList.read_at) >= known_since, col(MemberList.error).not_in(("", "no_answer"))),
    )
    query = select(Account.id).where(col(Account.id).in_(hidden), ~read_or_not_readable.exists())
    with showing_all(session):
        return bool(hidden) and session.exec(query.limit(1)).first() is not None


def unseen_words(session: Session, workspace_id: str) -> frozenset[str | tuple[str, str]]:
    """The names and domains of the accounts that the session hides, and as (CRM, id) their ids in a CRM."""
    hidden = hidden_in(session)
    if not hidden:
        return frozenset()
    is_hidden = col(AccountKey.account_id).in_(hidden)
    words = select(AccountKey.key).where(AccountKey.workspace_id == workspace_id, is_hidden)
    links = select(Account.crm_system, Account.crm_id).where(col(Account.id).in_(hidden), Account.crm_id != "")
    with showing_all(session):
        return frozenset((*session.exec(words), *session.exec(links)))


def unseen_deals(session: Session, workspace_id: str) -> frozenset[str]:
    """The keys of the deals of accounts which the session hides."""
    hidden = hidden_in(session)
    if not hidden:
        return frozenset()
    query = select(OpportunityRow.key).where(
        OpportunityRow.workspace_id == workspace_id, col(OpportunityRow.account_id).in_(hidden)
    )
    with showing_all(session):
        return frozenset(session.exec(query))


def any_set_since(session: Session, instant: datetime) -> bool:
    """True if any of the accounts that the session hides was made private after the instant."""
    hidden = hidden_in(session)
    query = select(Event.id).where(
        col(Event.account_id).in_(hidden), Event.kind == "privacy_set", col(Event.recorded_at) > instant
    )
    with showing_all(session):
        return bool(hidden) and session.exec(query.limit(1)).first() is not None


def counted_openly(session: Session) -> tuple[datetime | None, datetime | None]:
    """The begin and end of the time in which some account that the session hides was still public.

    Figures from that time may include it. It begins with the first entry of any of them and ends when the last one
    became private; (None, None) if none is hidden.
    """
    made_private = case((col(Event.kind) == "privacy_set", col(Event.recorded_at)))
    query = select(func.min(Event.recorded_at), func.max(made_private)).where(
        col(Event.account_id).in_(hidden_in(session))
    )
    with showing_all(session):
        began_at, ended_at = session.exec(query).one()
    return began_at, ended_at


def cadences(session: Session, workspace_id: str) -> list[Cadence]:
    """The cadences whose accounts are private to their channel, the oldest first."""
    query = select(Cadence).where(Cadence.workspace_id == workspace_id, col(Cadence.is_private))
    return list(session.exec(query.order_by(col(Cadence.id))))


# Members of the channels that accounts are private to, as Slack listed them, and when the list is read again.

READ_EVERY = timedelta(minutes=4)
"""A list of members is read again when it is this old, well before it is too old to be trusted."""
MEMBERS_KNOWN_FOR = timedelta(minutes=10)
"""A list of members is trusted for so long; after that nobody counts as a member until it is read again."""
TRIED_EVERY = timedelta(minutes=1)
"""Pause between two tries to read the members of one channel, unless an event reported a change meanwhile."""


def due_member_lists(session: Session, now: datetime) -> list[tuple[str, str]]:
    """The workspace and channel of each list that is to be read: never read, old, or changed since."""
    kept = {(each.workspace_id, each.channel_id): each for each in session.exec(select(MemberList))}
    return [place for place in channels(session) if _is_due(kept.get(place), now)]


def begin_reading(session: Session, workspace_id: str, channel_id: str, now: datetime) -> int | None:
    """Note that reading begins; return the number of changes reported so far, None if the list is not due now."""
    insert_once(session, MemberList, _empty(workspace_id, channel_id))
    known = _list(session, workspace_id, channel_id, lock=True)
    if known is None or not _is_due(known, now):
        return None
    known.tried_at = now
    session.add(known)
    return known.changes


def is_unchanged(session: Session, workspace_id: str, channel_id: str, *, heard: int) -> bool:
    """Return whether still only `heard` changes were reported; the row is locked until the transaction ends."""
    known = _list(session, workspace_id, channel_id, lock=True)
    return known is not None and known.changes == heard


def note_failure(
    session: Session, workspace_id: str, channel_id: str, error: str, *, at: datetime, passes: bool
) -> None:
    """Note why members cannot be read; known ones go, or, if the error `passes` (no answer), stay until too old."""
    insert_once(session, MemberList, _empty(workspace_id, channel_id))
    known = _list(session, workspace_id, channel_id, lock=True)
    if known is None:
        return
    if not passes:
        _remove(session, workspace_id, channel_id)
        # Slack has answered, so the changes reported so far need no other read
        known.read_at, known.changes_read = None, known.changes
    known.failing_since = known.failing_since or at
    known.error = error
    session.add(known)


def set_members(
    session: Session, workspace_id: str, channel_id: str, user_ids: Collection[str], *, read_at: datetime
) -> None:
    """Replace what is known of the channel's members by what Slack listed at `read_at`."""
    insert_once(session, MemberList, _empty(workspace_id, channel_id))
    _remove(session, workspace_id, channel_id)
    session.add_all(
        ChannelMember(workspace_id=workspace_id, channel_id=channel_id, user_id=user_id)
        for user_id in sorted(set(user_ids))
    )
    known = _list(session, workspace_id, channel_id)
    if known is not None:
        known.read_at, known.error, known.failing_since, known.changes_read = read_at, "", None, known.changes
        session.add(known)


def remove_member(session: Session, workspace_id: str, channel_id: str, user_id: str) -> None:
    """Remove the person from the known members of the channel, and count a change of them."""
    is_theirs = col(ChannelMember.user_id) == user_id
    session.exec(delete(ChannelMember).where(*_in_channel(workspace_id, channel_id), is_theirs))
    changed(session, workspace_id, channel_id)


def distrust(session: Session, workspace_id: str, channel_id: str) -> None:
    """Take nobody for a member of the channel until its members are read again."""
    _remove(session, workspace_id, channel_id)
    session.exec(update(MemberList).where(*_list_of_channel(workspace_id, channel_id)).values(read_at=None))
    changed(session, workspace_id, channel_id)


def distrust_all(session: Session) -> None:
    """Take nobody for a member of any channel until the lists are read again: changes may have been missed."""
    session.exec(update(MemberList).values(read_at=None, tried_at=None))


def changed(session: Session, workspace_id: str, channel_id: str) -> None:
    """Count a reported change of the channel's members, so that a list that is kept is read again at once."""
    more = {"changes": MemberList.changes + 1, "tried_at": None}
    session.exec(update(MemberList).where(*_list_of_channel(workspace_id, channel_id)).values(more))


def members(session: Session, workspace_id: str, channel_id: str) -> list[str]:
    """The user ids of the channel's members, in order."""
    query = select(ChannelMember.user_id).where(*_in_channel(workspace_id, channel_id))
    return list(session.exec(query.order_by(col(ChannelMember.user_id))))


def known_members(
    session: Session, workspace_id: str, channel_ids: Collection[str], *, known_since: datetime
) -> dict[str, frozenset[str]]:
    """The member user ids of these channels, by channel; one that was not read since then is missing."""
    query = (
        select(ChannelMember.channel_id, ChannelMember.user_id)
        .join(
            MemberList,
            and_(
                col(MemberList.workspace_id) == col(ChannelMember.workspace_id),
                col(MemberList.channel_id) == col(ChannelMember.channel_id),
            ),
        )
        .where(
            ChannelMember.workspace_id == workspace_id,
            col(ChannelMember.channel_id).in_(channel_ids),
            col(MemberList.read_at) >= known_since,
        )
    )
    found: dict[str, set[str]] = {}
    for channel_id, user_id in session.exec(query):
        found.setdefault(channel_id, set()).add(user_id)
    return {channel_id: frozenset(users) for channel_id, users in found.items()}


def not_readable(session: Session, workspace_id: str) -> list[MemberList]:
    """The channels that accounts are private to and whose members cannot be read, by id."""
    places = channels(session, workspace_id)
    query = select(MemberList).where(MemberList.workspace_id == workspace_id, MemberList.error != "")
    found = session.exec(query.order_by(col(MemberList.channel_id)))
    return [each for each in found if (workspace_id, each.channel_id) in places]


def change_id(session: Session, workspace_id: str, old_id: str, new_id: str) -> None:
    """Forget the members of the channel under its old id; under the new one they are read again."""
    _remove(session, workspace_id, old_id)
    session.exec(delete(MemberList).where(*_list_of_channel(workspace_id, old_id)))
    distrust(session, workspace_id, new_id)


def _is_due(known: MemberList | None, now: datetime) -> bool:
    """Return whether the list is old or changed, and was not tried just now; a change allows a try at once."""
    if known is None or known.tried_at is None:
        return True
    is_stale = known.read_at is None or known.read_at <= now - READ_EVERY or known.changes != known.changes_read
    return is_stale and known.tried_at <= now - TRIED_EVERY


def _remove(session: Session, workspace_id: str, channel_id: str) -> None:
    """Delete the known members of the channel."""
    session.exec(delete(ChannelMember).where(*_in_channel(workspace_id, channel_id)))


def _list(session: Session, workspace_id: str, channel_id: str, *, lock: bool = False) -> MemberList | None:
    """The row about the list of members of the channel, None where there is none."""
    query = select(MemberList).where(*_list_of_channel(workspace_id, channel_id))
    return session.exec(query.with_for_update() if lock else query).first()


def _empty(workspace_id: str, channel_id: str) -> dict[str, object]:
    """The values of the row of a list of members that was never read."""
    return {"workspace_id": workspace_id, "channel_id": channel_id, "error": "", "changes": 0, "changes_read": 0}


def _in_channel(workspace_id: str, channel_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The conditions of the known members of the channel."""
    return col(ChannelMember.workspace_id) == workspace_id, col(ChannelMember.channel_id) == channel_id


def _list_of_channel(workspace_id: str, channel_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The conditions of the row about the list of members of the channel."""
    return col(MemberList.workspace_id) == workspace_id, col(MemberList.channel_id) == channel_id
