"""Blocks: their parts and ids, and the input of those in forms and messages."""

import re
import secrets
from collections.abc import Iterator
from typing import Any

from sandbox.messages import FormState

# Stored blocks: the ids and defaults that Slack fills in, and lookups by id.


def completed(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a copy of the blocks with ``block_id``, ``action_id``, ``emoji`` and ``verbatim`` filled in."""
    filled: list[dict[str, Any]] = copy_json(blocks)
    for block in all_blocks(filled):
        if not block.get("block_id"):
            block["block_id"] = secrets.token_urlsafe(4)
        for element in elements_of(block):
            if element["type"] not in ("mrkdwn", "plain_text") and not element.get("action_id"):
                element["action_id"] = secrets.token_urlsafe(4)
    _fill_texts(filled)
    return filled


def copy_json(value: Any) -> Any:
    """Return a deep copy of a JSON value; several times faster than ``copy.deepcopy``."""
    if isinstance(value, dict):
        return {name: copy_json(part) for name, part in value.items()}
    if isinstance(value, list):
        return [copy_json(part) for part in value]
    return value


def all_blocks(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield every block, including those inside containers."""
    for block in blocks:
        yield block
        if block["type"] == "container":
            yield from all_blocks(block["child_blocks"])


def elements_of(block: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the elements of one block: of actions, context, accessory or input; none of rich text."""
    if block["type"] == "rich_text":
        return []
    single = [block[name] for name in ("accessory", "element") if block.get(name)]
    return [*(block.get("elements") or []), *single]


def find_element(blocks: list[dict[str, Any]], block_id: str, action_id: str) -> dict[str, Any] | None:
    for block in all_blocks(blocks):
        if block["block_id"] != block_id:
            continue
        for element in elements_of(block):
            if element.get("action_id") == action_id:
                return element
    return None


def find_block(blocks: list[dict[str, Any]], block_id: str) -> dict[str, Any] | None:
    return next((block for block in all_blocks(blocks) if block["block_id"] == block_id), None)


def _fill_texts(value: Any) -> None:
    """Fill in the defaults of every text object in the value: ``emoji`` or ``verbatim``."""
    if isinstance(value, list):
        for part in value:
            _fill_texts(part)
    elif isinstance(value, dict):
        if value.get("type") == "plain_text":
            value.setdefault("emoji", True)
        elif value.get("type") == "mrkdwn":
            value.setdefault("verbatim", False)
        for part in value.values():
            _fill_texts(part)


# The state of input elements, in the form of Slack's ``state.values``.

ONE_OF_OPTIONS = {"static_select", "external_select", "radio_buttons"}
MANY_OPTIONS = {"multi_static_select", "multi_external_select", "checkboxes"}
SINGLE_VALUES = {
    "plain_text_input": ("value", "initial_value"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
}
MULTIPLE_VALUES = {"multi_users_select": ("selected_users", "initial_users"), "file_input": ("files", "initial_files")}
PATTERNS = {"datepicker": r"\d{4}-\d{2}-\d{2}", "timepicker": r"([01]\d|2[0-3]):[0-5]\d"}

Value = str | list[str] | None


class NotPossible(Exception):
    """Slack's client would not let a person do this; the message says why."""


def has_state(element: dict[str, Any]) -> bool:
    """Return True if the element has an entry in ``state.values``; a button has none."""
    return element["type"] in ONE_OF_OPTIONS | MANY_OPTIONS | SINGLE_VALUES.keys() | MULTIPLE_VALUES.keys()


def initial_state(blocks: list[dict[str, Any]]) -> FormState:
    """Return the state of every input element as first shown: its initial value, or null."""
    state: FormState = {}
    for block in all_blocks(blocks):
        for element in elements_of(block):
            if has_state(element):
                state.setdefault(block["block_id"], {})[element["action_id"]] = _initial_of(element)
    return state


def entered(element: dict[str, Any], value: Value) -> dict[str, Any]:
    """Return the element's state after this input; raises NotPossible for a value it does not offer."""
    kind = element["type"]
    if kind in ONE_OF_OPTIONS:
        return {"type": kind, "selected_option": None if value is None else _option(element, str(value))}
    if kind in MANY_OPTIONS:
        return {"type": kind, "selected_options": [_option(element, one) for one in _as_list(value)]}
    if kind == "file_input" and value is not None:
        raise NotPossible("Files are added to a field, not typed into it.")
    if kind in MULTIPLE_VALUES:
        return {"type": kind, MULTIPLE_VALUES[kind][0]: _as_list(value)}
    if kind not in SINGLE_VALUES:
        raise NotPossible(f"A {kind} cannot be filled in.")
    return {"type": kind, SINGLE_VALUES[kind][0]: _checked_value(kind, value)}


def carry_over(old: FormState, blocks: list[dict[str, Any]]) -> FormState:
    """Return a view's state after an update: input stays where block id, action id and type are unchanged."""
    state = initial_state(blocks)
    for block_id, actions in state.items():
        for action_id, fresh in actions.items():
            before = old.get(block_id, {}).get(action_id)
            if before is not None and before["type"] == fresh["type"]:
                actions[action_id] = before
    return state


def is_empty(state: dict[str, Any]) -> bool:
    return all(part in (None, "", []) for name, part in state.items() if name != "type")


def _initial_of(element: dict[str, Any]) -> dict[str, Any]:
    """Return the element's state as first shown: its initial value, null or an empty list without one."""
    kind = element["type"]
    if kind in ONE_OF_OPTIONS:
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in MANY_OPTIONS:
        return {"type": kind, "selected_options": element.get("initial_options") or []}
    if kind in MULTIPLE_VALUES:
        return {"type": kind, MULTIPLE_VALUES[kind][0]: list(element.get(MULTIPLE_VALUES[kind][1]) or [])}
    state_field, initial_field = SINGLE_VALUES[kind]
    return {"type": kind, state_field: element.get(initial_field) or None}


def _option(element: dict[str, Any], value: str) -> dict[str, Any]:
    """Return the option with this value; an external select may have any, as its options are not stored."""
    offered: list[dict[str, Any]] = element.get("options") or []
    for option in offered:
        if option["value"] == value:
            return option
    if element["type"].endswith("external_select"):
        return {"text": {"type": "plain_text", "text": value, "emoji": True}, "value": value}
    raise NotPossible(f"There is no option {value!r} here; there are {[option['value'] for option in offered]}.")


def _as_list(value: Value) -> list[str]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _checked_value(kind: str, value: Value) -> Any:
    """Return the value, None for an empty one; raises NotPossible for a list, or a date or time in another form."""
    if value is None or value == "":
        return None
    if isinstance(value, list):
        raise NotPossible("Only one value can be entered here.")
    if kind in PATTERNS and re.fullmatch(PATTERNS[kind], value) is None:
        raise NotPossible(f"{value!r} is no value for a {kind}.")
    return value
