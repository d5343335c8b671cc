"""Slash commands, shortcuts and the app's Home: the ways to start something in the app."""

from typing import Any

from sandbox.client import payloads
from sandbox.client.targets import MessageTarget, Outcome
from sandbox.client.visibility import active_user, visible_channel, visible_message
from sandbox.content.message_encoding import encode_command
from sandbox.slack import Slack
from sandbox.webapi import view_updates
from sandbox.webapi.errors import ApiError
from sandbox.webapi.response_url import respond_in_acknowledgement
from sandbox.workspace.response_urls import ResponseUrl
from sandbox.workspace.users import User

COMMAND_FAILURES = {
    "late": '{command} failed with the error "operation_timeout"',
    "refused": '{command} failed with the error "dispatch_failed"',
    "unreachable": "{command} failed because the app did not respond",
}
SHORTCUT_FAILURE = "The app did not respond. Try again later."


async def type_command(slack: Slack, user_id: str, channel_id: str, *, text: str, thread_ts: str | None) -> Outcome:
    """Send a slash command and show the response in its acknowledgement."""
    user, channel = active_user(slack, user_id), visible_channel(slack, user_id, channel_id)
    word, _, rest = text.strip().partition(" ")
    error = _command_error(slack, user, word, thread_ts)
    if error is not None:
        return Outcome(ok=False, error=error)
    command = slack.workspace.manifest.commands[word]
    sent = encode_command(rest.strip(), slack.workspace, should_escape=command.should_escape)
    payload = payloads.slash_command(slack, user, channel, command=word, text=sent)
    answer = await slack.request("slash_commands", payload)
    if not answer.ok:
        return Outcome(ok=False, error=COMMAND_FAILURES[answer.status].format(command=word))
    return _show_response(slack, ResponseUrl(user.id, channel.id), word, answer.body)


async def run_shortcut(slack: Slack, user_id: str, callback_id: str, target: MessageTarget | None) -> Outcome:
    """Run a global shortcut, or a message shortcut on ``target``."""
    user = active_user(slack, user_id)
    declared = slack.workspace.manifest.shortcuts.get(callback_id)
    if not slack.workspace.is_installed or declared is None or (declared.type == "message") != (target is not None):
        return Outcome(ok=False, error=f"There is no such shortcut here: {callback_id}.")
    if user.is_external_to(slack.workspace.team.id):
        return Outcome(ok=False, error=f"{declared.name} is not available to people of another workspace.")
    if target is None:
        payload = payloads.global_shortcut(slack, user, callback_id)
    else:
        message = visible_message(slack, user_id, target)
        payload = payloads.message_shortcut(slack, user, message, callback_id=callback_id)
    answer = await slack.request("interactive", payload)
    return Outcome(ok=True, response=answer.body) if answer.ok else Outcome(ok=False, error=SHORTCUT_FAILURE)


async def open_home(slack: Slack, user_id: str, tab: str) -> Outcome:
    """Send ``app_home_opened``, with the person's published Home and its hash if there is one."""
    user = active_user(slack, user_id)
    manifest = slack.workspace.manifest
    if not (manifest.home_tab_enabled if tab == "home" else manifest.messages_tab_enabled):
        return Outcome(ok=False, error=f"This app has no {tab} tab.")
    if user.is_guest and manifest.is_agent:
        return Outcome(ok=False, error="Guests cannot open this app.")
    event: dict[str, Any] = {"user": user.id, "channel": slack.workspace.im(user.id).id, "tab": tab}
    home = slack.workspace.views.homes.get(user.id)
    if tab == "home" and home is not None:
        event["view"] = view_updates.view_object(slack.workspace, home)
    slack.events.workspace_wide("app_home_opened", event)
    return Outcome(ok=True)


def _command_error(slack: Slack, user: User, word: str, thread_ts: str | None) -> str | None:
    if thread_ts is not None:
        return f"{word} is not supported in threads. Sorry!"
    if word not in slack.workspace.manifest.commands or not slack.workspace.is_installed:
        return f"{word} is not a valid command."
    if user.is_external_to(slack.workspace.team.id):
        return f"{word} is not available to people of another workspace."
    return None


def _show_response(slack: Slack, target: ResponseUrl, word: str, body: dict[str, Any]) -> Outcome:
    if not body:
        return Outcome(ok=True, response={})
    try:
        respond_in_acknowledgement(slack, target, body)
    except ApiError as refusal:
        error = f'{word} failed with the error "invalid_command_response" ({refusal.code})'
        return Outcome(ok=False, error=error, response=body)
    return Outcome(ok=True, response=body)
