"""Messages, as stored and as shown by the Web API and events."""

from dataclasses import dataclass, field
from typing import Any

FormState = dict[str, dict[str, Any]]


@dataclass
class Message:
    """One message in a channel.

    ``text`` is in Slack's encoding (``&amp;``, ``<@U...>``). ``thread_ts`` is set on replies (to the root's ts) and on
    roots that have replies; ``parent_user_id`` on replies is the author of the root. ``ephemeral_to`` is the id of the
    only person who sees an ephemeral message. ``edited_ts`` is None until the first edit. ``bot_name`` is the name
    shown for a bot, None for people. ``states`` holds the input of each user id in this message's elements: block id,
    then action id, then the element's state as Slack sends it.
    """

    channel_id: str
    ts: str
    user_id: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    thread_ts: str | None = None
    parent_user_id: str | None = None
    bot_id: str | None = None
    app_id: str | None = None
    bot_name: str | None = None
    team_id: str = ""
    metadata: dict[str, Any] | None = None
    subtype: str | None = None
    ephemeral_to: str | None = None
    reply_broadcast: bool = False
    has_previews: bool = False
    edited_ts: str | None = None
    edited_by: str | None = None
    deleted: bool = False
    client_msg_id: str | None = None
    states: dict[str, FormState] = field(default_factory=dict)

    @property
    def is_public(self) -> bool:
        """True when everyone in the channel sees it: neither ephemeral nor deleted."""
        return self.ephemeral_to is None and not self.deleted

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


def message_json(message: Message, *, with_metadata: bool = True) -> dict[str, Any]:
    """Return the message object; without ``with_metadata`` only the metadata's event type is shown.

    Blocks, attachments and metadata are the stored ones, not copies: an edit replaces them and never changes them.
    """
    metadata = message.metadata
    if metadata is not None and not with_metadata:
        metadata = {"event_type": metadata["event_type"]}
    shown: dict[str, Any] = {"type": "message"}
    shown |= _nonempty(subtype=message.subtype)
    shown |= {"user": message.user_id, "ts": message.ts, "text": message.text, "team": message.team_id}
    shown |= _nonempty(
        client_msg_id=message.client_msg_id,
        blocks=message.blocks,
        files=message.files,
        thread_ts=message.thread_ts,
        parent_user_id=message.parent_user_id,
        metadata=metadata,
    )
    if message.bot_id is not None:
        shown |= {
            "bot_id": message.bot_id,
            "app_id": message.app_id,
            "bot_profile": {
                "id": message.bot_id,
                "app_id": message.app_id,
                "name": message.bot_name,
                "icons": {},
                "deleted": False,
                "updated": 0,
                "team_id": message.team_id,
            },
        }
    if message.edited_ts is not None:
        shown["edited"] = {"user": message.edited_by, "ts": message.edited_ts}
    return shown


def with_thread_counts(shown: dict[str, Any], replies: list[Message]) -> dict[str, Any]:
    """Return the message object of a root with reply count, repliers and latest reply; unchanged without replies."""
    if not replies:
        return shown
    repliers = list(dict.fromkeys(reply.user_id for reply in replies))
    return shown | {
        "reply_count": len(replies),
        "reply_users_count": len(repliers),
        "reply_users": repliers,
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }


def _nonempty(**parts: Any) -> dict[str, Any]:
    return {name: part for name, part in parts.items() if part}
