"""Events that tell of something and ask nothing: of channels, of people, and that the bot was removed."""

import logging
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from agendas.verbs.note_trouble import note_sharing, pause_channel, resume_channel
from handlers.access import slack_user
from handlers.deps import Deps
from storage import people, workspaces

Body = dict[str, Any]

log = logging.getLogger("cadence.notices")


async def channel_archived(body: Body, workspace_id: str, deps: Deps) -> None:
    """Nothing more is posted there, and who can help is told."""
    await deps.store.write(pause_channel, workspace_id, body["event"]["channel"], error="is_archived", now=deps.now())


async def channel_back(body: Body, workspace_id: str, deps: Deps) -> None:
    """What waits for the channel is posted again."""
    await deps.store.write(resume_channel, workspace_id, body["event"]["channel"])


async def channel_shared(body: Body, workspace_id: str, deps: Deps) -> None:
    """Another company reads along from now on."""
    channel_id = body["event"]["channel"]
    await deps.store.write(note_sharing, workspace_id, channel_id, is_shared=True, now=deps.now())


async def channel_unshared(body: Body, workspace_id: str, deps: Deps) -> None:
    """One company fewer reads along; Slack says whether another one still does."""
    channel_id, is_shared = body["event"]["channel"], bool(body["event"].get("is_ext_shared"))
    await deps.store.write(note_sharing, workspace_id, channel_id, is_shared=is_shared, now=deps.now())


async def member_joined(body: Body, workspace_id: str, deps: Deps) -> None:
    """When it is the bot that was invited, what waits for the channel is posted again."""

    def resume_if_ours(session: Session) -> None:
        workspace = workspaces.get(session, workspace_id)
        if workspace is not None and workspace.bot_user_id == body["event"]["user"]:
            resume_channel(session, workspace_id, body["event"]["channel"])

    await deps.store.write(resume_if_ours)


async def person_changed(body: Body, workspace_id: str, deps: Deps) -> None:
    """What Slack now says of a person: name, zone, guest or deactivated."""
    user = slack_user(body["event"]["user"], workspace_id)
    await deps.store.write(people.learn, workspace_id, [user], deps.now())


async def app_uninstalled(body: Body, workspace_id: str, deps: Deps) -> None:
    """All work for the workspace stops, unless the bot was installed there again since."""
    gone_at = datetime.fromtimestamp(body.get("event_time") or deps.now().timestamp(), UTC)
    has_stopped = await deps.store.write(workspaces.deactivate, workspace_id, gone_at=gone_at)
    log.info("removed", extra={"workspace": workspace_id, "has_stopped": has_stopped})


async def tokens_revoked(body: Body, workspace_id: str, deps: Deps) -> None:
    """The same when the bot's own token is among them. People's tokens are none of its business."""
    if body["event"].get("tokens", {}).get("bot"):
        await app_uninstalled(body, workspace_id, deps)
