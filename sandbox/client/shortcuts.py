"""Running shortcuts and opening the app's Home."""

from typing import Any

from sandbox.client import payloads
from sandbox.client.targets import MessageTarget, Outcome
from sandbox.client.visibility import person, visible_message
from sandbox.slack import Slack
from sandbox.webapi import view_updates

FAILURE = "The app did not respond. Try again later."


async def shortcut(slack: Slack, user_id: str, callback_id: str, place: MessageTarget | None) -> Outcome:
    """A global shortcut, or a message shortcut on the message at ``place``."""
    user = person(slack, user_id)
    declared = slack.workspace.manifest.shortcuts.get(callback_id)
    if not slack.workspace.is_installed or declared is None or (declared.type == "message") != (place is not None):
        return Outcome(ok=False, error=f"There is no such shortcut here: {callback_id}.")
    if user.is_external_to(slack.workspace.team.id):
        return Outcome(ok=False, error=f"{declared.name} is not available to people of another workspace.")
    if place is None:
        payload = payloads.global_shortcut(slack, user, callback_id)
    else:
        message = visible_message(slack, user_id, place)
        payload = payloads.message_shortcut(slack, user, message, callback_id=callback_id)
    answer = await slack.request("interactive", payload)
    return Outcome(ok=True, response=answer.body) if answer.ok else Outcome(ok=False, error=FAILURE)


async def open_home(slack: Slack, user_id: str, tab: str) -> Outcome:
    """``app_home_opened`` for this person; the Home that they had is in it, with its hash."""
    user = person(slack, user_id)
    manifest = slack.workspace.manifest
    if not (manifest.home_tab_enabled if tab == "home" else manifest.messages_tab_enabled):
        return Outcome(ok=False, error=f"This app has no {tab} tab.")
    if user.is_guest and manifest.is_agent:
        return Outcome(ok=False, error="Guests cannot open this app.")
    event: dict[str, Any] = {"user": user.id, "channel": slack.workspace.im(user.id).id, "tab": tab}
    home = slack.workspace.views.homes.get(user.id)
    if tab == "home" and home is not None:
        event["view"] = view_updates.shown(slack.workspace, home)
    slack.events.workspace_wide("app_home_opened", event)
    return Outcome(ok=True)
