"""Limits of parts of blocks (options, points): name, value that fits, one too much, pointer."""

from typing import Any

from tests.sandbox.block_kit import (
    actions,
    bars,
    container,
    field,
    option,
    plain,
    raw,
    section,
    select,
    table,
    text_input,
)
from tests.sandbox.limits.row_parts import Row, check, overflow


def chart(*series: dict[str, Any], **axes: Any) -> list[dict[str, Any]]:
    whole = bars(1, 2)
    given = whole["chart"]
    return [whole | {"chart": given | {"series": list(series), "axis_config": given["axis_config"] | axes}}]


def line(name: str = "s", *labels: str) -> dict[str, Any]:
    return {"name": name, "data": [{"label": label, "value": 1} for label in labels or ("0", "1")]}


def dispatching(*when: str) -> list[dict[str, Any]]:
    return [field(text_input(dispatch_action_config={"trigger_actions_on": list(when)}), dispatch_action=True)]


SHORT = text_input(min_length=2, max_length=1)
CLOUD = bars() | {"chart": bars()["chart"] | {"type": "cloud"}}

SMALL_ROWS: list[Row] = [
    ("actions, least", [actions(select())], [actions()], "/blocks/0/elements"),
    (
        "context, least",
        [{"type": "context", "elements": [plain("x")]}],
        [{"type": "context", "elements": []}],
        "/blocks/0/elements",
    ),
    (
        "context text",
        [{"type": "context", "elements": [plain("x" * 3000)]}],
        [{"type": "context", "elements": [plain("x" * 3001)]}],
        "/blocks/0/elements/0/text",
    ),
    ("overflow options, least", [actions(overflow(1))], [actions(overflow(0))], "/blocks/0/elements/0/options"),
    ("checkboxes, least", [actions(check(1))], [actions(check(0))], "/blocks/0/elements/0/options"),
    (
        "radio buttons, least",
        [actions(check(1, "radio_buttons"))],
        [actions(check(0, "radio_buttons"))],
        "/blocks/0/elements/0/options",
    ),
    (
        "option text is needed",
        [actions(select(options=[option()]))],
        [actions(select(options=[option(text=plain(""))]))],
        "/blocks/0/elements/0/options/0/text/text",
    ),
    (
        "min_query_length",
        [actions(select("external_select", min_query_length=0))],
        [actions(select("external_select", min_query_length=-1))],
        "/blocks/0/elements/0/min_query_length",
    ),
    (
        "text min_length, least",
        [field(text_input(min_length=0))],
        [field(text_input(min_length=-1))],
        "/blocks/0/element/min_length",
    ),
    ("text lengths agree", [field(text_input(min_length=1, max_length=1))], [field(SHORT)], "/blocks/0/element"),
    (
        "when an input tells the app",
        dispatching("on_enter_pressed"),
        dispatching("on_escape_pressed"),
        "/blocks/0/element/dispatch_action_config/trigger_actions_on/0",
    ),
    ("table, least", [table(1)], [table(0)], "/blocks/0/rows"),
    (
        "table rows are even",
        [table(2, 2)],
        [table(0) | {"rows": [[raw("x")], [raw("x"), raw("x")]]}],
        "/blocks/0/rows",
    ),
    ("series name", chart(line("n" * 20)), chart(line("n" * 21)), "/blocks/0/chart/series/0/name"),
    ("series names are unique", chart(line("a"), line("b")), chart(line("a"), line("a")), "/blocks/0/chart/series"),
    (
        "a point for each category",
        chart(line("s", "0", "1")),
        chart(line("s", "0")),
        "/blocks/0/chart/series/0/data",
    ),
    (
        "category",
        chart(line("s", "c" * 20), categories=["c" * 20]),
        chart(line("s", "c" * 21), categories=["c" * 21]),
        "/blocks/0/chart/axis_config/categories/0",
    ),
    ("axis label, upright", [bars(y_label="x" * 50)], [bars(y_label="x" * 51)], "/blocks/0/chart/axis_config/y_label"),
    ("chart kind", [bars()], [CLOUD], "/blocks/0/chart/type"),
    ("container, least", [container(section())], [container(child_blocks=[])], "/blocks/0/child_blocks"),
]
