"""Submitting and closing modals."""

from typing import Any

from sandbox.client import payloads
from sandbox.client.file_inputs import share_with_app
from sandbox.client.form_validation import field_errors
from sandbox.client.targets import Outcome
from sandbox.client.visibility import active_user, front_view
from sandbox.content.blocks import find_block
from sandbox.limits import acknowledgement_problems
from sandbox.slack import Slack
from sandbox.webapi import view_updates
from sandbox.webapi.errors import ApiError, invalid_blocks
from sandbox.workspace.views import View

FAILURE = "We had some trouble connecting. Try again?"


async def submit(slack: Slack, user_id: str, view_id: str) -> Outcome:
    """Press submit: validate the fields, send the submission, and apply the app's answer to the stack."""
    user, view = active_user(slack, user_id), front_view(slack, user_id, view_id)
    view.errors, view.notice = field_errors(view), None
    if view.given.get("submit") is None:
        return Outcome(ok=False, error="This form has no submit button.")
    if view.errors:
        slack.workspace.changes.happened()
        return Outcome(ok=False, error=_joined(view.errors))
    share_with_app(slack, view)
    answer = await slack.request("interactive", payloads.view_submission(slack, user, view))
    if not answer.ok:
        return _failed(slack, view, FAILURE, None)
    try:
        return await _apply_answer(slack, view, answer.body)
    except ApiError as refusal:
        return _failed(slack, view, f"{FAILURE} ({refusal.code})", answer.body)


async def close(slack: Slack, user_id: str, view_id: str, *, clear: bool) -> Outcome:
    """Close a modal, or the whole stack with ``clear`` or the view's ``clear_on_close``."""
    user, view = active_user(slack, user_id), front_view(slack, user_id, view_id)
    cleared = clear or bool(view.given.get("clear_on_close"))
    if cleared:
        closed = slack.workspace.views.clear(user_id)
    else:
        slack.workspace.views.pop(view)
        closed = [view]
    slack.workspace.changes.happened()
    for each in closed:
        if each.given.get("notify_on_close"):
            await slack.request("interactive", payloads.view_closed(slack, user, each, is_cleared=cleared))
    return Outcome(ok=True)


async def _apply_answer(slack: Slack, view: View, body: dict[str, Any]) -> Outcome:
    action = body.get("response_action")
    if action is None:
        _refuse_unknown(body, allowed=set())
        _pop(slack, view)
    elif action == "clear":
        _refuse_unknown(body, allowed={"response_action"})
        slack.workspace.views.clear(view.user_id)
    elif action == "errors":
        return _errors(slack, view, body)
    elif action in ("update", "push"):
        _refuse_unknown(body, allowed={"response_action", "view"})
        given = view_updates.check_view(slack.workspace, body.get("view"), surface="modal")
        if problems := acknowledgement_problems(given["blocks"], at="/view/blocks"):
            raise invalid_blocks(problems)
        if action == "push":
            view_updates.open_modal(slack.workspace, view.user_id, given)
        else:
            view_updates.replace_view(slack.workspace, view, given)
    else:
        raise ApiError("invalid_response_action")
    slack.workspace.changes.happened()
    return Outcome(ok=True, response=body)


def _pop(slack: Slack, view: View) -> None:
    if view.is_open:
        slack.workspace.views.pop(view)


def _errors(slack: Slack, view: View, body: dict[str, Any]) -> Outcome:
    errors = body.get("errors")
    _refuse_unknown(body, allowed={"response_action", "errors"})
    if not isinstance(errors, dict) or not errors:
        raise ApiError("invalid_errors")
    for block_id, text in errors.items():
        block = find_block(view.blocks, block_id)
        if block is None or block["type"] != "input" or not isinstance(text, str) or not text:
            raise ApiError(f"invalid_errors: {block_id} is no input block of this view")
    view.errors = dict(errors)
    slack.workspace.changes.happened()
    return Outcome(ok=False, error=_joined(errors), response=body)


def _refuse_unknown(body: dict[str, Any], *, allowed: set[str]) -> None:
    if set(body) - allowed:
        raise ApiError("invalid_acknowledgement")


def _failed(slack: Slack, view: View, sentence: str, body: dict[str, Any] | None) -> Outcome:
    view.notice = sentence
    slack.workspace.changes.happened()
    return Outcome(ok=False, error=sentence, response=body)


def _joined(errors: dict[str, str]) -> str:
    return "; ".join(f"{block_id}: {text}" for block_id, text in errors.items())
