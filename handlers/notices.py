"""Events that tell something and ask nothing: of channels, of people, and that the bot was removed."""

import logging
from datetime import UTC, datetime
from functools import partial
from typing import Any

from agendas.facts.program import PauseReason
from agendas.verbs.cadences import lose_channel, resume_if_invited
from agendas.verbs.letters import follow_channel, learn, note_archived, note_sharing, resume_channel
from agendas.verbs.privacy import distrust_members, note_joined, note_left
from agendas.verbs.settings import remove_workspace
from handlers.edge.access import slack_user
from handlers.edge.deps import Deps
from handlers.edge.incoming import Incoming, mapping, slack_id
from handlers.subject import Subject

# Notices of Slack: each keeps what the event says.

Body = dict[str, Any]

LAST_SECOND = 32_503_680_000
"""The beginning of the year 3000."""

log = logging.getLogger("cadence.notices")


async def channel_archived(incoming: Incoming, _body: Body, workspace_id: str, deps: Deps) -> None:
    """Pause an archived channel that has reviews, and tell those who can help."""
    if incoming.channel_id:
        await deps.note(note_archived, workspace_id, incoming.channel_id, now=deps.now())
        await _distrust_members(incoming, workspace_id, deps)


async def channel_lost(incoming: Incoming, _body: Body, workspace_id: str, deps: Deps, *, because: PauseReason) -> None:
    """Pause the reviews of a channel that was deleted or that the bot was removed from."""
    if incoming.channel_id:
        await deps.note(lose_channel, workspace_id, incoming.channel_id, because=because, now=deps.now())
        await _distrust_members(incoming, workspace_id, deps)


async def channel_back(incoming: Incoming, _body: Body, workspace_id: str, deps: Deps) -> None:
    """Post to the channel again, beginning with the messages that wait for it."""
    if incoming.channel_id:
        await deps.note(resume_channel, workspace_id, incoming.channel_id)
        await _distrust_members(incoming, workspace_id, deps)


async def channel_shared(incoming: Incoming, _body: Body, workspace_id: str, deps: Deps) -> None:
    """Keep that another company reads the channel from now on."""
    if incoming.channel_id:
        await deps.note(note_sharing, workspace_id, incoming.channel_id, is_shared=True, now=deps.now())
        await _distrust_members(incoming, workspace_id, deps)


async def channel_unshared(incoming: Incoming, body: Body, workspace_id: str, deps: Deps) -> None:
    """Keep whether any other company still reads the channel, which Slack says."""
    is_shared = bool(body["event"].get("is_ext_shared"))
    if incoming.channel_id:
        await deps.note(note_sharing, workspace_id, incoming.channel_id, is_shared=is_shared, now=deps.now())
        await _distrust_members(incoming, workspace_id, deps)


async def channel_id_changed(_incoming: Incoming, body: Body, workspace_id: str, deps: Deps) -> None:
    """Follow a private channel to the id that it has since it is shared."""
    old_id, new_id = (slack_id(body["event"].get(name)) for name in ("old_channel_id", "new_channel_id"))
    if old_id and new_id:
        await deps.note(follow_channel, workspace_id, old_id, new_id, now=deps.now())
        deps.read_members()


async def member_joined(incoming: Incoming, _body: Body, workspace_id: str, deps: Deps) -> None:
    """Post to the channel again when it is the bot that was invited, and read who is in it."""
    if incoming.channel_id:
        await deps.note(resume_if_invited, workspace_id, incoming.channel_id, user_id=incoming.user_id, now=deps.now())
        await deps.note(note_joined, workspace_id, incoming.channel_id, incoming.user_id)
        deps.read_members()


async def member_left(incoming: Incoming, _body: Body, workspace_id: str, deps: Deps) -> None:
    """Show the person nothing more of accounts that are private to the channel."""
    if incoming.channel_id and incoming.user_id:
        await deps.note(note_left, workspace_id, incoming.channel_id, incoming.user_id)
        deps.read_members()


async def person_changed(incoming: Incoming, body: Body, workspace_id: str, deps: Deps) -> None:
    """Keep a person's new name, zone and state. An event with an id alone says nothing."""
    user = mapping(body["event"].get("user"))
    if incoming.user_id and user.keys() > {"id"}:
        await deps.note(learn, workspace_id, [slack_user(user, workspace_id)], deps.now())


async def app_uninstalled(_incoming: Incoming, body: Body, workspace_id: str, deps: Deps) -> None:
    """Stop all work for the workspace, unless the bot was installed there again since."""
    gone_at = _instant(body.get("event_time")) or deps.now()
    has_stopped = await deps.note(remove_workspace, workspace_id, gone_at=gone_at)
    log.info("removed", extra={"workspace": workspace_id, "has_stopped": has_stopped})


async def tokens_revoked(incoming: Incoming, body: Body, workspace_id: str, deps: Deps) -> None:
    """Stop all work when the bot's own token is among the revoked ones; people's tokens do not matter."""
    if mapping(body["event"].get("tokens")).get("bot"):
        await app_uninstalled(incoming, body, workspace_id, deps)


async def _distrust_members(incoming: Incoming, workspace_id: str, deps: Deps) -> None:
    """Take nobody for a member of the channel until Slack says again who is in it."""
    await deps.note(distrust_members, workspace_id, incoming.channel_id)
    deps.read_members()


def _instant(seconds: object) -> datetime | None:
    """The instant that an event gives as whole seconds, None for anything else."""
    if isinstance(seconds, int) and 0 < seconds < LAST_SECOND:
        return datetime.fromtimestamp(seconds, UTC)
    return None


NOTICES = Subject(
    notices={
        "channel_archive": channel_archived,
        "channel_left": partial(channel_lost, because=PauseReason.LEFT),
        "channel_deleted": partial(channel_lost, because=PauseReason.DELETED),
        "group_left": partial(channel_lost, because=PauseReason.LEFT),
        "group_deleted": partial(channel_lost, because=PauseReason.DELETED),
        "channel_unarchive": channel_back,
        "channel_id_changed": channel_id_changed,
        "channel_shared": channel_shared,
        "channel_unshared": channel_unshared,
        "group_archive": channel_archived,
        "group_unarchive": channel_back,
        "member_joined_channel": member_joined,
        "member_left_channel": member_left,
        "user_change": person_changed,
        "app_uninstalled": app_uninstalled,
        "tokens_revoked": tokens_revoked,
    }
)
