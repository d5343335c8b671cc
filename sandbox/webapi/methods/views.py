"""views.*: modals and Home."""

from typing import Any

from sandbox.slack import Slack
from sandbox.webapi import view_updates
from sandbox.webapi.access import reachable_user
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError, invalid_arguments
from sandbox.workspace.trigger_ids import Trigger
from sandbox.workspace.views import View


def open_(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """views.open: open a modal for the person of the trigger; closes their open stack."""
    given = _given(slack, arguments, surface="modal")
    view_updates.refuse_duplicate_external_id(slack.workspace, given, besides=None)
    trigger = _trigger(slack, arguments)
    slack.workspace.views.clear(trigger.user_id)
    return _answer(
        slack, view_updates.open_modal(slack.workspace, trigger.user_id, given, channel_id=trigger.channel_id)
    )


def push(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """views.push: open a modal on top of the stack; the trigger must come from an open modal."""
    given = _given(slack, arguments, surface="modal")
    trigger = _trigger(slack, arguments)
    if slack.workspace.views.find(trigger.view_id, None) is None:
        raise ApiError("not_found")
    return _answer(slack, view_updates.open_modal(slack.workspace, trigger.user_id, given))


def update(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """views.update: replace a view by view id or external id, guarded by ``hash`` when it is given."""
    view_id, external_id = arguments.text_or_none("view_id"), arguments.text_or_none("external_id")
    if not view_id and not external_id:
        raise invalid_arguments("missing required field: view_id or external_id")
    view = slack.workspace.views.find(view_id, external_id)
    if view is None:
        raise ApiError("not_found")
    given = _given(slack, arguments, surface="modal" if view.is_modal else "home")
    _check_hash(arguments, view)
    return _answer(slack, view_updates.replace_view(slack.workspace, view, given))


def publish(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """views.publish: publish a person's Home."""
    if not slack.workspace.manifest.home_tab_enabled:
        raise ApiError("not_enabled")
    user = reachable_user(slack, arguments.text("user_id"), error="user_not_found")
    given = _given(slack, arguments, surface="home")
    _check_hash(arguments, slack.workspace.views.homes.get(user.id))
    return _answer(slack, view_updates.publish_home(slack.workspace, user.id, given))


def _given(slack: Slack, arguments: Arguments, *, surface: str) -> dict[str, Any]:
    view = arguments.json_value("view", error="invalid_arguments")
    if view is None:
        raise invalid_arguments("missing required field: view")
    return view_updates.check_view(slack.workspace, view, surface=surface)


def _trigger(slack: Slack, arguments: Arguments) -> Trigger:
    taken = slack.workspace.triggers.take(arguments.text("trigger_id"))
    if isinstance(taken, str):
        raise ApiError(taken)
    return taken


def _check_hash(arguments: Arguments, view: View | None) -> None:
    stamp = arguments.text_or_none("hash")
    if stamp and (view is None or view.hash != stamp):
        raise ApiError("hash_conflict")


def _answer(slack: Slack, view: View) -> dict[str, Any]:
    return {"view": view_updates.view_object(slack.workspace, view)}
