"""The checks of Slack's client before it sends a form to the app."""

import re
from typing import Any

from sandbox.content.blocks import all_blocks
from sandbox.content.input_state import is_empty
from sandbox.workspace.views import View

MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
WEB = re.compile(r"https?://\S+")


def field_errors(view: View) -> dict[str, str]:
    """Return the error of each invalid field by block id; empty when the form may be submitted."""
    errors: dict[str, str] = {}
    for block in all_blocks(view.blocks):
        if block["type"] != "input":
            continue
        element = block["element"]
        error = _error(block, element, view.state[block["block_id"]][element["action_id"]])
        if error is not None:
            errors[block["block_id"]] = error
    return errors


def _error(block: dict[str, Any], element: dict[str, Any], state: dict[str, Any]) -> str | None:
    if is_empty(state):
        return None if block.get("optional") else "Please complete this required field."
    value = state.get("value")
    if not isinstance(value, str):
        return None
    return _length_error(element, value) or _format_error(element, value)


def _length_error(element: dict[str, Any], value: str) -> str | None:
    most = element.get("max_length", 3000)
    if len(value) > most:
        return f"Enter at most {most} characters; this has {len(value)}."
    least = element.get("min_length", 0)
    if len(value) < least:
        return f"Enter at least {least} characters; this has {len(value)}."
    return None


def _format_error(element: dict[str, Any], value: str) -> str | None:
    kind = element["type"]
    if kind == "email_text_input" and not MAIL.fullmatch(value):
        return "Enter an email address."
    if kind == "url_text_input" and not WEB.fullmatch(value):
        return "Enter an address that starts with http:// or https://."
    return _number_error(element, value) if kind == "number_input" else None


def _number_error(element: dict[str, Any], value: str) -> str | None:
    form = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(form, value):
        return "Enter a number." if element["is_decimal_allowed"] else "Enter a whole number."
    low, high = element.get("min_value"), element.get("max_value")
    if low is not None and float(value) < float(low):
        return f"Enter at least {low}."
    if high is not None and float(value) > float(high):
        return f"Enter at most {high}."
    return None
