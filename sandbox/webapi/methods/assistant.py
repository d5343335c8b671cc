"""assistant.threads.*: status, title and suggested prompts of a thread."""

from typing import Any

from sandbox.slack import World
from sandbox.webapi.access import known_channel, readable_channel, stored_message
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import invalid_arguments

MOST_PROMPTS = 4


def set_status(world: World, arguments: Arguments) -> dict[str, Any]:
    """assistant.threads.setStatus; an empty status clears it."""
    place = _thread(world, arguments)
    if not arguments.has("status"):
        raise invalid_arguments("missing required field: status")
    world.workspace.statuses[place] = arguments.text_or_none("status") or ""
    world.workspace.changes.happened()
    return {}


def set_title(world: World, arguments: Arguments) -> dict[str, Any]:
    """assistant.threads.setTitle."""
    _thread(world, arguments)
    arguments.text("title")
    return {}


def set_prompts(world: World, arguments: Arguments) -> dict[str, Any]:
    """assistant.threads.setSuggestedPrompts: one to four prompts, each with a title and a message."""
    channel = known_channel(world, arguments.text("channel_id"))
    prompts = arguments.structure("prompts", error="invalid_arguments")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= MOST_PROMPTS:
        raise invalid_arguments(f"no more than {MOST_PROMPTS} items allowed [json-pointer:/prompts]")
    if any(not isinstance(prompt, dict) or set(prompt) != {"title", "message"} for prompt in prompts):
        raise invalid_arguments("missing required field: title or message [json-pointer:/prompts]")
    world.workspace.prompts[channel.id, arguments.text_or_none("thread_ts") or ""] = prompts
    world.workspace.changes.happened()
    return {}


def _thread(world: World, arguments: Arguments) -> tuple[str, str]:
    channel = readable_channel(world, arguments.text("channel_id"))
    thread_ts = arguments.text("thread_ts")
    stored_message(channel, thread_ts, error="thread_not_found")
    return channel.id, thread_ts
