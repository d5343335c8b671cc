"""Limits of every block, and the surfaces each may appear on."""

from collections.abc import Mapping
from typing import Any

from sandbox.limits.checks import (
    Check,
    Problems,
    any_of,
    boolean,
    by_type,
    items,
    not_both,
    object_with,
    one_of,
    string,
)
from sandbox.limits.elements import BUTTONS, CONTEXT_ACTIONS, IMAGE, IN_ACTIONS, IN_INPUT, IN_SECTION
from sandbox.limits.objects import BLOCK_ID, SLACK_FILE, TEXT, URL, plain, text
from sandbox.limits.rich_text import RICH_TEXT
from sandbox.limits.tables import DATA_TABLE, DATA_VISUALIZATION, TABLE

MARKDOWN = 12_000


def _block(kind: str, required: Mapping[str, Check], optional: Mapping[str, Check], *extra: Check) -> Check:
    return object_with({"type": one_of(kind), **required}, {"block_id": BLOCK_ID, **optional}, *extra)


def _collapsing_is_consistent(value: Any, at: str, problems: Problems) -> None:
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        problems.add("default_collapsed requires is_collapsible", at)
    if value.get("has_header_divider") and value.get("is_collapsible"):
        problems.add("has_header_divider cannot be used with is_collapsible", at)


def _action_ids_are_unique(value: Any, at: str, problems: Problems) -> None:
    elements = value.get("elements") if isinstance(value.get("elements"), list) else []
    seen: set[Any] = set()
    for index, element in enumerate(elements):
        action_id = element.get("action_id") if isinstance(element, dict) else None
        if action_id is not None and action_id in seen:
            problems.add(f"`action_id` already exists for this block: {action_id}", f"{at}/elements/{index}/action_id")
        seen.add(action_id)


CLASSIC: dict[str, Check] = {
    "section": _block(
        "section",
        {},
        {
            "text": text(TEXT),
            "fields": items(text(2000), 1, 10),
            "accessory": by_type(IN_SECTION, noun="element"),
            "expand": boolean,
        },
        any_of("text", "fields"),
    ),
    "header": _block("header", {"text": plain(150)}, {}),
    "divider": _block("divider", {}, {}),
    "context": _block(
        "context",
        {
            "elements": items(
                by_type({"image": IMAGE, "plain_text": text(TEXT), "mrkdwn": text(TEXT)}, noun="element"), 1, 10
            )
        },
        {},
    ),
    "actions": _block(
        "actions", {"elements": items(by_type(IN_ACTIONS, noun="element"), 1, 25)}, {}, _action_ids_are_unique
    ),
    "image": _block(
        "image",
        {"alt_text": string(2000)},
        {"image_url": URL, "slack_file": SLACK_FILE, "title": plain(2000)},
        any_of("image_url", "slack_file"),
        not_both("image_url", "slack_file"),
    ),
    "input": _block(
        "input",
        {"label": plain(2000), "element": by_type(IN_INPUT, noun="element")},
        {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": RICH_TEXT,
    "table": TABLE,
}

_CARD = _block(
    "card",
    {},
    {
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "icon": IMAGE,
        "slack_icon": object_with({"type": one_of("icon"), "name": string(255)}, {}),
        "hero_image": IMAGE,
        "actions": items(by_type({"button": BUTTONS["button"]}, noun="element"), 1, 3),
    },
    any_of("hero_image", "title", "actions", "body"),
    not_both("icon", "slack_icon"),
)

_CHILDREN = {name: CLASSIC[name] for name in CLASSIC}

_CONTAINER = _block(
    "container",
    {"child_blocks": items(by_type(_CHILDREN), 1, 10)},
    {
        "title": plain(150),
        "rich_text_title": RICH_TEXT,
        "subtitle": text(150),
        "width": one_of("narrow", "standard", "wide", "full"),
        "icon": IMAGE,
        "is_collapsible": boolean,
        "default_collapsed": boolean,
        "has_header_divider": boolean,
    },
    any_of("title", "rich_text_title"),
    _collapsing_is_consistent,
)


def _task_card(*statuses: str) -> Check:
    return _block(
        "task_card",
        {"task_id": string(255), "title": string(256), "status": one_of(*statuses)},
        {
            "details": RICH_TEXT,
            "output": RICH_TEXT,
            "sources": items(object_with({"type": one_of("url"), "url": URL, "text": string(255)}, {}), 1, 50),
        },
    )


_DONE = ("in_progress", "complete", "error")

NEWER: dict[str, Check] = {
    "card": _CARD,
    "carousel": _block("carousel", {"elements": items(by_type({"card": _CARD}), 1, 10)}, {}),
    "container": _CONTAINER,
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "markdown": _block("markdown", {"text": string(MARKDOWN)}, {}),
    "context_actions": _block(
        "context_actions", {"elements": items(by_type(CONTEXT_ACTIONS, noun="element"), 1, 5)}, {}
    ),
    "plan": _block(
        "plan", {"title": string(256)}, {"tasks": items(by_type({"task_card": _task_card("pending", *_DONE)}), 1, 50)}
    ),
    "task_card": _task_card(*_DONE),
    "alert": _block("alert", {"text": text(200)}, {"level": one_of("default", "info", "warning", "error", "success")}),
}

_EVERYWHERE = {name: CLASSIC[name] for name in CLASSIC if name != "table"}


def _on(*names: str) -> dict[str, Check]:
    return _EVERYWHERE | {name: {**CLASSIC, **NEWER}[name] for name in names}


SURFACES: dict[str, dict[str, Check]] = {
    "message": _on(
        "card",
        "carousel",
        "container",
        "data_table",
        "table",
        "data_visualization",
        "markdown",
        "context_actions",
        "plan",
        "task_card",
    ),
    "modal": _on("alert"),
    "home": _on("card", "carousel", "container", "data_table", "table", "data_visualization"),
}
