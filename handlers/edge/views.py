"""Views as Slack sends them: their fields, what was entered, and the entries of selects."""

from collections.abc import Mapping
from typing import Any

from agendas.rendering.splitting import length
from agendas.text.characters import beginning
from handlers.edge.payloads.values import Body, mapping, sequence, text

Field = dict[str, Any]
"""A block of a form."""

Values = dict[str, str]
"""The values entered into a form, by block id."""

ONE_CHOSEN = ("value", *(f"selected_{kind}" for kind in ("date", "time", "user", "channel", "conversation")))
OPTION_CHARACTERS = 75


def values_of(view: Mapping[str, Any]) -> Values:
    """The values entered, by block id; several choices are joined by commas, nothing entered is an empty string."""
    entered = mapping(mapping(view.get("state")).get("values"))
    return {block_id: chosen(element) for block_id, actions in entered.items() for element in mapping(actions).values()}


def inputs_of(view: Mapping[str, Any]) -> list[Field]:
    """The view's fields."""
    return [block for block in view["blocks"] if block["type"] == "input"]


def chosen(action: Body) -> str:
    """The value of a button, select, picker or menu as text; several are joined by commas."""
    for name in ONE_CHOSEN:
        if action.get(name) is not None:
            return text(action[name])
    option = action.get("selected_option")
    if option:
        return text(mapping(option).get("value"))
    several = action.get("selected_options")
    if several is not None:
        return ",".join(text(mapping(each).get("value")) for each in sequence(several))
    for name in ("selected_users", "selected_channels", "selected_conversations"):
        if action.get(name) is not None:
            return ",".join(text(each) for each in sequence(action[name]))
    return ""


def option(label: str, value: str) -> Field:
    """One entry of a select."""
    short = label if length(label) <= OPTION_CHARACTERS else f"{beginning(label, OPTION_CHARACTERS - 1, length)}…"
    return {"text": {"type": "plain_text", "text": short}, "value": value}
