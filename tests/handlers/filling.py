"""A form as it comes back when some of its fields are filled in."""

from typing import Any

from sandbox.blocks import completed, initial_state


def filled(view: dict[str, Any], **values: Any) -> dict[str, Any]:
    """The view as it comes back when these fields are filled in, everything else as it was opened."""
    blocks = completed(view["blocks"])
    state = initial_state(blocks)
    for name, value in values.items():
        [(action_id, element)] = state[name].items()
        state[name][action_id] = element | _entered(element["type"], value)
    return view | {"id": "V1", "blocks": blocks, "state": {"values": state}}


def _entered(kind: str, value: Any) -> dict[str, Any]:
    names = {
        "plain_text_input": "value",
        "datepicker": "selected_date",
        "timepicker": "selected_time",
        "users_select": "selected_user",
        "multi_users_select": "selected_users",
    }
    if kind in names:
        return {names[kind]: value}
    if kind in ("multi_static_select", "checkboxes"):
        return {"selected_options": [{"value": each} for each in value]}
    return {"selected_option": {"value": value} if value else None}
