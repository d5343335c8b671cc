"""Limits of parts of blocks (options, points): name, value that fits, one too much, pointer."""

from typing import Any

from tests.sandbox.block_kit import actions, bars, field, option, plain, select, text_input
from tests.sandbox.limits.row_parts import Row


def chart(*series: dict[str, Any], **axes: Any) -> list[dict[str, Any]]:
    whole = bars(1, 2)
    given = whole["chart"]
    return [whole | {"chart": given | {"series": list(series), "axis_config": given["axis_config"] | axes}}]


def line(name: str = "s", *labels: str) -> dict[str, Any]:
    return {"name": name, "data": [{"label": label, "value": 1} for label in labels or ("0", "1")]}


def dispatching(*when: str) -> list[dict[str, Any]]:
    return [field(text_input(dispatch_action_config={"trigger_actions_on": list(when)}), dispatch_action=True)]


SHORT = text_input(min_length=2, max_length=1)

SMALL_ROWS: list[Row] = [
    (
        "option text is needed",
        [actions(select(options=[option()]))],
        [actions(select(options=[option(text=plain(""))]))],
        "/blocks/0/elements/0/options/0/text/text",
    ),
    ("text lengths agree", [field(text_input(min_length=1, max_length=1))], [field(SHORT)], "/blocks/0/element"),
    (
        "when an input tells the app",
        dispatching("on_enter_pressed"),
        dispatching("on_escape_pressed"),
        "/blocks/0/element/dispatch_action_config/trigger_actions_on/0",
    ),
]
