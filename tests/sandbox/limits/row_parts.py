"""Parts of the rows of limits."""

from typing import Any

from tests.sandbox.block_kit import (
    options,
    plain,
    raw,
)

Row = tuple[str, Any, Any, str]
FEEDBACK = {"text": plain("Good"), "value": "g"}


def feedback(**more: Any) -> dict[str, Any]:
    good = FEEDBACK | more
    element = {"type": "feedback_buttons", "positive_button": good, "negative_button": FEEDBACK}
    return {"type": "context_actions", "elements": [element]}


def icon(**more: Any) -> dict[str, Any]:
    return {"type": "icon_button", "icon": "trash", "text": plain("Remove"), **more}


def icons(count: int) -> dict[str, Any]:
    return {"type": "context_actions", "elements": [icon() for _ in range(count)]}


def check(count: int, kind: str = "checkboxes") -> dict[str, Any]:
    return {"type": kind, "options": options(count)}


def overflow(count: int, **more: Any) -> dict[str, Any]:
    return {"type": "overflow", "options": options(count), **more}


def groups(count: int, label: str = "Group") -> dict[str, Any]:
    each = {"label": plain(label), "options": options(1)}
    return {"type": "static_select", "option_groups": [each] * count}


def cells(length: int) -> list[dict[str, Any]]:
    return [raw("y" * length)]
