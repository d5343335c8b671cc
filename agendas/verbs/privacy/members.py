"""Members of the channels that accounts are private to: kept as Slack tells them, doubted when it may be otherwise."""

from datetime import datetime

from sqlmodel import Session

from agendas.facts.audience import Members, NotReadable, UnreadChannel
from storage import workspaces
from storage.privacy import channel_members


def keep_members(
    session: Session,
    workspace_id: str,
    channel_id: str,
    members: Members,
    *,
    asked_at: datetime,
    heard: int | None = None,
) -> bool:
    """Keep who is in the channel as Slack said at `asked_at`, or why nobody counts as a member.

    Return False, with nothing kept, when more was `heard` of the channel since the reading began.
    """
    place = (workspace_id, channel_id)
    if heard is not None and not channel_members.is_unchanged(session, *place, heard=heard):
        return False
    if members.problem is None:
        channel_members.set_members(session, *place, members.user_ids, read_at=asked_at)
    else:
        passes = members.problem is NotReadable.NO_ANSWER
        channel_members.note_failure(session, *place, members.problem.value, at=asked_at, passes=passes)
    return True


def note_joined(session: Session, workspace_id: str, channel_id: str, user_id: str) -> None:
    """Have the members read again where somebody joined: only what Slack then says lets them in."""
    if _is_bot(session, workspace_id, user_id):
        channel_members.doubt(session, workspace_id, channel_id)
    else:
        channel_members.changed(session, workspace_id, channel_id)


def note_left(session: Session, workspace_id: str, channel_id: str, user_id: str) -> None:
    """Let the person see nothing more that is private to the channel; without Cadence in it, nobody."""
    if _is_bot(session, workspace_id, user_id):
        channel_members.doubt(session, workspace_id, channel_id)
    else:
        channel_members.leave(session, workspace_id, channel_id, user_id)


def doubt_members(session: Session, workspace_id: str, channel_id: str) -> None:
    """Let nobody see what is private to the channel until Slack says again who is in it."""
    channel_members.doubt(session, workspace_id, channel_id)


def unread_channels(session: Session, workspace_id: str) -> tuple[UnreadChannel, ...]:
    """The channels that accounts are private to and whose members cannot be read."""
    return tuple(
        UnreadChannel(each.channel_id, NotReadable(each.error), each.failing_since)
        for each in channel_members.not_readable(session, workspace_id)
    )


def _is_bot(session: Session, workspace_id: str, user_id: str) -> bool:
    workspace = workspaces.get(session, workspace_id)
    return workspace is not None and workspace.bot_user_id == user_id
