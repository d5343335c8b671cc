"""Trouble that keeps the bot from posting: the channel is paused, and those who can help are told once."""

import hashlib
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.people import Author
from agendas.facts.program.trail import TrailSubject
from agendas.verbs.letters.queue import tell
from agendas.verbs.trail.note import note_change
from storage import accounts, people, reviews, workspaces
from storage.delivery import channel_retries
from storage.delivery.subjects import ChannelTroubleSubject, PermissionSubject

OWN_CHANNEL = "This channel is shared with another company: use a channel of your own."
SHARED = "is_ext_shared"
"""The trouble of a channel that people of another company read."""
POLICY = "restricted_action"
"""Beginning of Slack's errors by which posting in a channel is restricted to some people."""
TRIED_AFTER = timedelta(minutes=10)
"""A channel in trouble is tried again after this, then after as long as it was in trouble, at most after an hour.

The shortest is longer than Slack's last answer about who reads a channel counts.
"""
TRIED_WITHIN = timedelta(hours=1)
TOLD_AGAIN_AFTER = timedelta(days=1)
"""Time before which nobody is told again of a trouble that had seemed to be over."""


def pause_channel(session: Session, workspace_id: str, channel_id: str, *, error: str, now: datetime) -> None:
    """Pause the channel and queue one direct message to its facilitator and each admin, unless it was paused.

    Where it was tried again and Slack says now that something else is wrong, they are told of that.
    """
    channel = people.get_or_add_channel(session, workspace_id, channel_id)
    is_other = channel.trial is not None and channel.trouble != error
    channel.trial = None
    session.add(channel)
    if channel.trouble and not is_other:
        return
    if not channel.trouble:
        channel.trouble_at, channel.try_at = now, now + TRIED_AFTER
    channel.trouble = error
    if has_agendas_alone(session, workspace_id, channel_id):
        # its agendas go back to the review's channel at the next tick, which tells of it
        return
    what = POLICY if error.startswith(POLICY) else error
    if channel.told_of == what and channel.told_at is not None and now - channel.told_at < TOLD_AGAIN_AFTER:
        return
    # by when they were told last: of several processes that tell them at once, all find the same
    told_before = channel.told_at.timestamp() if channel.told_at else 0
    channel.told_of, channel.told_at = what, now
    for user_id in helpers(session, workspace_id, channel_id):
        key, subject = f"trouble:{channel_id}:{told_before}:{user_id}", ChannelTroubleSubject(channel_id, error)
        tell(session, workspace_id, user_id, page="trouble", subject=subject, key=key, at=now)


def note_archived(session: Session, workspace_id: str, channel_id: str, *, now: datetime) -> None:
    """Pause an archived channel if it has reviews or agendas; nobody has to act on any other."""
    if is_posted_in(session, workspace_id, channel_id):
        pause_channel(session, workspace_id, channel_id, error="is_archived", now=now)


def resume_channel(session: Session, workspace_id: str, channel_id: str) -> bool:
    """Resume a paused channel with its waiting letters, and return whether it was resumed. Shared ones stay paused."""
    channel = people.find_channel(session, workspace_id, channel_id)
    if channel is None or not channel.trouble or channel.is_shared:
        return False
    channel.trouble, channel.trouble_at, channel.told_of = "", None, ""
    channel.try_at, channel.trial = None, None
    session.add(channel)
    return True


def well_again(session: Session, workspace_id: str, channel_id: str) -> None:
    """Take it from Slack's answer that the bot may post in the channel and that no other company reads it."""
    channel = people.get_or_add_channel(session, workspace_id, channel_id)
    channel.is_shared = False
    session.add(channel)
    resume_channel(session, workspace_id, channel_id)


def stop_trying(session: Session, workspace_id: str, channel_id: str, *, error: str) -> None:
    """Keep this as the reason of the channel's trouble, and try it again only when a person asks for that."""
    channel = people.get_or_add_channel(session, workspace_id, channel_id)
    channel.trouble, channel.try_at, channel.trial = error, None, None
    session.add(channel)


def end_trouble(session: Session, author: Author, channel_id: str, *, is_shared: bool | None) -> bool:
    """Take the channel to be well again, note it in the audit trail, and return whether it was in trouble.

    `is_shared` is true if Slack says that another company reads it, None if it does not say. Raises Refused for true.
    """
    channel = people.find_channel(session, author.workspace_id, channel_id)
    if channel is not None and is_shared is not None:
        channel.is_shared = is_shared
    if is_shared or (channel is not None and channel.is_shared):
        raise Refused(OWN_CHANNEL)
    before = {"trouble": channel.trouble} if channel is not None else None
    if not resume_channel(session, author.workspace_id, channel_id):
        return False
    note_change(session, author, TrailSubject.CHANNEL, channel_id, before=before, after={"trouble": ""})
    return True


def try_again(session: Session, channel_row_id: int, *, now: datetime) -> None:
    """Let one letter through to a channel in trouble; if it is posted, all others follow.

    Slack tells of many a trouble's end by an event, of a posting policy's not, and of none to a bot that is away.
    Does nothing when another process did it, or when no letter can go now.
    """
    channel = channel_retries.lock_due(session, channel_row_id, now)
    trial = channel_retries.next_letter(session, channel, now) if channel is not None else None
    if channel is None or trial is None:
        return
    lasts = now - (channel.trouble_at or now)
    channel.trial, channel.try_at = trial, now + min(max(lasts, TRIED_AFTER), TRIED_WITHIN)
    session.add(channel)


def try_later(session: Session, channel_row_id: int, *, now: datetime) -> None:
    """Try the channel again in an hour: something failed on our side."""
    channel = channel_retries.lock_due(session, channel_row_id, now)
    if channel is not None:
        channel.try_at = now + TRIED_WITHIN
        session.add(channel)


def note_channel_name(session: Session, workspace_id: str, channel_id: str, *, name: str, is_private: bool) -> None:
    """Note what Slack calls the channel, for texts in which it draws no mention."""
    channel = people.get_or_add_channel(session, workspace_id, channel_id, name=name)
    channel.is_private = is_private
    session.add(channel)


def note_sharing(session: Session, workspace_id: str, channel_id: str, *, is_shared: bool, now: datetime) -> None:
    """Note whether people of another company read the channel, and pause one with reviews while they do."""
    channel = people.get_or_add_channel(session, workspace_id, channel_id)
    was_shared, channel.is_shared = channel.is_shared, is_shared
    session.add(channel)
    if is_shared and has_reviews(session, workspace_id, channel_id):
        pause_channel(session, workspace_id, channel_id, error=SHARED, now=now)
    elif was_shared and not is_shared:
        resume_channel(session, workspace_id, channel_id)


def tell_what_is_lacking(session: Session, workspace_id: str, permission: str, now: datetime) -> None:
    """Queue one direct message to each admin: Slack did not give the app this permission.

    They are told once for each permission, and again only after the app was installed with others and still lacks it.
    """
    workspace = workspaces.get(session, workspace_id)
    given = workspace.scopes if workspace else ""
    mark = hashlib.sha256(f"{permission} beyond {given}".encode()).hexdigest()[:16]
    for user_id in (admin.user_id for admin in people.admins(session, workspace_id)):
        subject = PermissionSubject(permission)
        tell(session, workspace_id, user_id, page="lacking", subject=subject, key=f"lacking:{mark}:{user_id}", at=now)


def helpers(session: Session, workspace_id: str, channel_id: str) -> list[str]:
    """Return the facilitator of the channel's cadence first, then the admins, each once."""
    cadence = reviews.cadence_of(session, workspace_id, channel_id)
    facilitator = [cadence.facilitator] if cadence is not None and cadence.facilitator else []
    admins = [admin.user_id for admin in people.admins(session, workspace_id)]
    return list(dict.fromkeys([*facilitator, *admins]))


def is_posted_in(session: Session, workspace_id: str, channel_id: str) -> bool:
    """Return whether the channel has a cadence, an open review, or an account's agendas."""
    own = has_agendas_alone(session, workspace_id, channel_id)
    return own or has_reviews(session, workspace_id, channel_id)


def has_agendas_alone(session: Session, workspace_id: str, channel_id: str) -> bool:
    """Return whether an account's agendas are posted in its own channel here, and no review is."""
    own = accounts.of_channel(session, workspace_id, channel_id)
    return own is not None and own.posts_agenda and not has_reviews(session, workspace_id, channel_id)


def has_reviews(session: Session, workspace_id: str, channel_id: str) -> bool:
    """Return whether the channel has a cadence or an open review."""
    has_cadence = reviews.cadence_of(session, workspace_id, channel_id) is not None
    return has_cadence or reviews.open_in(session, workspace_id, channel_id) is not None
