"""assistant.threads.*: status, title and suggested prompts of a thread."""

from typing import Any

from sandbox.slack import Slack
from sandbox.webapi.access import known_channel, readable_channel, stored_message
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import invalid_arguments

MOST_PROMPTS = 4


def set_status(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """assistant.threads.setStatus; an empty status clears it."""
    place = _thread(slack, arguments)
    if not arguments.has("status"):
        raise invalid_arguments("missing required field: status")
    slack.workspace.statuses[place] = arguments.text_or_none("status") or ""
    slack.workspace.changes.happened()
    return {}


def set_title(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """assistant.threads.setTitle."""
    _thread(slack, arguments)
    arguments.text("title")
    return {}


def set_prompts(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """assistant.threads.setSuggestedPrompts: one to four prompts, each with a title and a message."""
    channel = known_channel(slack, arguments.text("channel_id"))
    prompts = arguments.json_value("prompts", error="invalid_arguments")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= MOST_PROMPTS:
        raise invalid_arguments(f"no more than {MOST_PROMPTS} items allowed [json-pointer:/prompts]")
    if any(not isinstance(prompt, dict) or set(prompt) != {"title", "message"} for prompt in prompts):
        raise invalid_arguments("missing required field: title or message [json-pointer:/prompts]")
    slack.workspace.prompts[channel.id, arguments.text_or_none("thread_ts") or ""] = prompts
    slack.workspace.changes.happened()
    return {}


def _thread(slack: Slack, arguments: Arguments) -> tuple[str, str]:
    channel = readable_channel(slack, arguments.text("channel_id"))
    thread_ts = arguments.text("thread_ts")
    stored_message(channel, thread_ts, error="thread_not_found")
    return channel.id, thread_ts
