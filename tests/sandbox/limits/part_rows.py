"""Limits of parts of blocks (pictures, options, points, tasks): name, value that fits, one too much, pointer."""

from typing import Any

from tests.sandbox.block_kit import (
    actions,
    address,
    bars,
    card,
    container,
    field,
    image,
    option,
    options,
    plain,
    raw,
    rich_text,
    section,
    select,
    table,
    tasks,
    text_input,
)
from tests.sandbox.limits.row_parts import Row, check, icon, overflow


def chart(*series: dict[str, Any], **axes: Any) -> list[dict[str, Any]]:
    whole = bars(1, 2)
    given = whole["chart"]
    return [whole | {"chart": given | {"series": list(series), "axis_config": given["axis_config"] | axes}}]


def line(name: str = "s", *labels: str) -> dict[str, Any]:
    return {"name": name, "data": [{"label": label, "value": 1} for label in labels or ("0", "1")]}


def workflow(text: str) -> dict[str, Any]:
    trigger = {"trigger": {"url": "https://sample.example"}}
    return {"type": "workflow_button", "text": plain(text), "workflow": trigger}


def task(**more: Any) -> dict[str, Any]:
    return {"type": "task_card", "task_id": "1", "title": "Look", "status": "complete", **more}


def context_image(**more: Any) -> list[dict[str, Any]]:
    return [{"type": "context", "elements": [image(**more)]}]


def dispatching(*when: str) -> list[dict[str, Any]]:
    return [field(text_input(dispatch_action_config={"trigger_actions_on": list(when)}), dispatch_action=True)]


def groups_of(inside: list[dict[str, Any]], **more: Any) -> list[dict[str, Any]]:
    group = {"label": plain("Group"), "options": inside}
    return [actions({"type": "static_select", "option_groups": [group], **more})]


def carousel(*inside: dict[str, Any]) -> dict[str, Any]:
    return {"type": "carousel", "elements": list(inside)}


ELEMENT = "/blocks/0/elements/0"
SHORT = text_input(min_length=2, max_length=1)
CLOUD = bars() | {"chart": bars()["chart"] | {"type": "cloud"}}

SMALL_ROWS: list[Row] = [
    ("actions, least", [actions(select())], [actions()], "/blocks/0/elements"),
    ("context, least", context_image(), [{"type": "context", "elements": []}], "/blocks/0/elements"),
    (
        "context text",
        [{"type": "context", "elements": [plain("x" * 3000)]}],
        [{"type": "context", "elements": [plain("x" * 3001)]}],
        "/blocks/0/elements/0/text",
    ),
    (
        "context image_url",
        context_image(image_url=address(3000)),
        context_image(image_url=address(3001)),
        "/blocks/0/elements/0/image_url",
    ),
    (
        "context image alt_text",
        context_image(alt_text="x" * 2000),
        context_image(alt_text="x" * 2001),
        "/blocks/0/elements/0/alt_text",
    ),
    (
        "an image has one source",
        [image()],
        [image(slack_file={"id": "F1"})],
        "/blocks/0",
    ),
    (
        "workflow_button text",
        [actions(workflow("x" * 75))],
        [actions(workflow("x" * 76))],
        "/blocks/0/elements/0/text/text",
    ),
    (
        "icon_button value",
        [{"type": "context_actions", "elements": [icon(value="x" * 2000)]}],
        [{"type": "context_actions", "elements": [icon(value="x" * 2001)]}],
        "/blocks/0/elements/0/value",
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
        "options of a group",
        groups_of(options(100)),
        groups_of(options(101)),
        "/blocks/0/elements/0/option_groups/0/options",
    ),
    ("options or groups, not both", [actions(select())], groups_of(options(1), options=options(1)), ELEMENT),
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
    ("plan tasks are unique", [tasks(2)], [tasks(1) | {"tasks": tasks(1)["tasks"] * 2}], "/blocks/0/tasks/1/task_id"),
    ("task title is a string", [task()], [task(title=plain("Look"))], "/blocks/0/title"),
    ("task status", [task(status="error")], [task(status="waiting")], "/blocks/0/status"),
    ("carousel holds cards", [carousel(card())], [carousel(section())], "/blocks/0/elements/0/type"),
    ("container, least", [container(section())], [container(child_blocks=[])], "/blocks/0/child_blocks"),
    (
        "container has its title in rich text",
        [{"type": "container", "rich_text_title": rich_text(), "child_blocks": [section()]}],
        [{"type": "container", "rich_text_title": plain("x"), "child_blocks": [section()]}],
        "/blocks/0/rich_text_title/type",
    ),
    ("a file block is Slack's own", [section()], [{"type": "file", "external_id": "1"}], "/blocks/0/type"),
    ("a video needs a domain of its own", [section()], [{"type": "video"}], "/blocks/0/type"),
]
