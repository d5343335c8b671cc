"""pins.*: messages that a channel keeps in view."""

from typing import Any

from sandbox.channels import Channel
from sandbox.messages import message_json
from sandbox.webapi.access import readable_channel, stored_message
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError
from sandbox.world import World

MOST_PINS = 100


def add(world: World, arguments: Arguments) -> dict[str, Any]:
    """pins.add."""
    channel, ts = _place(world, arguments)
    if ts in channel.pinned:
        raise ApiError("already_pinned")
    if len(channel.pinned) >= MOST_PINS:
        raise ApiError("too_many_pins")
    channel.pinned[ts] = int(world.workspace.now().timestamp())
    world.workspace.changes.happened()
    return {}


def remove(world: World, arguments: Arguments) -> dict[str, Any]:
    """pins.remove."""
    channel, ts = _place(world, arguments)
    if channel.pinned.pop(ts, None) is None:
        raise ApiError("no_pin")
    world.workspace.changes.happened()
    return {}


def list_(world: World, arguments: Arguments) -> dict[str, Any]:
    """pins.list: the newest pin first."""
    channel = readable_channel(world, arguments.text("channel"))
    items = []
    for ts, created in reversed(channel.pinned.items()):
        message = channel.message(ts)
        if message is not None:
            shown = {"type": "message", "channel": channel.id, "created": created, "message": message_json(message)}
            items.append(shown | {"created_by": world.workspace.bot.id})
    return {"items": items}


def _place(world: World, arguments: Arguments) -> tuple[Channel, str]:
    channel = readable_channel(world, arguments.text("channel"))
    return channel, stored_message(channel, arguments.text("timestamp")).ts
