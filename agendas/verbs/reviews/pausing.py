"""Pausing the reviews of a channel, and resuming them: by a person, or because the bot lost the channel."""

from datetime import datetime

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.account import Source
from agendas.facts.people import Author
from agendas.facts.program.health import PauseReason
from agendas.facts.reviews.cadence import CadenceFacts
from agendas.verbs.letters.trouble import end_trouble, is_posted_in, pause_channel, resume_channel, stop_trying
from agendas.verbs.reviews.announce import announce
from agendas.verbs.reviews.cadence import NO_CADENCE, changed, required
from agendas.verbs.reviews.cadences.trail import trail
from storage import reviews, workspaces
from storage.tables import Cadence


def pause(session: Session, author: Author, channel_id: str) -> CadenceFacts:
    """Pause the cadence. Raises Refused when it is paused already."""
    row = required(session, author.workspace_id, channel_id, lock=True)
    if row.is_paused:
        raise Refused("The reviews of this channel are paused already.")
    return _set_paused(session, author, row)


def resume(session: Session, author: Author, channel_id: str, *, is_shared: bool | None = None) -> CadenceFacts | None:
    """Resume the cadence and end the channel's trouble; None where only the channel was in trouble.

    `is_shared`: whether Slack says that another company reads the channel, None when it does not say. Raises Refused
    where one does, and where there is nothing to resume.
    """
    was_in_trouble = end_trouble(session, author, channel_id, is_shared=is_shared)
    row = reviews.cadence_of(session, author.workspace_id, channel_id, lock=True)
    if row is not None and row.is_paused:
        return _set_paused(session, author, row, paused=False)
    if was_in_trouble:
        return None
    raise Refused("The reviews of this channel are not paused." if row is not None else NO_CADENCE)


def lose_channel(session: Session, workspace_id: str, channel_id: str, *, because: PauseReason, now: datetime) -> None:
    """Pause the channel and its cadence, and tell its facilitator and the admins once; nothing where it posts nothing.

    It is not tried again by itself: a bot that was removed would join anew, and what is deleted stays so. A cadence
    that a person paused stays theirs.
    """
    if not is_posted_in(session, workspace_id, channel_id):
        return
    pause_channel(session, workspace_id, channel_id, error=because.value, now=now)
    stop_trying(session, workspace_id, channel_id, error=because.value)
    row = reviews.cadence_of(session, workspace_id, channel_id, lock=True)
    if row is not None and not row.is_paused:
        _set_paused(session, _itself(workspace_id, now), row, because=because)


def resume_if_invited(session: Session, workspace_id: str, channel_id: str, *, user_id: str, now: datetime) -> None:
    """Resume the channel when the member who joined it is the bot, with a cadence that paused because it had left."""
    workspace = workspaces.get(session, workspace_id)
    if workspace is None or workspace.bot_user_id != user_id:
        return
    resume_channel(session, workspace_id, channel_id)
    row = reviews.cadence_of(session, workspace_id, channel_id, lock=True)
    if row is not None and row.is_paused and row.paused_because == PauseReason.LEFT:
        _set_paused(session, _itself(workspace_id, now), row, paused=False)


def _itself(workspace_id: str, now: datetime) -> Author:
    return Author(workspace_id, "", Source.SYSTEM, now)


def _set_paused(
    session: Session, author: Author, row: Cadence, *, paused: bool = True, because: PauseReason | None = None
) -> CadenceFacts:
    """Pause the cadence, or let it go on, and tell the channel who did.

    `because` is the event for which it pauses by itself: then nobody did.
    """
    before, row.is_paused = trail(row), paused
    row.paused_because = because.value if because else ""
    facts = changed(session, author, row, before)
    if author.user_id:
        announce(session, author, row, what="paused" if paused else "resumed")
    return facts
