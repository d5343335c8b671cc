"""Submitting and closing modals."""

from typing import Any

from sandbox.client import payloads
from sandbox.client.file_inputs import hand_over
from sandbox.client.form_validation import field_errors
from sandbox.client.targets import Outcome
from sandbox.client.visibility import in_front, person
from sandbox.content.blocks import find_block
from sandbox.slack import World
from sandbox.webapi import view_updates as showing
from sandbox.webapi.errors import ApiError
from sandbox.workspace.views import View

FAILURE = "We had some trouble connecting. Try again?"


async def submit(world: World, user_id: str, view_id: str) -> Outcome:
    """Press submit: the client checks the fields, the app answers, the stack changes accordingly."""
    user, view = person(world, user_id), in_front(world, user_id, view_id)
    view.errors, view.notice = field_errors(view), None
    if view.given.get("submit") is None:
        return Outcome(ok=False, error="This form has no submit button.")
    if view.errors:
        world.workspace.changes.happened()
        return Outcome(ok=False, error=_told(view.errors))
    hand_over(world, view)
    answer = await world.ask("interactive", payloads.view_submission(world, user, view))
    if not answer.ok:
        return _failed(world, view, FAILURE, None)
    try:
        return await _carried_out(world, view, answer.body)
    except ApiError as refusal:
        return _failed(world, view, f"{FAILURE} ({refusal.code})", answer.body)


async def close(world: World, user_id: str, view_id: str, *, clear: bool) -> Outcome:
    """Close a modal, or with ``clear`` (also when the view says so) the whole stack."""
    user, view = person(world, user_id), in_front(world, user_id, view_id)
    cleared = clear or bool(view.given.get("clear_on_close"))
    if cleared:
        closed = world.workspace.views.clear(user_id)
    else:
        world.workspace.views.pop(view)
        closed = [view]
    world.workspace.changes.happened()
    for gone in closed:
        if gone.given.get("notify_on_close"):
            await world.ask("interactive", payloads.view_closed(world, user, gone, is_cleared=cleared))
    return Outcome(ok=True)


async def _carried_out(world: World, view: View, body: dict[str, Any]) -> Outcome:
    action = body.get("response_action")
    if action is None:
        _refuse_unknown(body, allowed=set())
        _pop(world, view)
    elif action == "clear":
        _refuse_unknown(body, allowed={"response_action"})
        world.workspace.views.clear(view.user_id)
    elif action == "errors":
        return _errors(world, view, body)
    elif action in ("update", "push"):
        _refuse_unknown(body, allowed={"response_action", "view"})
        given = showing.checked(world.workspace, body.get("view"), surface="modal")
        if action == "push":
            showing.new_modal(world.workspace, view.user_id, given)
        else:
            showing.replace(world.workspace, view, given)
    else:
        raise ApiError("invalid_response_action")
    world.workspace.changes.happened()
    return Outcome(ok=True, response=body)


def _pop(world: World, view: View) -> None:
    if view.is_open:
        world.workspace.views.pop(view)


def _errors(world: World, view: View, body: dict[str, Any]) -> Outcome:
    errors = body.get("errors")
    _refuse_unknown(body, allowed={"response_action", "errors"})
    if not isinstance(errors, dict) or not errors:
        raise ApiError("invalid_errors")
    for block_id, text in errors.items():
        block = find_block(view.blocks, block_id)
        if block is None or block["type"] != "input" or not isinstance(text, str) or not text:
            raise ApiError(f"invalid_errors: {block_id} is no input block of this view")
    view.errors = dict(errors)
    world.workspace.changes.happened()
    return Outcome(ok=False, error=_told(errors), response=body)


def _refuse_unknown(body: dict[str, Any], *, allowed: set[str]) -> None:
    if set(body) - allowed:
        raise ApiError("invalid_acknowledgement")


def _failed(world: World, view: View, sentence: str, body: dict[str, Any] | None) -> Outcome:
    view.notice = sentence
    world.workspace.changes.happened()
    return Outcome(ok=False, error=sentence, response=body)


def _told(errors: dict[str, str]) -> str:
    return "; ".join(f"{block_id}: {text}" for block_id, text in errors.items())
