"""Typing commands and messages."""

import uuid
from typing import Any

from sandbox.client import payloads
from sandbox.client.targets import Outcome
from sandbox.client.visibility import person, sees_channel
from sandbox.content.message_encoding import encode_command, encode_message
from sandbox.content.rich_text import rich_text_of
from sandbox.slack import World
from sandbox.webapi.errors import ApiError
from sandbox.webapi.response_url import respond
from sandbox.workspace.channels import Channel
from sandbox.workspace.messages import Message
from sandbox.workspace.response_urls import ResponseUrl
from sandbox.workspace.users import User

FAILURES = {
    "late": '{command} failed with the error "operation_timeout"',
    "refused": '{command} failed with the error "dispatch_failed"',
    "unreachable": "{command} failed because the app did not respond",
}


async def type_command(world: World, user_id: str, channel_id: str, *, text: str, thread_ts: str | None) -> Outcome:
    """A slash command, and what its acknowledgement says."""
    user, channel = person(world, user_id), sees_channel(world, user_id, channel_id)
    word, _, rest = text.strip().partition(" ")
    refusal = _refused(world, user, word, thread_ts)
    if refusal is not None:
        return Outcome(ok=False, error=refusal)
    command = world.workspace.manifest.commands[word]
    sent = encode_command(rest.strip(), world.workspace, should_escape=command.should_escape)
    payload = payloads.slash_command(world, user, channel, command=word, text=sent)
    answer = await world.ask("slash_commands", payload)
    if not answer.ok:
        return Outcome(ok=False, error=FAILURES[answer.status].format(command=word))
    return _answered(world, ResponseUrl(user.id, channel.id), word, answer.body)


async def post(world: World, user_id: str, channel_id: str, *, text: str, thread_ts: str | None) -> Outcome:
    """A message; people who are not in the channel cannot post there."""
    user, channel = person(world, user_id), sees_channel(world, user_id, channel_id)
    refusal = _cannot_post(world, user, channel, thread_ts)
    if refusal is not None:
        return Outcome(ok=False, error=refusal)
    encoded = encode_message(text, world.workspace)
    message = Message(
        channel_id=channel.id,
        ts=world.workspace.new_ts(),
        user_id=user.id,
        text=encoded,
        blocks=[rich_text_of(encoded)],
        thread_ts=thread_ts,
        team_id=user.team_id,
        client_msg_id=str(uuid.uuid4()),
    )
    world.workspace.store(message)
    world.events.message_posted(message)
    return Outcome(ok=True, ts=message.ts)


def _refused(world: World, user: User, word: str, thread_ts: str | None) -> str | None:
    if thread_ts is not None:
        return f"{word} is not supported in threads. Sorry!"
    if word not in world.workspace.manifest.commands or not world.workspace.is_installed:
        return f"{word} is not a valid command."
    if user.is_external_to(world.workspace.team.id):
        return f"{word} is not available to people of another workspace."
    return None


def _cannot_post(world: World, user: User, channel: Channel, thread_ts: str | None) -> str | None:
    if channel.is_archived:
        return f"#{channel.name} is archived."
    if user.id not in channel.members:
        return f"You are not in #{channel.name}. Join it to post."
    is_with_bot = channel.is_im and world.workspace.bot.id in channel.members
    if is_with_bot and not world.workspace.manifest.messages_tab_enabled:
        return "Sending messages to this app has been turned off."
    if thread_ts is not None and channel.message(thread_ts) is None:
        return "This thread is gone."
    return None


def _answered(world: World, target: ResponseUrl, word: str, body: dict[str, Any]) -> Outcome:
    if not body:
        return Outcome(ok=True, response={})
    try:
        respond(world, target, body)
    except ApiError as refusal:
        error = f'{word} failed with the error "invalid_command_response" ({refusal.code})'
        return Outcome(ok=False, error=error, response=body)
    return Outcome(ok=True, response=body)
