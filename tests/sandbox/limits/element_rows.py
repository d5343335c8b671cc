"""Limits of buttons, menus and inputs, and of what is unique: a name, a value that fits, one too much, the pointer."""

from tests.sandbox.block_kit import (
    actions,
    button,
    confirm,
    container,
    field,
    option,
    plain,
    section,
    select,
    text_input,
)
from tests.sandbox.limits.row_parts import Row

ELEMENT_ROWS: list[Row] = [
    (
        "button url is on the web",
        [actions(button(url="http://sample.example"))],
        [actions(button(url="javascript:alert(1)"))],
        "/blocks/0/elements/0/url",
    ),
    (
        "button style",
        [actions(button(style="danger"))],
        [actions(button(style="default"))],
        "/blocks/0/elements/0/style",
    ),
    ("select needs options", [actions(select())], [actions({"type": "static_select"})], "/blocks/0/elements/0"),
    (
        "initial option is offered",
        [actions(select(initial_option=option(1)))],
        [actions(select(initial_option=option(5)))],
        "/blocks/0/elements/0",
    ),
    (
        "min_query_length",
        [actions(select("external_select", min_query_length=0))],
        [actions(select("external_select", min_query_length=-1))],
        "/blocks/0/elements/0/min_query_length",
    ),
    (
        "text max_length, least",
        [field(text_input(max_length=1))],
        [field(text_input(max_length=0))],
        "/blocks/0/element/max_length",
    ),
    (
        "date form",
        [actions({"type": "datepicker", "initial_date": "2026-12-04"})],
        [actions({"type": "datepicker", "initial_date": "4 Dec"})],
        "/blocks/0/elements/0/initial_date",
    ),
    (
        "time form",
        [actions({"type": "timepicker", "initial_time": "09:30"})],
        [actions({"type": "timepicker", "initial_time": "9:30"})],
        "/blocks/0/elements/0/initial_time",
    ),
    (
        "confirm no",
        [actions(button(confirm=confirm(deny=plain("x" * 30))))],
        [actions(button(confirm=confirm(deny=plain("x" * 31))))],
        "/blocks/0/elements/0/confirm/deny/text",
    ),
    ("unknown block", [section()], [{"type": "sparkline"}], "/blocks/0/type"),
    ("unknown key", [section()], [section(colour="red")], "/blocks/0"),
    ("null field", [section()], [section(accessory=None)], "/blocks/0"),
    ("file_input only in modals", [field(text_input())], [field({"type": "file_input"})], "/blocks/0/element/type"),
    (
        "block ids are unique",
        [section(block_id="a"), section(block_id="b")],
        [section(block_id="a"), section(block_id="a")],
        "/blocks/1/block_id",
    ),
    (
        "block ids are unique inside containers",
        [section(block_id="a"), container(section(block_id="b"))],
        [section(block_id="a"), container(section(block_id="a"))],
        "/blocks/1/child_blocks/0/block_id",
    ),
    (
        "action ids are unique in a block",
        [actions(button(action_id="a"), button(action_id="b"))],
        [actions(button(action_id="a"), button(action_id="a"))],
        "/blocks/0/elements/1/action_id",
    ),
]
