"""Events sent to the app: those its manifest subscribes to and the bot may see."""

import secrets
from collections.abc import Callable
from typing import Any

from sandbox.workspace.channels import Channel
from sandbox.workspace.messages import Message, message_json
from sandbox.workspace.workspace import Workspace

VERIFICATION_TOKEN = "sandbox-verification-token"  # noqa: S105 - a sample value of the payloads' legacy token field
SUBSCRIPTIONS = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}


class Events:
    """Builds event payloads and passes them to ``send``.

    Nothing is sent that the manifest does not subscribe to, nor anything while the app is not installed.
    """

    def __init__(self, workspace: Workspace, send: Callable[[dict[str, Any]], None]) -> None:
        self._workspace = workspace
        self._deliver = send

    def message_posted(self, message: Message) -> None:
        """Send ``message``, and ``app_mention`` when a person names the bot outside a direct message."""
        channel = self._workspace.channels[message.channel_id]
        body = message_json(message) | {"channel": channel.id, "event_ts": message.ts}
        if channel.is_shared:
            author = self._workspace.users.get(message.user_id)
            team_id = author.author_team_id if author is not None else message.team_id
            body |= {"user_team": team_id, "source_team": team_id}
        self._message(channel, body | {"channel_type": channel.event_channel_type})
        named = f"<@{self._workspace.bot.id}>" in message.text
        if named and message.bot_id is None and message.subtype is None and not channel.is_im:
            self._in_channel(channel, "app_mention", body | {"type": "app_mention"})

    def message_changed(self, message: Message, previous: dict[str, Any]) -> None:
        """Send ``message`` with subtype ``message_changed``."""
        self._hidden(message, "message_changed", {"message": message_json(message), "previous_message": previous})

    def message_deleted(self, message: Message, previous: dict[str, Any]) -> None:
        """Send ``message`` with subtype ``message_deleted``."""
        self._hidden(message, "message_deleted", {"deleted_ts": message.ts, "previous_message": previous})

    def member_changed(self, kind: str, channel: Channel, user_id: str, *, inviter: str | None = None) -> None:
        """Send ``member_joined_channel`` or ``member_left_channel``."""
        user = self._workspace.users[user_id]
        event = {"user": user_id, "channel": channel.id, "channel_type": "G" if channel.is_private else "C"}
        event |= {"team": user.team_id} | ({"inviter": inviter} if inviter else {})
        if user_id == self._workspace.bot.id or self._is_member(channel):
            self._subscribed(kind, {"type": kind, **event, "event_ts": self._workspace.new_ts()}, channel)

    def bot_left(self, channel: Channel) -> None:
        """Send ``channel_left``; private channels say ``group_left``."""
        kind = "group_left" if channel.is_private else "channel_left"
        event = {"type": kind, "channel": channel.id, "event_ts": self._workspace.new_ts()}
        self._subscribed(kind, event, channel)

    def channel_changed(self, kind: str, channel: Channel, by_user_id: str) -> None:
        """Send ``channel_archive``, ``_unarchive``, ``_rename`` or ``_deleted``; private channels say ``group_``."""
        name = kind.replace("channel_", "group_") if channel.is_private else kind
        event: dict[str, Any] = {"type": name, "channel": channel.id, "event_ts": self._workspace.new_ts()}
        more: dict[str, dict[str, Any]] = {
            "channel_archive": {"user": by_user_id, "is_moved": 0},
            "channel_unarchive": {"user": by_user_id},
            "channel_rename": {"channel": _renamed(channel)},
            "channel_deleted": {"actor_id": by_user_id},
        }
        event |= more[kind]
        if not channel.is_private or self._is_member(channel):
            self._subscribed(name, event, channel)

    def sharing_changed(self, channel: Channel, other_team_id: str) -> None:
        """Send ``channel_shared`` or ``channel_unshared``, by the channel's present state."""
        kind, team = "channel_shared", "connected_team_id"
        left: dict[str, Any] = {}
        if not channel.is_shared:
            kind, team, left = "channel_unshared", "previously_connected_team_id", {"is_ext_shared": False}
        event = {"type": kind, team: other_team_id, "channel": channel.id, **left}
        if not channel.is_private or self._is_member(channel):
            self._subscribed(kind, event | {"event_ts": self._workspace.new_ts()}, channel)

    def workspace_wide(self, kind: str, event: dict[str, Any]) -> None:
        """Send an event that belongs to no channel: ``user_change``, ``team_join``, ``app_home_opened``."""
        self._subscribed(kind, {"type": kind, **event, "event_ts": self._workspace.new_ts()}, None)

    def _hidden(self, message: Message, subtype: str, parts: dict[str, Any]) -> None:
        channel = self._workspace.channels[message.channel_id]
        stamp = self._workspace.new_ts()
        event: dict[str, Any] = {"type": "message", "subtype": subtype, **parts, "channel": channel.id, "hidden": True}
        event |= {"ts": stamp, "event_ts": stamp, "channel_type": channel.event_channel_type}
        self._message(channel, event)

    def _message(self, channel: Channel, event: dict[str, Any]) -> None:
        subscription = SUBSCRIPTIONS[channel.event_channel_type]
        if subscription in self._workspace.manifest.bot_events and self._is_member(channel):
            self._send(event, channel)

    def _in_channel(self, channel: Channel, kind: str, event: dict[str, Any]) -> None:
        if self._is_member(channel):
            self._subscribed(kind, event, channel)

    def _subscribed(self, kind: str, event: dict[str, Any], channel: Channel | None) -> None:
        if kind in self._workspace.manifest.bot_events:
            self._send(event, channel)

    def _send(self, event: dict[str, Any], channel: Channel | None) -> None:
        if self._workspace.is_installed:
            self._deliver(self._envelope(event, channel))

    def _is_member(self, channel: Channel) -> bool:
        return self._workspace.bot.id in channel.members

    def _envelope(self, event: dict[str, Any], channel: Channel | None) -> dict[str, Any]:
        team_id = self._workspace.team.id
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": team_id,
            "context_team_id": team_id,
            "context_enterprise_id": None,
            "api_app_id": self._workspace.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": self._workspace.ids.new("Ev"),
            "event_time": int(self._workspace.now().timestamp()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team_id,
                    "user_id": self._workspace.bot.id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": channel is not None and channel.is_shared,
            "event_context": f"4-{secrets.token_hex(24)}",
        }


def _renamed(channel: Channel) -> dict[str, Any]:
    return {
        "id": channel.id,
        "is_channel": not channel.is_private,
        "name": channel.name,
        "name_normalized": channel.name,
        "created": channel.created,
        "is_mpim": False,
    }
