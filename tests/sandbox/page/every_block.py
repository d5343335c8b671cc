"""One block of every type and one input of every kind, for the page to draw."""

from typing import Any

from tests.sandbox.page.fake_source import button, mrkdwn, options, plain


def _raw(*texts: str) -> list[dict[str, Any]]:
    return [{"type": "raw_text", "text": text} for text in texts]


def _rich(text: str) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": [{"type": "text", "text": text, "style": {"bold": True}}]}


def _series(name: str, *values: int) -> dict[str, Any]:
    return {"name": name, "data": [{"label": f"M{i}", "value": value} for i, value in enumerate(values)]}


def _chart(kind: str) -> dict[str, Any]:
    axis = {"categories": ["M0", "M1"], "x_label": "Month", "y_label": "Accounts"}
    chart = {"type": kind, "series": [_series("up", 2, 3), _series("down", -1, 0)], "axis_config": axis}
    return {"type": "data_visualization", "title": f"As {kind}", "chart": chart}


def _input(block_id: str, element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element | {"action_id": "v"}}


FEEDBACK = {
    "type": "feedback_buttons",
    "action_id": "f",
    "positive_button": {"text": plain("Good"), "value": "good"},
    "negative_button": {"text": plain("Bad"), "value": "bad"},
}

EVERY_BLOCK: list[dict[str, Any]] = [
    {"type": "header", "text": plain("Review")},
    {"type": "section", "text": mrkdwn("*Acme*"), "fields": [mrkdwn("Stage"), plain("Owner")]},
    {"type": "context", "elements": [mrkdwn("since 1 Nov"), {"type": "image", "image_url": "x", "alt_text": "mark"}]},
    {"type": "divider"},
    {"type": "image", "image_url": "https://files.example/a.png", "alt_text": "A chart", "title": plain("Chart")},
    {
        "type": "actions",
        "block_id": "actions",
        "elements": [
            button("Go", "go", style="primary"),
            button("Read", "read", url="https://docs.example/"),
            {"type": "overflow", "action_id": "o", "options": options("One", "Two")},
            {"type": "static_select", "action_id": "s", "options": options("One", "Two")},
            {"type": "external_select", "action_id": "e", "min_query_length": 1},
            {"type": "users_select", "action_id": "u"},
            {"type": "conversations_select", "action_id": "c"},
            {"type": "channels_select", "action_id": "h"},
            {"type": "datepicker", "action_id": "d", "initial_date": "2026-12-04"},
            {"type": "timepicker", "action_id": "t"},
            {"type": "datetimepicker", "action_id": "dt", "initial_date_time": 1796376600},
            {"type": "checkboxes", "action_id": "k", "options": options("Held")},
            {"type": "radio_buttons", "action_id": "r", "options": options("Yes", "No")},
        ],
    },
    _input("note", {"type": "plain_text_input", "multiline": True}),
    {
        "type": "rich_text",
        "elements": [
            _rich("Bold"),
            {"type": "rich_text_list", "style": "ordered", "elements": [_rich("one"), _rich("two")]},
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x = 1"}]},
        ],
    },
    {
        "type": "markdown",
        "text": "# Title\n\n- one\n  - two\n\n1. three\n\n> said\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    },
    {"type": "table", "rows": [_raw("Tier", "Accounts"), _raw("1", "4")]},
    {"type": "data_table", "caption": "Fit", "rows": [_raw("Account"), _raw("Acme")]},
    _chart("bar"),
    _chart("line"),
    _chart("area"),
    {
        "type": "data_visualization",
        "title": "Tiers",
        "chart": {"type": "pie", "segments": [{"label": "1", "value": 4}]},
    },
    {
        "type": "container",
        "title": plain("History"),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": [{"type": "section", "text": mrkdwn("12 Nov: demo")}],
    },
    {"type": "card", "title": mrkdwn("Acme"), "body": mrkdwn("stalled"), "actions": [button("Open", "open")]},
    {"type": "carousel", "elements": [{"type": "card", "title": mrkdwn("Globex")}]},
    {"type": "alert", "level": "warning", "text": mrkdwn("No movement")},
    {"type": "context_actions", "elements": [FEEDBACK]},
]

EVERY_INPUT: list[dict[str, Any]] = [
    _input("plain", {"type": "plain_text_input"}),
    _input("number", {"type": "number_input", "is_decimal_allowed": False}),
    _input("date", {"type": "datepicker"}),
    _input("time", {"type": "timepicker"}),
    _input("moment", {"type": "datetimepicker"}),
    _input("kind", {"type": "radio_buttons", "options": options("Up", "Down")}),
    _input("also", {"type": "checkboxes", "options": options("Tell", "Share")}),
    _input("stage", {"type": "static_select", "options": options("Aware", "Engaged")}),
    _input("person", {"type": "users_select"}),
    _input("room", {"type": "channels_select"}),
    _input("talk", {"type": "conversations_select"}),
    _input("people", {"type": "multi_users_select"}),
]
