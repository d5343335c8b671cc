"""Payloads of commands and interactions, field for field as Slack sends them."""

from typing import Any

from sandbox.content.blocks import copy_json
from sandbox.delivery.events import VERIFICATION_TOKEN
from sandbox.slack import Slack
from sandbox.webapi import view_updates
from sandbox.workspace.channels import Channel
from sandbox.workspace.messages import Message, message_json, with_thread_counts
from sandbox.workspace.response_urls import ResponseUrl
from sandbox.workspace.users import User
from sandbox.workspace.views import View

Payload = dict[str, Any]


def slash_command(slack: Slack, user: User, channel: Channel, *, command: str, text: str) -> Payload:
    """Return the form of a slash command; it has no thread."""
    workspace = slack.workspace
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.team.id,
        "team_domain": workspace.team.domain,
        "channel_id": channel.id,
        "channel_name": _channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": workspace.app_id,
        "is_enterprise_install": "false",
        "response_url": _response_url(slack, ResponseUrl(user.id, channel.id)),
        "trigger_id": workspace.triggers.new(user.id, channel_id=channel.id),
    }


def message_actions(slack: Slack, user: User, channel: Channel, message: Message, *, action: Payload) -> Payload:
    """Return ``block_actions`` of a message; without the content of an ephemeral one."""
    ephemeral = message.ephemeral_to is not None
    target = ResponseUrl(user.id, channel.id, message.ts, is_ephemeral=ephemeral, thread_ts=message.thread_ts)
    container: Payload = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if message.thread_ts is not None:
        container["thread_ts"] = message.thread_ts
    payload = _interaction(slack, user, "block_actions")
    payload |= {"container": container, "channel": {"id": channel.id, "name": _channel_name(channel)}}
    if not ephemeral:
        payload["message"] = with_thread_counts(message_json(message), channel.replies(message.ts))
    return payload | {
        "state": {"values": copy_json(message.states.get(user.id, {}))},
        "response_url": _response_url(slack, target),
        "trigger_id": slack.workspace.triggers.new(user.id, channel_id=channel.id),
        "actions": [action],
    }


def view_actions(slack: Slack, user: User, view: View, *, action: Payload) -> Payload:
    """Return ``block_actions`` of a modal or Home."""
    payload = _in_view(slack, user, view, kind="block_actions")
    return payload | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": slack.workspace.triggers.new(user.id, view_id=view.id),
        "actions": [action],
    }


def view_submission(slack: Slack, user: User, view: View) -> Payload:
    """Return ``view_submission``, with response URLs for the conversation selects that ask for one."""
    payload = _in_view(slack, user, view, kind="view_submission")
    return payload | {
        "trigger_id": slack.workspace.triggers.new(user.id, view_id=view.id),
        "response_urls": [_url_of(slack, user, found) for found in _url_enabled(view)],
    }


def view_closed(slack: Slack, user: User, view: View, *, is_cleared: bool) -> Payload:
    """Return ``view_closed``."""
    return _in_view(slack, user, view, kind="view_closed") | {"is_cleared": is_cleared}


def global_shortcut(slack: Slack, user: User, callback_id: str) -> Payload:
    """Return ``shortcut``; Slack's has no channel, app id or user name."""
    payload = _interaction(slack, user, "shortcut")
    del payload["user"]["name"], payload["api_app_id"]
    payload |= {"action_ts": slack.workspace.new_ts(), "callback_id": callback_id}
    return payload | {"trigger_id": slack.workspace.triggers.new(user.id)}


def message_shortcut(slack: Slack, user: User, message: Message, *, callback_id: str) -> Payload:
    """Return ``message_action``; Slack's has no app id or ``username``."""
    channel = slack.workspace.channels[message.channel_id]
    payload = _interaction(slack, user, "message_action")
    del payload["user"]["username"], payload["api_app_id"]
    return payload | {
        "action_ts": slack.workspace.new_ts(),
        "callback_id": callback_id,
        "trigger_id": slack.workspace.triggers.new(user.id, channel_id=channel.id),
        "response_url": _response_url(slack, ResponseUrl(user.id, channel.id, message.ts)),
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "message": with_thread_counts(message_json(message), channel.replies(message.ts)),
    }


def block_suggestion(slack: Slack, user: User, part: Payload, *, ids: tuple[str, str], query: str) -> Payload:
    """Return ``block_suggestion``; ``part`` is the container with its message or view."""
    payload = _interaction(slack, user, "block_suggestion")
    return payload | part | {"block_id": ids[0], "action_id": ids[1], "value": query}


def _in_view(slack: Slack, user: User, view: View, *, kind: str) -> Payload:
    payload = _interaction(slack, user, kind)
    shown = view_updates.view_object(slack.workspace, view)
    if user.is_external_to(slack.workspace.team.id):
        # A view in front of an external carries their own team; only app_installed_team_id names the app's.
        payload["team"] = {"id": user.team_id, "domain": "elsewhere-sample"}
        shown["team_id"] = user.team_id
    return payload | {"view": shown}


def _interaction(slack: Slack, user: User, kind: str) -> Payload:
    workspace = slack.workspace
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
        "api_app_id": workspace.app_id,
        "token": VERIFICATION_TOKEN,
        "team": {"id": workspace.team.id, "domain": workspace.team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _channel_name(channel: Channel) -> str:
    if channel.is_im:
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name


def _response_url(slack: Slack, target: ResponseUrl) -> str:
    return slack.origin + slack.workspace.response_urls.new(target)


def _url_enabled(view: View) -> list[tuple[str, str, str]]:
    found = []
    for block in view.blocks:
        element = block.get("element") or {}
        if block["type"] == "input" and element.get("response_url_enabled"):
            state = view.state.get(block["block_id"], {}).get(element["action_id"], {})
            chosen = state.get("selected_conversation") or state.get("selected_channel")
            if chosen:
                found.append((block["block_id"], element["action_id"], chosen))
    return found


def _url_of(slack: Slack, user: User, found: tuple[str, str, str]) -> Payload:
    block_id, action_id, channel_id = found
    url = _response_url(slack, ResponseUrl(user.id, channel_id))
    return {"block_id": block_id, "action_id": action_id, "channel_id": channel_id, "response_url": url}
