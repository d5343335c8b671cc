"""Events that tell of something and ask nothing: of channels, of people, and that the bot was removed."""

import logging
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from agendas.verbs.letters.deactivated import learn
from agendas.verbs.letters.follow_channel import follow_channel
from agendas.verbs.letters.trouble import note_archived, note_sharing, resume_channel
from handlers.access import slack_user
from handlers.deps import Deps
from handlers.incoming import Incoming
from handlers.shapes import mapping, slack_id
from storage import workspaces

Body = dict[str, Any]

LAST_SECOND = 32_503_680_000
"""The beginning of the year 3000."""

log = logging.getLogger("cadence.notices")


async def channel_archived(came: Incoming, _body: Body, workspace_id: str, deps: Deps) -> None:
    """Nothing more is posted there, and who can help is told, where there are reviews."""
    if came.channel_id:
        await deps.store.write(note_archived, workspace_id, came.channel_id, now=deps.now())


async def channel_back(came: Incoming, _body: Body, workspace_id: str, deps: Deps) -> None:
    """What waits for the channel is posted again."""
    if came.channel_id:
        await deps.store.write(resume_channel, workspace_id, came.channel_id)


async def channel_shared(came: Incoming, _body: Body, workspace_id: str, deps: Deps) -> None:
    """Another company reads along from now on."""
    if came.channel_id:
        await deps.store.write(note_sharing, workspace_id, came.channel_id, is_shared=True, now=deps.now())


async def channel_unshared(came: Incoming, body: Body, workspace_id: str, deps: Deps) -> None:
    """One company fewer reads along; Slack says whether another one still does."""
    is_shared = bool(body["event"].get("is_ext_shared"))
    if came.channel_id:
        await deps.store.write(note_sharing, workspace_id, came.channel_id, is_shared=is_shared, now=deps.now())


async def channel_id_changed(_came: Incoming, body: Body, workspace_id: str, deps: Deps) -> None:
    """A private channel is shared and has another id from now on."""
    old_id, new_id = (slack_id(body["event"].get(name)) for name in ("old_channel_id", "new_channel_id"))
    if old_id and new_id:
        await deps.store.write(follow_channel, workspace_id, old_id, new_id, now=deps.now())


async def member_joined(came: Incoming, _body: Body, workspace_id: str, deps: Deps) -> None:
    """When it is the bot that was invited, what waits for the channel is posted again."""

    def resume_if_ours(session: Session) -> None:
        workspace = workspaces.get(session, workspace_id)
        if workspace is not None and workspace.bot_user_id == came.user_id:
            resume_channel(session, workspace_id, came.channel_id)

    if came.channel_id:
        await deps.store.write(resume_if_ours)


async def person_changed(came: Incoming, body: Body, workspace_id: str, deps: Deps) -> None:
    """What Slack now says of a person: name, zone, guest or deactivated, which is told. An id alone says nothing."""
    said = mapping(body["event"].get("user"))
    if came.user_id and said.keys() > {"id"}:
        await deps.store.write(learn, workspace_id, [slack_user(said, workspace_id)], deps.now())


async def app_uninstalled(_came: Incoming, body: Body, workspace_id: str, deps: Deps) -> None:
    """All work for the workspace stops, unless the bot was installed there again since."""
    gone_at = _instant(body.get("event_time")) or deps.now()
    has_stopped = await deps.store.write(workspaces.deactivate, workspace_id, gone_at=gone_at, is_removed=True)
    log.info("removed", extra={"workspace": workspace_id, "has_stopped": has_stopped})


async def tokens_revoked(came: Incoming, body: Body, workspace_id: str, deps: Deps) -> None:
    """The same when the bot's own token is among them. People's tokens are none of its business."""
    if mapping(body["event"].get("tokens")).get("bot"):
        await app_uninstalled(came, body, workspace_id, deps)


def _instant(seconds: object) -> datetime | None:
    """The instant that an event gives as whole seconds, None when it gives none that there is."""
    is_time = isinstance(seconds, int) and 0 < seconds < LAST_SECOND
    return datetime.fromtimestamp(seconds, UTC) if is_time else None  # type: ignore[arg-type]
