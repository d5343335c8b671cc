"""One block of every type and one input of every kind, for the page to draw."""

from typing import Any

from tests.sandbox.page.fake_source import button, mrkdwn, options, plain


def _raw(*texts: str) -> list[dict[str, Any]]:
    return [{"type": "raw_text", "text": text} for text in texts]


def _series(name: str, *values: int) -> dict[str, Any]:
    return {"name": name, "data": [{"label": f"M{i}", "value": value} for i, value in enumerate(values)]}


def _chart(kind: str) -> dict[str, Any]:
    axis = {"categories": ["M0", "M1"], "x_label": "Month", "y_label": "Accounts"}
    chart = {"type": kind, "series": [_series("up", 2, 3), _series("down", -1, 0)], "axis_config": axis}
    return {"type": "data_visualization", "title": f"As {kind}", "chart": chart}


def _input(block_id: str, element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element | {"action_id": "v"}}


EVERY_BLOCK: list[dict[str, Any]] = [
    {"type": "header", "text": plain("Review")},
    {"type": "section", "text": mrkdwn("*Acme*"), "fields": [mrkdwn("Stage"), plain("Owner")]},
    {"type": "context", "elements": [mrkdwn("since 1 Nov")]},
    {"type": "divider"},
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
            {"type": "datepicker", "action_id": "d", "initial_date": "2026-12-04"},
            {"type": "timepicker", "action_id": "t"},
            {"type": "checkboxes", "action_id": "k", "options": options("Held")},
            {"type": "radio_buttons", "action_id": "r", "options": options("Yes", "No")},
        ],
    },
    _input("note", {"type": "plain_text_input", "multiline": True}),
    {"type": "table", "rows": [_raw("Tier", "Accounts"), _raw("1", "4")]},
    {"type": "data_table", "caption": "Fit", "rows": [_raw("Account"), _raw("Acme")]},
    _chart("bar"),
    _chart("line"),
    {
        "type": "container",
        "title": plain("History"),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": [{"type": "section", "text": mrkdwn("12 Nov: demo")}],
    },
]

EVERY_INPUT: list[dict[str, Any]] = [
    _input("plain", {"type": "plain_text_input"}),
    _input("date", {"type": "datepicker"}),
    _input("time", {"type": "timepicker"}),
    _input("kind", {"type": "radio_buttons", "options": options("Up", "Down")}),
    _input("also", {"type": "checkboxes", "options": options("Tell", "Share")}),
    _input("stage", {"type": "static_select", "options": options("Aware", "Engaged")}),
    _input("person", {"type": "users_select"}),
    _input("talk", {"type": "conversations_select"}),
    _input("people", {"type": "multi_users_select"}),
]
