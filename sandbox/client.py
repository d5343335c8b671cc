"""What people do in Slack's client, and the payloads that the app gets for it."""

import uuid
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec

from sandbox import web_api
from sandbox.blocks import (
    NotPossible,
    Value,
    all_blocks,
    copy_json,
    entered,
    find_block,
    find_element,
    has_state,
    initial_state,
    is_empty,
)
from sandbox.delivery import STOPPED, VERIFICATION_TOKEN, Answer
from sandbox.limits import acknowledgement_problems
from sandbox.messages import FormState, Message, message_json, with_thread_counts
from sandbox.methods import respond_in_acknowledgement
from sandbox.readable import encode_command, encode_message, rich_text_of
from sandbox.slack import Slack
from sandbox.web_api import ApiError, invalid_blocks
from sandbox.workspace import Channel, File, ResponseUrl, User, View, file_json

# The targets of an action - a message or a view - and its outcome.


@dataclass(frozen=True)
class MessageTarget:
    channel_id: str
    ts: str


@dataclass(frozen=True)
class ViewTarget:
    view_id: str


Target = MessageTarget | ViewTarget


@dataclass(frozen=True)
class Outcome:
    """The outcome of a person's action.

    ``error`` is the sentence that Slack's client would show, None when nothing went wrong. ``response`` is the body of
    the app's acknowledgement (empty when it had none), None when the app was not asked or gave no answer. ``ts`` is the
    ts of a message that the person posted.
    """

    ok: bool
    error: str | None = None
    response: dict[str, Any] | None = None
    ts: str | None = None


# The people, channels, messages and views that an action may use; NotPossible for all others.


def active_user(slack: Slack, user_id: str) -> User:
    """Return the person; raises NotPossible for a deactivated one, KeyError for an unknown id."""
    user = slack.workspace.users[user_id]
    if user.deleted:
        raise NotPossible(f"{user.name} is deactivated and cannot do anything.")
    return user


def visible_channel(slack: Slack, user_id: str, channel_id: str) -> Channel:
    """Return the channel if this person can open it: a public one, or one they are in; a guest only the latter."""
    channel = slack.workspace.channels[channel_id]
    guest = slack.workspace.users[user_id].is_guest
    if user_id not in channel.members and (channel.is_private or guest):
        raise NotPossible(f"{slack.workspace.users[user_id].name} cannot see #{channel.name}.")
    return channel


def visible_message(slack: Slack, user_id: str, target: MessageTarget) -> Message:
    """Return the message of the target; raises NotPossible where the person does not see it."""
    channel = visible_channel(slack, user_id, target.channel_id)
    for message in channel.visible_to(user_id):
        if message.ts == target.ts:
            return message
    raise NotPossible(f"There is no message {target.ts} to see in #{channel.name}.")


def view_still_open(slack: Slack, user_id: str, view_id: str) -> View:
    """Return the person's view of this id. Raises NotPossible for a view that was closed, or is somebody else's."""
    view = slack.workspace.views.known.get(view_id)
    if view is None or view.user_id != user_id or not view.is_open:
        raise NotPossible("This view is not open any more.")
    return view


def front_view(slack: Slack, user_id: str, view_id: str) -> View:
    """Return the view if it is a Home, or the modal on top of this person's stack."""
    view = view_still_open(slack, user_id, view_id)
    if view.is_modal and slack.workspace.views.top(user_id) is not view:
        raise NotPossible("Another form is in front of this one.")
    return view


# Payloads of commands and interactions, field for field as Slack sends them.

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
    container: Payload = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
    container["is_ephemeral"] = ephemeral
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
    payload = _in_view(slack, user, view, kind="block_actions")
    return payload | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": slack.workspace.triggers.new(user.id, view_id=view.id),
        "actions": [action],
    }


def view_submission(slack: Slack, user: User, view: View) -> Payload:
    payload = _in_view(slack, user, view, kind="view_submission")
    return payload | {"trigger_id": slack.workspace.triggers.new(user.id, view_id=view.id), "response_urls": []}


def view_closed(slack: Slack, user: User, view: View, *, is_cleared: bool) -> Payload:
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
    """Return ``block_suggestion`` of the element with ``ids`` (block, action); ``part`` is its container and view."""
    payload = _interaction(slack, user, "block_suggestion")
    return payload | part | {"block_id": ids[0], "action_id": ids[1], "value": query}


def _in_view(slack: Slack, user: User, view: View, *, kind: str) -> Payload:
    payload = _interaction(slack, user, kind)
    shown = web_api.view_object(slack.workspace, view)
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


# Buttons, selects and other elements in messages and views.

QUERY_CHARACTERS = 3
"""Characters after which an app is asked for options, where it does not say otherwise."""

FAILURE = "The app did not respond. Try again later."


async def click(
    slack: Slack, user_id: str, target: Target, *, block_id: str, action_id: str, value: Value = None
) -> Outcome:
    """Press a button, or choose in a select, date picker, checkboxes, radio or overflow of a message or view.

    ``value`` is the chosen option's value, a date ``2026-12-04``, a time ``09:30``, typed text, or a user or channel
    id; a list of them for multi-selects and checkboxes; None for a button.
    """
    ids = {"block_id": block_id, "action_id": action_id}
    if isinstance(target, ViewTarget):
        return await use_in_view(slack, user_id, target, value=value, **ids)
    return await use_in_message(slack, user_id, target, value=value, **ids)


async def use_in_message(
    slack: Slack, user_id: str, target: MessageTarget, *, block_id: str, action_id: str, value: Value
) -> Outcome:
    """Use an element of a message: keep the input for this person, and send ``block_actions``."""
    user, message = active_user(slack, user_id), visible_message(slack, user_id, target)
    channel = slack.workspace.channels[target.channel_id]
    element = _element(message.blocks, block_id, action_id)
    require_offered(slack, user, element, value)
    state = message.states.setdefault(user_id, initial_state(message.blocks))
    _store_input(element, state, (block_id, action_id), value)
    action = _action_of(slack, element, block_id=block_id, value=value, state=state)
    payload = message_actions(slack, user, channel, message, action=action)
    return _outcome_of(await slack.request("interactive", payload))


async def use_in_view(
    slack: Slack, user_id: str, target: ViewTarget, *, block_id: str, action_id: str, value: Value
) -> Outcome:
    """Use an element of a modal or Home; the app hears of an input block only with ``dispatch_action``."""
    user, view = active_user(slack, user_id), front_view(slack, user_id, target.view_id)
    element = _element(view.blocks, block_id, action_id)
    require_offered(slack, user, element, value)
    _store_input(element, view.state, (block_id, action_id), value)
    view.errors.pop(block_id, None)
    slack.workspace.changes.happened()
    block = find_block(view.blocks, block_id)
    if block is None or (block["type"] == "input" and not block.get("dispatch_action")):
        return Outcome(ok=True)
    action = _action_of(slack, element, block_id=block_id, value=value, state=view.state)
    return _outcome_of(await slack.request("interactive", view_actions(slack, user, view, action=action)))


async def suggestions(
    slack: Slack, user_id: str, view_id: str, *, block_id: str, action_id: str, query: str
) -> Outcome:
    """Ask the app for an external select's options. An answer without ``options`` and ``option_groups`` is an error.

    Raises NotPossible for a query with fewer characters than the select wants, three unless it says otherwise.
    """
    user, view = active_user(slack, user_id), front_view(slack, user_id, view_id)
    element = _element(view.blocks, block_id, action_id)
    if len(query) < element.get("min_query_length", QUERY_CHARACTERS):
        raise NotPossible("Type more characters: the app is not asked yet.")
    in_view = view_actions(slack, user, view, action={})
    container = {"container": in_view["container"], "view": in_view["view"]}
    payload = block_suggestion(slack, user, container, ids=(block_id, action_id), query=query)
    answer = await slack.request("interactive", payload)
    if answer.ok and not {"options", "option_groups"} & answer.body.keys():
        return Outcome(ok=False, error="Could not load the options.", response=answer.body)
    return _outcome_of(answer)


def _element(blocks: list[dict[str, Any]], block_id: str, action_id: str) -> dict[str, Any]:
    element = find_element(blocks, block_id, action_id)
    if element is None:
        raise NotPossible(f"There is nothing called {block_id} / {action_id} here.")
    return element


def _store_input(element: dict[str, Any], state: FormState, ids: tuple[str, str], value: Value) -> None:
    """Store the value as the state of the element with these (block id, action id), if it has a state."""
    if has_state(element):
        state[ids[0]][ids[1]] = entered(element, value)


def _action_of(
    slack: Slack, element: dict[str, Any], *, block_id: str, value: Value, state: FormState
) -> dict[str, Any]:
    """Return the entry of ``actions`` in the payload: what was pressed or chosen, with fields as Slack sends them."""
    action_id = element["action_id"]
    action = {"type": element["type"], "action_id": action_id, "block_id": block_id}
    if element["type"] == "button":
        action |= {name: element[name] for name in ("text", "value", "style", "url") if name in element}
    elif element["type"] == "feedback_buttons":
        thumbs = (element["positive_button"], element["negative_button"])
        action |= next(each for each in thumbs if value in (each["value"], each["text"]["text"]))
    elif element["type"] == "overflow":
        action["selected_option"] = entered(element | {"type": "static_select"}, value)["selected_option"]
    else:
        action |= state[block_id][action_id]
        action |= {name: element[name] for name in element if name.startswith(("initial_", "placeholder"))}
    return action | {"action_ts": slack.workspace.new_ts()}


def _outcome_of(answer: Answer) -> Outcome:
    if answer.ok:
        return Outcome(ok=True, response=answer.body)
    return Outcome(ok=False, error=FAILURE)


# The channels that a select offers a person: those in sight that its filter lets through.


def require_offered(slack: Slack, user: User, element: dict[str, Any], value: Value) -> None:
    """Raise NotPossible for a channel that Slack's client would not list in this select for this person.

    Elements other than a channel select, and no choice at all, pass.
    """
    if element["type"] != "conversations_select" or not value:
        return
    channel = slack.workspace.channels.get(str(value))
    is_in_sight = channel and not channel.is_archived and (not channel.is_private or user.id in channel.members)
    if not channel or not is_in_sight or channel.kind not in element.get("filter", {}).get("include", (channel.kind,)):
        raise NotPossible(f"There is no channel {value!r} in this list.")


# Files added to a form: uploaded at once, shown to the app when the form is submitted.

MOST_FILES = 10
"""Limit of a file input without ``max_files``."""


async def add_file(
    slack: Slack, user_id: str, view_id: str, *, block_id: str, action_id: str, name: str, content: bytes
) -> Outcome:
    """Add a file to a file input; NotPossible for another field, a type it does not take, and one file too many."""
    user, view = active_user(slack, user_id), front_view(slack, user_id, view_id)
    element = find_element(view.blocks, block_id, action_id)
    if element is None or element["type"] != "file_input":
        raise NotPossible(f"There is no field for files called {block_id} / {action_id} here.")
    endings = [str(ending).casefold() for ending in element.get("filetypes") or []]
    if endings and name.rpartition(".")[2].casefold() not in endings:
        raise NotPossible(f"Files of this kind cannot be added here: {name}. It takes {', '.join(endings)}.")
    entered = view.state[block_id][action_id]["files"]
    most = element.get("max_files", MOST_FILES)
    if len(entered) >= most:
        raise NotPossible(f"At most {most} {'file' if most == 1 else 'files'} can be added here.")
    workspace = slack.workspace
    created = int(workspace.now().timestamp())
    file = File(workspace.ids.new("F"), user.id, name, name, len(content), created, content=content, is_complete=True)
    workspace.files[file.id] = file
    entered.append(file_json(file, origin=slack.origin, team_id=workspace.team.id))
    view.errors.pop(block_id, None)
    workspace.changes.happened()
    return Outcome(ok=True)


# The checks of Slack's client before it sends a form to the app.


def field_errors(view: View) -> dict[str, str]:
    """Return the error of each invalid field by block id; empty when the form may be submitted."""
    errors: dict[str, str] = {}
    for block in all_blocks(view.blocks):
        if block["type"] != "input":
            continue
        element = block["element"]
        error = _field_error(block, element, view.state[block["block_id"]][element["action_id"]])
        if error is not None:
            errors[block["block_id"]] = error
    return errors


def _field_error(block: dict[str, Any], element: dict[str, Any], state: dict[str, Any]) -> str | None:
    """Return what Slack's client says below a field that is missing, too long or too short; None for a valid one."""
    if is_empty(state):
        return None if block.get("optional") else "Please complete this required field."
    value = state.get("value")
    if not isinstance(value, str):
        return None
    most = element.get("max_length", 3000)
    if len(value) > most:
        return f"Enter at most {most} characters; this has {len(value)}."
    least = element.get("min_length", 0)
    if len(value) < least:
        return f"Enter at least {least} characters; this has {len(value)}."
    return None


# Submitting and closing modals.

FORM_FAILURE = "We had some trouble connecting. Try again?"


async def submit(slack: Slack, user_id: str, view_id: str) -> Outcome:
    """Submit the form in front, unless the client's own checks find errors in it.

    Errors of the app are shown below its fields; no answer, or one that Slack refuses, as a notice above the form.
    """
    user, view = active_user(slack, user_id), front_view(slack, user_id, view_id)
    view.errors, view.notice = field_errors(view), None
    if view.given.get("submit") is None:
        return Outcome(ok=False, error="This form has no submit button.")
    if view.errors:
        slack.workspace.changes.happened()
        return Outcome(ok=False, error=_joined(view.errors))
    # the app sees a file from the moment when its form is submitted
    for state in (state for actions in view.state.values() for state in actions.values()):
        for file in state["files"] if state["type"] == "file_input" else []:
            slack.workspace.files[file["id"]].was_submitted = True
    answer = await slack.request("interactive", view_submission(slack, user, view))
    if not answer.ok:
        return _with_notice(slack, view, FORM_FAILURE, None)
    try:
        return await _apply_answer(slack, view, answer.body)
    except ApiError as refusal:
        return _with_notice(slack, view, f"{FORM_FAILURE} ({refusal.code})", answer.body)


async def close(slack: Slack, user_id: str, view_id: str, *, clear: bool = False) -> Outcome:
    """Close a modal (back to the one below), or with ``clear`` the whole stack."""
    user, view = active_user(slack, user_id), front_view(slack, user_id, view_id)
    if clear:
        closed = slack.workspace.views.clear(user_id)
    else:
        slack.workspace.views.pop(view)
        closed = [view]
    slack.workspace.changes.happened()
    for each in closed:
        if each.given.get("notify_on_close"):
            await slack.request("interactive", view_closed(slack, user, each, is_cleared=clear))
    return Outcome(ok=True)


async def _apply_answer(slack: Slack, view: View, body: dict[str, Any]) -> Outcome:
    """Close, clear, update or push views, or show errors, as ``response_action`` of the app's answer asks."""
    action = body.get("response_action")
    if action is None:
        _refuse_unknown(body, allowed=set())
        if view.is_open:
            slack.workspace.views.pop(view)
    elif action == "clear":
        _refuse_unknown(body, allowed={"response_action"})
        slack.workspace.views.clear(view.user_id)
    elif action == "errors":
        return _errors(slack, view, body)
    elif action in ("update", "push"):
        _refuse_unknown(body, allowed={"response_action", "view"})
        given = web_api.check_view(body.get("view"), surface="modal")
        if problems := acknowledgement_problems(given["blocks"], at="/view/blocks"):
            raise invalid_blocks(problems)
        if action == "push":
            web_api.open_modal(slack.workspace, view.user_id, given)
        else:
            web_api.replace_view(slack.workspace, view, given)
    else:
        raise ApiError("invalid_response_action")
    slack.workspace.changes.happened()
    return Outcome(ok=True, response=body)


def _errors(slack: Slack, view: View, body: dict[str, Any]) -> Outcome:
    """Show the errors of the app's answer below the fields; raises ApiError for an error that names no input block."""
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


def _with_notice(slack: Slack, view: View, sentence: str, body: dict[str, Any] | None) -> Outcome:
    """Show the sentence above the form, and return it as the outcome's error."""
    view.notice = sentence
    slack.workspace.changes.happened()
    return Outcome(ok=False, error=sentence, response=body)


def _joined(errors: dict[str, str]) -> str:
    return "; ".join(f"{block_id}: {text}" for block_id, text in errors.items())


# Slash commands, shortcuts and the app's Home: the ways to start something in the app.

COMMAND_FAILURES = {
    "late": '{command} failed with the error "operation_timeout"',
    "refused": '{command} failed with the error "dispatch_failed"',
    "unreachable": "{command} failed because the app did not respond",
}


async def type_command(
    slack: Slack, user_id: str, channel_id: str, text: str, *, thread_ts: str | None = None
) -> Outcome:
    """Type a slash command such as ``/account acme``; refused in a thread, as Slack's client does."""
    user, channel = active_user(slack, user_id), visible_channel(slack, user_id, channel_id)
    word, _, rest = text.strip().partition(" ")
    error = _command_error(slack, user, word, thread_ts)
    if error is not None:
        return Outcome(ok=False, error=error)
    command = slack.workspace.manifest.commands[word]
    encoded = encode_command(rest.strip(), slack.workspace, should_escape=command.should_escape)
    payload = slash_command(slack, user, channel, command=word, text=encoded)
    answer = await slack.request("slash_commands", payload)
    if not answer.ok:
        return Outcome(ok=False, error=COMMAND_FAILURES[answer.status].format(command=word))
    return _show_response(slack, ResponseUrl(user.id, channel.id), word, answer.body)


async def run_shortcut(slack: Slack, user_id: str, callback_id: str, target: MessageTarget | None = None) -> Outcome:
    """Run a global shortcut, or with ``target`` a shortcut of that message; none for people of another workspace."""
    user = active_user(slack, user_id)
    declared = slack.workspace.manifest.shortcuts.get(callback_id)
    if not slack.workspace.is_installed or declared is None or (declared.type == "message") != (target is not None):
        return Outcome(ok=False, error=f"There is no such shortcut here: {callback_id}.")
    if user.is_external_to(slack.workspace.team.id):
        return Outcome(ok=False, error=f"{declared.name} is not available to people of another workspace.")
    if target is None:
        payload = global_shortcut(slack, user, callback_id)
    else:
        message = visible_message(slack, user_id, target)
        payload = message_shortcut(slack, user, message, callback_id=callback_id)
    return _outcome_of(await slack.request("interactive", payload))


async def open_home(slack: Slack, user_id: str, tab: str = "home") -> Outcome:
    """Open the app's ``home`` or ``messages`` tab: send ``app_home_opened``, on Home with what is published there.

    An error where the app has no such tab, and for a guest if the app is an agent.
    """
    user = active_user(slack, user_id)
    manifest = slack.workspace.manifest
    if not (manifest.home_tab_enabled if tab == "home" else manifest.messages_tab_enabled):
        return Outcome(ok=False, error=f"This app has no {tab} tab.")
    if user.is_guest and manifest.is_agent:
        return Outcome(ok=False, error="Guests cannot open this app.")
    event: dict[str, Any] = {"user": user.id, "channel": slack.workspace.im(user.id).id, "tab": tab}
    home = slack.workspace.views.homes.get(user.id)
    if tab == "home" and home is not None:
        event["view"] = web_api.view_object(slack.workspace, home)
    slack.events.workspace_wide("app_home_opened", event)
    return Outcome(ok=True)


def _command_error(slack: Slack, user: User, word: str, thread_ts: str | None) -> str | None:
    """Return the error with which Slack's client refuses to send this command, None where it sends it."""
    if thread_ts is not None:
        return f"{word} is not supported in threads. Sorry!"
    if word not in slack.workspace.manifest.commands or not slack.workspace.is_installed:
        return f"{word} is not a valid command."
    if user.is_external_to(slack.workspace.team.id):
        return f"{word} is not available to people of another workspace."
    return None


def _show_response(slack: Slack, target: ResponseUrl, word: str, body: dict[str, Any]) -> Outcome:
    """Carry out what the app answered to a command in its acknowledgement."""
    if not body:
        return Outcome(ok=True, response={})
    try:
        respond_in_acknowledgement(slack, target, body)
    except ApiError as refusal:
        error = f'{word} failed with the error "invalid_command_response" ({refusal.code})'
        return Outcome(ok=False, error=error, response=body)
    return Outcome(ok=True, response=body)


# Messages that people post in channels, threads and direct messages.


async def post(
    slack: Slack,
    user_id: str,
    channel_id: str,
    text: str,
    *,
    thread_ts: str | None = None,
    file: tuple[str, bytes] | None = None,
    viewing: MessageTarget | str = "",
) -> Outcome:
    """Post in a channel, a thread or a direct message, with a file (its name and content) or without one.

    Names and links are encoded as Slack does. ``viewing`` is the channel, by its id, or the message that the person
    has open beside the agent view.
    """
    user, channel = active_user(slack, user_id), visible_channel(slack, user_id, channel_id)
    error = _posting_error(slack, user, channel, thread_ts)
    if error is not None:
        return Outcome(ok=False, error=error)
    encoded = encode_message(text, slack.workspace)
    message = Message(
        channel_id=channel.id,
        ts=slack.workspace.new_ts(),
        user_id=user.id,
        text=encoded,
        blocks=[rich_text_of(encoded)],
        thread_ts=thread_ts,
        team_id=user.team_id,
        client_msg_id=str(uuid.uuid4()),
    )
    if file is not None:
        message.subtype = "file_share"
        message.files = [_shared_file(slack, user, channel, *file)]
    slack.workspace.store(message)
    slack.events.message_posted(message, viewed=_viewed(slack, user, viewing))
    return Outcome(ok=True, ts=message.ts)


def _viewed(slack: Slack, user: User, viewing: MessageTarget | str) -> list[dict[str, Any]]:
    """The entities of what the person looks at, the channel before the message in it; empty when they look at none."""
    if not viewing:
        return []
    channel = visible_channel(slack, user.id, viewing if isinstance(viewing, str) else viewing.channel_id)
    found: list[dict[str, Any]] = [{"type": "slack#/types/channel_id", "value": channel.id}]
    if isinstance(viewing, MessageTarget):
        message = visible_message(slack, user.id, viewing)
        value = {"channel_id": channel.id, "message_ts": message.ts}
        found.append({"type": "slack#/types/message_context", "value": value})
    return [each | {"team_id": slack.workspace.team.id} for each in found]


async def stop(slack: Slack, user_id: str, channel_id: str, thread_ts: str) -> Outcome:
    """Press Stop in a thread that the app works on; there is no such button where the app does not listen to it."""
    user, channel = active_user(slack, user_id), visible_channel(slack, user_id, channel_id)
    session = slack.workspace.sessions.get((channel.id, thread_ts))
    if session is None or not session.says or STOPPED not in slack.workspace.manifest.bot_events:
        return Outcome(ok=False, error="There is nothing to stop.")
    slack.events.session_stopped(channel, thread_ts, user.id)
    return Outcome(ok=True)


def _shared_file(slack: Slack, user: User, channel: Channel, name: str, content: bytes) -> dict[str, Any]:
    """Store a file of the person as shared in the channel; return its object for the message."""
    created = int(slack.workspace.now().timestamp())
    file = File(
        slack.workspace.ids.new("F"), user.id, name, name, len(content), created, content=content, is_complete=True
    )
    file.channel_ids.append(channel.id)
    slack.workspace.files[file.id] = file
    return file_json(file, origin=slack.origin, team_id=slack.workspace.team.id)


def _posting_error(slack: Slack, user: User, channel: Channel, thread_ts: str | None) -> str | None:
    """Return why the person cannot post in the channel or thread, None where they can."""
    if channel.is_archived:
        return f"#{channel.name} is archived."
    if user.id not in channel.members:
        return f"You are not in #{channel.name}. Join it to post."
    is_with_bot = channel.is_im and slack.workspace.bot.id in channel.members
    if is_with_bot and not slack.workspace.manifest.messages_tab_enabled:
        return "Sending messages to this app has been turned off."
    if thread_ts is not None and channel.message(thread_ts) is None:
        return "This thread is gone."
    return None


# Every action a person can take in Slack's client, for tests and the page alike.

Given = ParamSpec("Given")


def _if_possible(
    action: Callable[Concatenate[Slack, Given], Coroutine[Any, Any, Outcome]],
) -> Callable[Concatenate["UserActions", Given], Coroutine[Any, Any, Outcome]]:
    """Return the action as a method that turns NotPossible into an outcome with its reason as the error."""

    async def attempt(self: "UserActions", /, *args: Given.args, **kwargs: Given.kwargs) -> Outcome:
        try:
            return await action(self._slack, *args, **kwargs)
        except NotPossible as reason:
            return Outcome(ok=False, error=str(reason))

    return attempt


class UserActions:
    """Actions of people; each returns its ``Outcome`` once the app has answered or failed to.

    An action that Slack's client would not offer - on something out of sight, with an unknown option, by somebody
    deactivated - returns the reason as its error, and the app hears nothing.
    """

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    type_command = _if_possible(type_command)
    post = _if_possible(post)
    stop = _if_possible(stop)
    click = _if_possible(click)
    attach = _if_possible(add_file)
    suggestions = _if_possible(suggestions)
    submit = _if_possible(submit)
    close = _if_possible(close)
    shortcut = _if_possible(run_shortcut)
    open_home = _if_possible(open_home)

    async def set_input(self, user_id: str, view_id: str, *, block_id: str, action_id: str, value: Value) -> Outcome:
        """Fill one field of an open modal or Home; the app hears of it only when the input dispatches."""
        return await self.click(user_id, ViewTarget(view_id), block_id=block_id, action_id=action_id, value=value)

    async def open_im(self, user_id: str) -> str:
        """Return the id of this person's direct message with the bot; create it if needed."""
        return self._slack.workspace.im(active_user(self._slack, user_id).id).id
