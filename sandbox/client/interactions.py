"""Buttons, selects and other elements in messages and views."""

from typing import Any

from sandbox.client import payloads
from sandbox.client.channel_choices import require_offered
from sandbox.client.targets import MessageTarget, Outcome, ViewTarget
from sandbox.client.visibility import active_user, front_view, visible_message
from sandbox.content.blocks import find_block, find_element
from sandbox.content.input_state import NotPossible, Value, entered, has_state, initial_state
from sandbox.delivery.answer import Answer
from sandbox.slack import Slack
from sandbox.workspace.messages import FormState
from sandbox.workspace.views import View

QUERY_CHARACTERS = 3
"""Characters after which an app is asked for options, where it does not say otherwise."""

FAILURE = "The app did not respond. Try again later."


async def use_in_message(
    slack: Slack, user_id: str, target: MessageTarget, *, block_id: str, action_id: str, value: Value
) -> Outcome:
    """Use an element of a message that the person can see."""
    user, message = active_user(slack, user_id), visible_message(slack, user_id, target)
    channel = slack.workspace.channels[target.channel_id]
    blocks = [*message.blocks, *(block for entry in message.attachments for block in entry.get("blocks", []))]
    element = _element(blocks, block_id, action_id)
    require_offered(slack, user, element, value)
    state = message.states.setdefault(user_id, initial_state(blocks, channel.id))
    _enter(element, state, (block_id, action_id), value)
    action = _action(slack, element, block_id=block_id, value=value, state=state)
    payload = payloads.message_actions(slack, user, channel, message, action=action)
    return _outcome(await slack.request("interactive", payload))


async def use_in_view(
    slack: Slack, user_id: str, target: ViewTarget, *, block_id: str, action_id: str, value: Value
) -> Outcome:
    """Use an element of a modal or Home; the app hears of an input block only with ``dispatch_action``."""
    user, view = active_user(slack, user_id), front_view(slack, user_id, target.view_id)
    element = _element(view.blocks, block_id, action_id)
    require_offered(slack, user, element, value)
    _enter(element, view.state, (block_id, action_id), value)
    view.errors.pop(block_id, None)
    slack.workspace.changes.happened()
    if not _dispatches(view, block_id):
        return Outcome(ok=True)
    action = _action(slack, element, block_id=block_id, value=value, state=view.state)
    payload = payloads.view_actions(slack, user, view, action=action)
    return _outcome(await slack.request("interactive", payload))


async def suggestions(
    slack: Slack, user_id: str, view_id: str, *, block_id: str, action_id: str, query: str
) -> Outcome:
    """Ask the app for an external select's options; the response has ``options`` or ``option_groups``.

    The app is not asked before as many characters are typed as the select wants, three unless it says otherwise.
    """
    user, view = active_user(slack, user_id), front_view(slack, user_id, view_id)
    element = _element(view.blocks, block_id, action_id)
    if len(query) < element.get("min_query_length", QUERY_CHARACTERS):
        raise NotPossible("Type more characters: the app is not asked yet.")
    shown = payloads.view_actions(slack, user, view, action={})
    part = {"container": shown["container"], "view": shown["view"]}
    payload = payloads.block_suggestion(slack, user, part, ids=(block_id, action_id), query=query)
    answer = await slack.request("interactive", payload)
    if answer.ok and not {"options", "option_groups"} & answer.body.keys():
        return Outcome(ok=False, error="Could not load the options.", response=answer.body)
    return _outcome(answer)


def _element(blocks: list[dict[str, Any]], block_id: str, action_id: str) -> dict[str, Any]:
    element = find_element(blocks, block_id, action_id)
    if element is None:
        raise NotPossible(f"There is nothing called {block_id} / {action_id} here.")
    return element


def _enter(element: dict[str, Any], state: FormState, ids: tuple[str, str], value: Value) -> None:
    if has_state(element):
        state[ids[0]][ids[1]] = entered(element, value)


def _dispatches(view: View, block_id: str) -> bool:
    block = find_block(view.blocks, block_id)
    return block is not None and (block["type"] != "input" or bool(block.get("dispatch_action")))


def _action(slack: Slack, element: dict[str, Any], *, block_id: str, value: Value, state: FormState) -> dict[str, Any]:
    action_id = element["action_id"]
    action = {"type": element["type"], "action_id": action_id, "block_id": block_id}
    if element["type"] in ("button", "workflow_button"):
        action |= {name: element[name] for name in ("text", "value", "style", "url") if name in element}
    elif element["type"] == "overflow":
        action["selected_option"] = entered(element | {"type": "static_select"}, value)["selected_option"]
    elif element["type"] == "feedback_buttons":
        action |= _feedback(element, value)
    elif element["type"] == "icon_button":
        action |= {name: element[name] for name in ("value",) if name in element}
    else:
        action |= state[block_id][action_id]
        action |= {name: element[name] for name in element if name.startswith(("initial_", "placeholder"))}
    return action | {"action_ts": slack.workspace.new_ts()}


def _feedback(element: dict[str, Any], value: Value) -> dict[str, Any]:
    for button in (element["positive_button"], element["negative_button"]):
        if button["value"] == value:
            return {"text": button["text"], "value": value}
    raise NotPossible(f"There is no feedback {value!r} here.")


def _outcome(answer: Answer) -> Outcome:
    if answer.ok:
        return Outcome(ok=True, response=answer.body)
    return Outcome(ok=False, error=FAILURE)
