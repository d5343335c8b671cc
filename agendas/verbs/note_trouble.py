"""What keeps the bot from posting: the channel is paused where it is that, and who can help is told once."""

import hashlib
from datetime import datetime

from sqlmodel import Session

from agendas.verbs.letters import tell
from storage import outbox, people, reviews, workspaces
from storage.tables import Letter

SHARED = "is_ext_shared"
"""The trouble of a channel that people of another company read."""


def pause_channel(session: Session, workspace_id: str, channel_id: str, *, error: str, now: datetime) -> None:
    """Pauses the channel and queues one direct message to its facilitator and each admin, unless it was paused."""
    channel = people.know_channel(session, workspace_id, channel_id)
    if channel.trouble:
        return
    channel.trouble, channel.trouble_at = error, now
    session.add(channel)
    for user_id in helpers(session, workspace_id, channel_id):
        letter = Letter(
            workspace_id=workspace_id,
            key=f"trouble:{channel_id}:{int(now.timestamp())}:{user_id}",
            kind="direct",
            page="trouble",
            subject={"channel_id": channel_id, "error": error},
            user_id=user_id,
            created_at=now,
            due_at=now,
        )
        outbox.queue(session, letter)


def note_archived(session: Session, workspace_id: str, channel_id: str, *, now: datetime) -> None:
    """Pauses an archived channel that has reviews; of others Slack tells too, and nobody has to do anything."""
    if _has_reviews(session, workspace_id, channel_id):
        pause_channel(session, workspace_id, channel_id, error="is_archived", now=now)


def resume_channel(session: Session, workspace_id: str, channel_id: str) -> bool:
    """Whether a paused channel goes on, with what waits for it. One that another company reads stays paused."""
    channel = people.find_channel(session, workspace_id, channel_id)
    if channel is None or not channel.trouble or channel.is_shared:
        return False
    channel.trouble, channel.trouble_at = "", None
    session.add(channel)
    return True


def note_sharing(session: Session, workspace_id: str, channel_id: str, *, is_shared: bool, now: datetime) -> None:
    """Keeps whether people of another company read the channel. While they do, one with reviews is paused."""
    channel = people.know_channel(session, workspace_id, channel_id)
    was_shared, channel.is_shared = channel.is_shared, is_shared
    session.add(channel)
    if is_shared and _has_reviews(session, workspace_id, channel_id):
        pause_channel(session, workspace_id, channel_id, error=SHARED, now=now)
    elif was_shared and not is_shared:
        resume_channel(session, workspace_id, channel_id)


def tell_what_is_lacking(session: Session, workspace_id: str, permission: str, now: datetime) -> None:
    """Queues one direct message to each admin: Slack did not give the app this permission.

    They are told once for each permission, and again only after the app was installed with others and still lacks it.
    """
    workspace = workspaces.get(session, workspace_id)
    given = workspace.scopes if workspace else ""
    mark = hashlib.sha256(f"{permission} beyond {given}".encode()).hexdigest()[:16]
    for user_id in (admin.user_id for admin in people.admins(session, workspace_id)):
        subject = {"permission": permission}
        tell(session, workspace_id, user_id, page="lacking", subject=subject, key=f"lacking:{mark}:{user_id}", at=now)


def helpers(session: Session, workspace_id: str, channel_id: str) -> list[str]:
    """The facilitator of the channel's cadence first, then the admins, each once."""
    cadence = reviews.cadence_of(session, workspace_id, channel_id)
    facilitator = [cadence.facilitator] if cadence is not None and cadence.facilitator else []
    admins = [admin.user_id for admin in people.admins(session, workspace_id)]
    return list(dict.fromkeys([*facilitator, *admins]))


def _has_reviews(session: Session, workspace_id: str, channel_id: str) -> bool:
    has_cadence = reviews.cadence_of(session, workspace_id, channel_id) is not None
    return has_cadence or reviews.open_in(session, workspace_id, channel_id) is not None
