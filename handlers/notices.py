"""Events that tell of something and ask nothing: a channel archived or back, the bot invited, a person changed."""

from typing import Any

from sqlmodel import Session

from agendas.verbs.note_trouble import pause_channel, resume_channel
from handlers.access import slack_user
from handlers.deps import Deps
from storage import people, workspaces

Body = dict[str, Any]


async def channel_archived(body: Body, workspace_id: str, deps: Deps) -> None:
    """Nothing more is posted there, and who can help is told."""
    await deps.store.write(pause_channel, workspace_id, body["event"]["channel"], error="is_archived", now=deps.now())


async def channel_back(body: Body, workspace_id: str, deps: Deps) -> None:
    """What waits for the channel is posted again."""
    await deps.store.write(resume_channel, workspace_id, body["event"]["channel"])


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
