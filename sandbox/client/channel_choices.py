"""The channels that a select offers a person: those in sight that its filter lets through."""

from typing import Any

from sandbox.content.input_state import NotPossible, Value
from sandbox.slack import Slack
from sandbox.workspace.channels import Channel
from sandbox.workspace.users import User

SELECTS = ("channels_select", "multi_channels_select", "conversations_select", "multi_conversations_select")


def require_offered(slack: Slack, user: User, element: dict[str, Any], value: Value) -> None:
    """Raise NotPossible for a channel that Slack's client would not list in this select for this person."""
    if element["type"] not in SELECTS or not value:
        return
    for channel_id in value if isinstance(value, list) else [value]:
        channel = slack.workspace.channels.get(channel_id)
        if channel is None or not _is_offered(channel, user, element):
            raise NotPossible(f"There is no channel {channel_id!r} in this list.")


def _is_offered(channel: Channel, user: User, element: dict[str, Any]) -> bool:
    is_in_sight = not channel.is_archived and (not channel.is_private or user.id in channel.members)
    if "conversations" not in element["type"]:
        return is_in_sight and channel.kind == "public"
    wanted = element.get("filter") or {}
    is_kind = channel.kind in wanted.get("include", (channel.kind,))
    return is_in_sight and is_kind and not (channel.is_shared and wanted.get("exclude_external_shared_channels"))
