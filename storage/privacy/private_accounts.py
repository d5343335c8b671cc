"""Private accounts: who may not see them, and the channels that they are private to."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, case, func, or_, true
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from storage.database.hidden_rows import hidden_in, showing_all
from storage.tables import Account, AccountKey, Cadence, ChannelMember, Event, MemberList, OpportunityRow


def hidden(
    session: Session, workspace_id: str, *, user_id: str | None, channel_id: str, known_since: datetime
) -> frozenset[int]:
    """The ids of the private accounts that these readers may not see: the person, and everybody in the channel.

    A channel whose members were not read since `known_since` counts as one without members. Without a person and
    without a channel nobody is known who may see one, so all are hidden.
    """
    values = {
        "workspace_id": workspace_id,
        "user_id": user_id,
        "channel_id": channel_id,
        "known_since": known_since,
    }
    with showing_all(session):
        return frozenset(session.scalars(_hidden(user_id is not None, bool(channel_id)), values))


@cache
def _hidden(for_person: bool, for_channel: bool) -> Select[Any]:
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
    return select_columns(col(Account.id)).where(of_workspace, private_channel != "", or_(*outside))


def channels(session: Session, workspace_id: str | None = None) -> list[tuple[str, str]]:
    """The channels that accounts are private to, each with its workspace: of this one, or of all."""
    query = select(Account.workspace_id, Account.private_channel).where(Account.private_channel != "")
    if workspace_id is not None:
        query = query.where(Account.workspace_id == workspace_id)
    with showing_all(session):
        return sorted(session.exec(query.distinct()))


def private_to(session: Session, workspace_id: str, channel_id: str) -> list[int]:
    """The ids of the accounts that are private to the channel."""
    query = select(Account.id).where(Account.workspace_id == workspace_id, Account.private_channel == channel_id)
    with showing_all(session):
        return sorted(row_id for row_id in session.exec(query) if row_id is not None)


def channel_of(session: Session, account_id: int) -> str:
    """The channel that the account is private to, empty for one that everybody sees."""
    with showing_all(session):
        return session.exec(select(Account.private_channel).where(Account.id == account_id)).first() or ""


def is_any_unread(session: Session, *, known_since: datetime) -> bool:
    """True if Slack has not told since then who is in the channel of an account that the session hides, and may yet."""
    hidden = hidden_in(session)
    told = select(MemberList.id).where(
        MemberList.workspace_id == Account.workspace_id,
        MemberList.channel_id == Account.private_channel,
        or_(col(MemberList.read_at) >= known_since, col(MemberList.error).not_in(("", "no_answer"))),
    )
    query = select(Account.id).where(col(Account.id).in_(hidden), ~told.exists())
    with showing_all(session):
        return bool(hidden) and session.exec(query.limit(1)).first() is not None


def unseen_words(session: Session, workspace_id: str) -> frozenset[str | tuple[str, str]]:
    """The words that the accounts answer to which the session hides, and their ids in a CRM, each with its system."""
    hidden = hidden_in(session)
    if not hidden:
        return frozenset()
    is_one = col(AccountKey.account_id).in_(hidden)
    words = select(AccountKey.key).where(AccountKey.workspace_id == workspace_id, is_one)
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
    """The time in which figures for everybody may count accounts that the session hides.

    From the first entry of any of them until the last was made private; None twice where it hides none.
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
