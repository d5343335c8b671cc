"""chat.scheduleMessage and its like: messages that are posted when their time has come."""

import asyncio
from datetime import timedelta
from typing import Any

from sandbox.channels import Channel
from sandbox.scheduled import Scheduled
from sandbox.webapi.access import postable_channel
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.chat import bot_message, thread_of
from sandbox.webapi.composing import composed
from sandbox.webapi.errors import ApiError
from sandbox.webapi.paging import page
from sandbox.world import World

MOST_AHEAD = timedelta(days=120)
WINDOW_SECONDS = 300
MOST_PER_WINDOW = 30
DELETE_SECONDS = 60
"""A message that is due sooner cannot be taken back."""


def schedule(world: World, arguments: Arguments) -> dict[str, Any]:
    """chat.scheduleMessage."""
    channel = postable_channel(world, arguments.text("channel"))
    post_at, now = _stamp(arguments), int(world.workspace.now().timestamp())
    if post_at <= now:
        raise ApiError("time_in_past")
    if post_at > now + MOST_AHEAD.total_seconds():
        raise ApiError("time_too_far")
    _refuse_crowd(world, channel, post_at)
    message = bot_message(world, channel, composed(world, arguments), thread_ts=thread_of(channel, arguments))
    scheduled = Scheduled(world.workspace.ids.new("Q"), message, post_at, created=now)
    world.workspace.scheduled[scheduled.id] = scheduled
    asyncio.get_running_loop().call_later(post_at - world.workspace.now().timestamp(), post_due, world)
    shown = {"text": message.text, "type": "delayed_message", "bot_id": message.bot_id, "user": message.user_id}
    return {"channel": channel.id, "scheduled_message_id": scheduled.id, "post_at": post_at, "message": shown}


def unschedule(world: World, arguments: Arguments) -> dict[str, Any]:
    """chat.deleteScheduledMessage: until a minute before it is due."""
    scheduled = world.workspace.scheduled.get(arguments.text("scheduled_message_id"))
    now = world.workspace.now().timestamp()
    if scheduled is None or scheduled.message.channel_id != arguments.text("channel"):
        raise ApiError("invalid_scheduled_message_id")
    if scheduled.post_at - now < DELETE_SECONDS:
        raise ApiError("invalid_scheduled_message_id")
    del world.workspace.scheduled[scheduled.id]
    return {}


def list_(world: World, arguments: Arguments) -> dict[str, Any]:
    """chat.scheduledMessages.list: what is still to be posted, soonest first."""
    channel_id = arguments.text_or_none("channel")
    found = sorted(world.workspace.scheduled.values(), key=lambda each: each.post_at)
    found = [each for each in found if channel_id in (None, each.message.channel_id)]
    shown, more = page(found, arguments, default=100, high=1000)
    return {"scheduled_messages": [each.shown for each in shown], **more}


def post_due(world: World) -> None:
    """Post what is due by the workspace's clock; what could not be posted there by now is dropped.

    Each takes its place in the channel's pace, so that other messages have to wait for it.
    """
    workspace = world.workspace
    now = workspace.now().timestamp()
    for scheduled in [each for each in workspace.scheduled.values() if each.post_at <= now]:
        del workspace.scheduled[scheduled.id]
        try:
            postable_channel(world, scheduled.message.channel_id)
        except ApiError:
            continue
        scheduled.message.ts = workspace.new_ts()
        workspace.store(scheduled.message)
        world.events.message_posted(scheduled.message)
        if world.limits is not None:
            world.limits.count(scheduled.message.channel_id, workspace.now())


def _refuse_crowd(world: World, channel: Channel, post_at: int) -> None:
    """``restricted_too_many`` where five minutes, wherever they begin, would have more messages than Slack takes."""
    waiting = [each.post_at for each in world.workspace.scheduled.values() if each.message.channel_id == channel.id]
    near = sorted([post_at, *(each for each in waiting if abs(each - post_at) < WINDOW_SECONDS)])
    if any(last - first < WINDOW_SECONDS for first, last in zip(near, near[MOST_PER_WINDOW:], strict=False)):
        raise ApiError("restricted_too_many")


def _stamp(arguments: Arguments) -> int:
    text = arguments.text("post_at")
    if not (text.isascii() and text.isdecimal()):
        raise ApiError("invalid_time")
    return int(text)
