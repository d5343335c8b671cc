"""Limits of classic blocks: a name, a value that fits, one too much, the pointer."""

from tests.sandbox.block_kit import actions, button, mrkdwn, plain, section
from tests.sandbox.limits.row_parts import Row

BLOCK_ROWS: list[Row] = [
    ("blocks of a message", [section()] * 50, [section()] * 51, "/blocks"),
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
    ("section without text or fields", [section()], [{"type": "section"}], "/blocks/0"),
    (
        "header is plain",
        [{"type": "header", "text": plain("x")}],
        [{"type": "header", "text": mrkdwn("x")}],
        "/blocks/0/text/type",
    ),
]
