"""Lookup of buttons and fields by label."""

from collections.abc import Iterator
from typing import Any

from sandbox.blocks import MANY_OPTIONS, ONE_OF_OPTIONS, Value, all_blocks, elements_of, has_state
from sandbox.readable import control_labels, labels, options_of
from sandbox.workspace.workspace import Workspace

Found = tuple[dict[str, Any], dict[str, Any]]


def find_control(blocks: list[dict[str, Any]], label: str) -> tuple[dict[str, Any], dict[str, Any], Value]:
    """Return block, element and value of the control with this label; AssertionError when there is none."""
    for block, element in _all(blocks):
        if element["type"] in ("overflow", "radio_buttons", "checkboxes", "static_select"):
            for option in options_of(element):
                if option["text"]["text"] == label:
                    return block, element, option["value"]
        if label in (*control_labels(block, element), element.get("action_id")):
            return block, element, None
    raise AssertionError(f"There is no {label!r} to click; there are {labels(blocks)}.")


def find_field(blocks: list[dict[str, Any]], name: str) -> Found:
    """Return block and element of a field by label, block id or action id; AssertionError when there is none."""
    found = next(_fields(blocks, name), None)
    if found is None:
        raise AssertionError(f"There is no field {name!r}; there are {labels(blocks)}.")
    return found


def has_field(blocks: list[dict[str, Any]], name: str) -> bool:
    """Return True if there is a field of this label, block id or action id."""
    return next(_fields(blocks, name), None) is not None


def _fields(blocks: list[dict[str, Any]], name: str) -> Iterator[Found]:
    for block, element in _all(blocks):
        names = [*control_labels(block, element), block["block_id"], element.get("action_id")]
        if has_state(element) and any(_same(name, other) for other in names):
            yield block, element


def value_for(element: dict[str, Any], value: Value, workspace: Workspace) -> Value:
    """Return the value to enter: an option's value for its text, an id for ``ann``, ``@ann`` or ``#abm``."""
    if isinstance(value, list):
        return [one for part in value if (one := _one(element, part, workspace)) is not None]
    return _one(element, value, workspace) if value is not None else None


def _one(element: dict[str, Any], value: str, workspace: Workspace) -> str:
    kind = element["type"]
    if kind in ONE_OF_OPTIONS | MANY_OPTIONS or kind == "overflow":
        matching = [option["value"] for option in options_of(element) if option["text"]["text"] == value]
        return str(matching[0]) if matching else value
    if kind in ("users_select", "multi_users_select"):
        user = workspace.user_named(value.removeprefix("@"))
        return user.id if user is not None else value
    if "conversations" in kind or "channels" in kind:
        channel = workspace.channel_named(value)
        return channel.id if channel is not None else value
    return value


def _all(blocks: list[dict[str, Any]]) -> list[Found]:
    return [(block, element) for block in all_blocks(blocks) for element in elements_of(block)]


def _same(name: str, other: Any) -> bool:
    return isinstance(other, str) and name.replace("_", " ").casefold() == other.replace("_", " ").casefold()
