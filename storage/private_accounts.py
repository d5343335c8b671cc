"""Reads and writes of who may see private accounts, and the members of the channels that they are private to."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, true
from sqlmodel import Session, col, select

from storage.database.hidden_rows import showing_all
from storage.tables import Account, ChannelMember, MemberList


def hidden(
    session: Session, workspace_id: str, *, user_id: str | None, channel_id: str, known_since: datetime
) -> frozenset[int]:
    """The ids of the private accounts that these readers may not see: the person, and everybody in the channel.

    A channel whose members were not read since `known_since` counts as one without members. Without a person and
    without a channel nobody is known who may see one, so all are hidden.
    """
    outside: list[ColumnElement[bool]] = [true()] if user_id is None and not channel_id else []
    if user_id is not None:
        member = select(ChannelMember.channel_id).where(
            ChannelMember.workspace_id == workspace_id, ChannelMember.user_id == user_id
        )
        known = select(MemberList.channel_id).where(
            MemberList.workspace_id == workspace_id, col(MemberList.read_at) >= known_since
        )
        outside += [col(Account.private_channel).not_in(member), col(Account.private_channel).not_in(known)]
    if channel_id:
        outside.append(col(Account.private_channel) != channel_id)
    query = select(Account.id).where(Account.workspace_id == workspace_id, Account.private_channel != "", or_(*outside))
    with showing_all(session):
        return frozenset(row_id for row_id in session.exec(query) if row_id is not None)


def channels(session: Session, workspace_id: str) -> list[str]:
    """The channels that accounts are private to."""
    query = select(Account.private_channel).where(Account.workspace_id == workspace_id, Account.private_channel != "")
    with showing_all(session):
        return sorted(session.exec(query.distinct()))


def set_members(
    session: Session, workspace_id: str, channel_id: str, user_ids: Collection[str], *, read_at: datetime
) -> None:
    """Replace what is known of the channel's members by what Slack told at `read_at`."""
    session.exec(delete(ChannelMember).where(*_of_channel(workspace_id, channel_id)))
    session.add_all(
        ChannelMember(workspace_id=workspace_id, channel_id=channel_id, user_id=user_id)
        for user_id in sorted(set(user_ids))
    )
    known = member_list(session, workspace_id, channel_id) or MemberList(
        workspace_id=workspace_id, channel_id=channel_id
    )
    known.read_at, known.error = read_at, ""
    session.add(known)


def member_list(session: Session, workspace_id: str, channel_id: str) -> MemberList | None:
    """When and whether the channel's members were read, None for a channel whose members are not kept."""
    query = select(MemberList).where(MemberList.workspace_id == workspace_id, MemberList.channel_id == channel_id)
    return session.exec(query).first()


def _of_channel(workspace_id: str, channel_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(ChannelMember.workspace_id) == workspace_id, col(ChannelMember.channel_id) == channel_id
