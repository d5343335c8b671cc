"""Running shortcuts and opening the app's Home."""

from typing import Any

from sandbox.client import payloads
from sandbox.client.targets import MessagePlace, Outcome
from sandbox.client.visibility import person, sees_message
from sandbox.slack import World
from sandbox.webapi import view_updates as showing

FAILURE = "The app did not respond. Try again later."


async def shortcut(world: World, user_id: str, callback_id: str, place: MessagePlace | None) -> Outcome:
    """A global shortcut, or a message shortcut on the message at ``place``."""
    user = person(world, user_id)
    declared = world.workspace.manifest.shortcuts.get(callback_id)
    if not world.workspace.is_installed or declared is None or (declared.type == "message") != (place is not None):
        return Outcome(ok=False, error=f"There is no such shortcut here: {callback_id}.")
    if user.is_external_to(world.workspace.team.id):
        return Outcome(ok=False, error=f"{declared.name} is not available to people of another workspace.")
    if place is None:
        payload = payloads.global_shortcut(world, user, callback_id)
    else:
        message = sees_message(world, user_id, place)
        payload = payloads.message_shortcut(world, user, message, callback_id=callback_id)
    answer = await world.ask("interactive", payload)
    return Outcome(ok=True, response=answer.body) if answer.ok else Outcome(ok=False, error=FAILURE)


async def open_home(world: World, user_id: str, tab: str) -> Outcome:
    """``app_home_opened`` for this person; the Home that they had is in it, with its hash."""
    user = person(world, user_id)
    manifest = world.workspace.manifest
    if not (manifest.home_tab_enabled if tab == "home" else manifest.messages_tab_enabled):
        return Outcome(ok=False, error=f"This app has no {tab} tab.")
    if user.is_guest and manifest.is_agent:
        return Outcome(ok=False, error="Guests cannot open this app.")
    event: dict[str, Any] = {"user": user.id, "channel": world.workspace.im(user.id).id, "tab": tab}
    home = world.workspace.views.homes.get(user.id)
    if tab == "home" and home is not None:
        event["view"] = showing.shown(world.workspace, home)
    world.events.workspace_wide("app_home_opened", event)
    return Outcome(ok=True)
