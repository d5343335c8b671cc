"""reactions.*."""

import re
from typing import Any

from sandbox.channels import Channel
from sandbox.messages import Message, message_json
from sandbox.webapi.access import readable_channel, stored_message
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError
from sandbox.world import World

NAME = re.compile(r"[a-z0-9_+'-]{1,100}(?:::skin-tone-[2-6])?")


def add(world: World, arguments: Arguments) -> dict[str, Any]:
    """reactions.add."""
    channel, message = _message(world, arguments)
    if channel.is_archived:
        raise ApiError("is_archived")
    users = message.reactions.setdefault(_name(arguments), [])
    if world.workspace.bot.id in users:
        raise ApiError("already_reacted")
    users.append(world.workspace.bot.id)
    world.workspace.changes.happened()
    return {}


def remove(world: World, arguments: Arguments) -> dict[str, Any]:
    """reactions.remove: the bot's own."""
    _, message = _message(world, arguments)
    name = _name(arguments)
    users = message.reactions.get(name, [])
    if world.workspace.bot.id not in users:
        raise ApiError("no_reaction")
    users.remove(world.workspace.bot.id)
    if not users:
        del message.reactions[name]
    world.workspace.changes.happened()
    return {}


def get(world: World, arguments: Arguments) -> dict[str, Any]:
    """reactions.get: the message with everybody's reactions."""
    channel, message = _message(world, arguments)
    return {"type": "message", "channel": channel.id, "message": message_json(message)}


def _message(world: World, arguments: Arguments) -> tuple[Channel, Message]:
    channel = readable_channel(world, arguments.text("channel"))
    return channel, stored_message(channel, arguments.text("timestamp"))


def _name(arguments: Arguments) -> str:
    name = arguments.text("name").strip(":")
    if not NAME.fullmatch(name):
        raise ApiError("invalid_name")
    return name
