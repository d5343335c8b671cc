"""Channels and direct messages, as Slack's conversation object shows them."""

from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.workspace.messages import Message

Kind = Literal["public", "private", "im"]


@dataclass
class Channel:
    """One conversation and its messages.

    ``members`` are user ids in order of joining; an ``im`` has exactly two. ``messages`` holds
    all that were ever stored, in order of time, replies and ephemerals included (see ``Message``). ``is_read_only``:
    only managers may post. ``read_until`` is the ts of the last message that each user id has read.
    """

    id: str
    name: str
    kind: Kind
    created: int
    creator: str
    members: list[str] = field(default_factory=list)
    is_archived: bool = False
    is_shared: bool = False
    is_read_only: bool = False
    read_until: dict[str, str] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)

    @property
    def is_im(self) -> bool:
        """True for a direct message between two people."""
        return self.kind == "im"

    @property
    def is_private(self) -> bool:
        """True when only members can see that it exists."""
        return self.kind != "public"

    @property
    def event_channel_type(self) -> str:
        """The ``channel_type`` of message events: channel, group or im."""
        return {"public": "channel", "private": "group", "im": "im"}[self.kind]

    def message(self, ts: str) -> Message | None:
        """Return the message with this ts, None when it is missing, deleted or ephemeral."""
        for message in reversed(self.messages):
            if message.ts == ts and not message.deleted and message.ephemeral_to is None:
                return message
        return None

    def replies(self, thread_ts: str) -> list[Message]:
        """Return the replies of a thread in order of time, without its root."""
        return [m for m in self.messages if m.thread_ts == thread_ts and m.ts != thread_ts and m.is_public]

    def visible_to(self, user_id: str) -> list[Message]:
        """Return the messages this person sees, in order: with replies and their ephemerals, without deleted ones."""
        return [m for m in self.messages if not m.deleted and m.ephemeral_to in (None, user_id)]


def channel_json(channel: Channel, *, viewer_id: str, team_id: str) -> dict[str, Any]:
    """Return the conversation object of ``conversations.info``, as seen by ``viewer_id``."""
    if channel.is_im:
        return _im_json(channel, viewer_id)
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.is_private,
        "created": channel.created,
        "creator": channel.creator,
        "is_archived": channel.is_archived,
        "is_general": False,
        "is_shared": channel.is_shared,
        "is_ext_shared": channel.is_shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "context_team_id": team_id,
        "shared_team_ids": [team_id],
        "parent_conversation": None,
        "is_member": viewer_id in channel.members,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
        "unlinked": 0,
    }


def _im_json(channel: Channel, viewer_id: str) -> dict[str, Any]:
    other = next((member for member in channel.members if member != viewer_id), viewer_id)
    return {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_im": True,
        "is_org_shared": False,
        "user": other,
        "is_user_deleted": False,
        "priority": 0,
    }
