"""Limits of classic blocks: a name, a value that fits, one too much, the pointer."""

from tests.sandbox.block_kit import (
    actions,
    button,
    field,
    mrkdwn,
    plain,
    section,
    select,
    text_input,
)
from tests.sandbox.limits.row_parts import Row

BLOCK_ROWS: list[Row] = [
    ("blocks of a message", [section()] * 50, [section()] * 51, "/blocks"),
    ("block_id", [section(block_id="b" * 255)], [section(block_id="b" * 256)], "/blocks/0/block_id"),
    (
        "action_id",
        [actions(button(action_id="a" * 255))],
        [actions(button(action_id="a" * 256))],
        "/blocks/0/elements/0/action_id",
    ),
    ("section text", [section("x" * 3000)], [section("x" * 3001)], "/blocks/0/text/text"),
    ("section text, least", [section("x")], [section("")], "/blocks/0/text/text"),
    (
        "section fields",
        [{"type": "section", "fields": [mrkdwn("x")] * 10}],
        [{"type": "section", "fields": [mrkdwn("x")] * 11}],
        "/blocks/0/fields",
    ),
    (
        "section field",
        [{"type": "section", "fields": [mrkdwn("x" * 2000)]}],
        [{"type": "section", "fields": [mrkdwn("x" * 2001)]}],
        "/blocks/0/fields/0/text",
    ),
    ("section without text or fields", [section()], [{"type": "section"}], "/blocks/0"),
    (
        "header",
        [{"type": "header", "text": plain("x" * 150)}],
        [{"type": "header", "text": plain("x" * 151)}],
        "/blocks/0/text/text",
    ),
    (
        "header is plain",
        [{"type": "header", "text": plain("x")}],
        [{"type": "header", "text": mrkdwn("x")}],
        "/blocks/0/text/type",
    ),
    (
        "context elements",
        [{"type": "context", "elements": [mrkdwn("x")] * 10}],
        [{"type": "context", "elements": [mrkdwn("x")] * 11}],
        "/blocks/0/elements",
    ),
    ("actions elements", [actions(*[button()] * 25)], [actions(*[button()] * 26)], "/blocks/0/elements"),
    (
        "actions take no multi-select",
        [actions(select())],
        [actions(select("multi_static_select"))],
        "/blocks/0/elements/0/type",
    ),
    (
        "actions take no text input",
        [actions(select("users_select"))],
        [actions(text_input())],
        "/blocks/0/elements/0/type",
    ),
    (
        "section takes a multi-select",
        [section(accessory=select("multi_static_select"))],
        [section(accessory=text_input())],
        "/blocks/0/accessory/type",
    ),
    (
        "input label",
        [field(text_input(), label=plain("x" * 2000))],
        [field(text_input(), label=plain("x" * 2001))],
        "/blocks/0/label/text",
    ),
    (
        "input hint",
        [field(text_input(), hint=plain("x" * 2000))],
        [field(text_input(), hint=plain("x" * 2001))],
        "/blocks/0/hint/text",
    ),
    ("input takes no button", [field(text_input())], [field(button())], "/blocks/0/element/type"),
]
