"""Typing commands and messages."""

import uuid
from typing import Any

from sandbox.client import payloads
from sandbox.client.targets import Outcome
from sandbox.client.visibility import person, visible_channel
from sandbox.content.message_encoding import encode_command, encode_message
from sandbox.content.rich_text import rich_text_of
from sandbox.slack import Slack
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


async def type_command(slack: Slack, user_id: str, channel_id: str, *, text: str, thread_ts: str | None) -> Outcome:
    """A slash command, and what its acknowledgement says."""
    user, channel = person(slack, user_id), visible_channel(slack, user_id, channel_id)
    word, _, rest = text.strip().partition(" ")
    refusal = _refused(slack, user, word, thread_ts)
    if refusal is not None:
        return Outcome(ok=False, error=refusal)
    command = slack.workspace.manifest.commands[word]
    sent = encode_command(rest.strip(), slack.workspace, should_escape=command.should_escape)
    payload = payloads.slash_command(slack, user, channel, command=word, text=sent)
    answer = await slack.request("slash_commands", payload)
    if not answer.ok:
        return Outcome(ok=False, error=FAILURES[answer.status].format(command=word))
    return _answered(slack, ResponseUrl(user.id, channel.id), word, answer.body)


async def post(slack: Slack, user_id: str, channel_id: str, *, text: str, thread_ts: str | None) -> Outcome:
    """A message; people who are not in the channel cannot post there."""
    user, channel = person(slack, user_id), visible_channel(slack, user_id, channel_id)
    refusal = _cannot_post(slack, user, channel, thread_ts)
    if refusal is not None:
        return Outcome(ok=False, error=refusal)
    encoded = encode_message(text, slack.workspace)
    message = Message(
        channel_id=channel.id,
        ts=slack.workspace.new_ts(),
        user_id=user.id,
        text=encoded,
        blocks=[rich_text_of(encoded)],
        thread_ts=thread_ts,
        team_id=user.team_id,
        client_msg_id=str(uuid.uuid4()),
    )
    slack.workspace.store(message)
    slack.events.message_posted(message)
    return Outcome(ok=True, ts=message.ts)


def _refused(slack: Slack, user: User, word: str, thread_ts: str | None) -> str | None:
    if thread_ts is not None:
        return f"{word} is not supported in threads. Sorry!"
    if word not in slack.workspace.manifest.commands or not slack.workspace.is_installed:
        return f"{word} is not a valid command."
    if user.is_external_to(slack.workspace.team.id):
        return f"{word} is not available to people of another workspace."
    return None


def _cannot_post(slack: Slack, user: User, channel: Channel, thread_ts: str | None) -> str | None:
    if channel.is_archived:
        return f"#{channel.name} is archived."
    if user.id not in channel.members:
        return f"You are not in #{channel.name}. Join it to post."
    is_with_bot = channel.is_im and slack.workspace.bot.id in channel.members
    if is_with_bot and not slack.workspace.manifest.messages_tab_enabled:
        return "Sending messages to this app has been turned off."
    if thread_ts is not None and channel.message(thread_ts) is None:
        return "This thread is gone."
    return None


def _answered(slack: Slack, target: ResponseUrl, word: str, body: dict[str, Any]) -> Outcome:
    if not body:
        return Outcome(ok=True, response={})
    try:
        respond(slack, target, body)
    except ApiError as refusal:
        error = f'{word} failed with the error "invalid_command_response" ({refusal.code})'
        return Outcome(ok=False, error=error, response=body)
    return Outcome(ok=True, response=body)
