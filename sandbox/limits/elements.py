"""Limits of buttons, selects, pickers and inputs."""

from typing import Any

from sandbox.limits.checks import (
    Check,
    Problems,
    any_of,
    boolean,
    integer,
    items,
    length,
    matching,
    not_both,
    object_with,
    one_of,
    string,
)
from sandbox.limits.objects import (
    ACTION_ID,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH,
    OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    PLACEHOLDER,
    RICH_OPTION,
    SLACK_FILE,
    URL,
    plain,
)
from sandbox.limits.rich_text import RICH_TEXT

DATE = matching(r"\d{4}-\d{2}-\d{2}", "date")
TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "time")
ENTITY_ID = string(255)
TEN_DIGITS = integer(1_000_000_000, 9_999_999_999)


def _element(kind: str, required: dict[str, Check], optional: dict[str, Check], *extra: Check) -> Check:
    common: dict[str, Check] = {"action_id": ACTION_ID}
    return object_with({"type": one_of(kind), **required}, {**common, **optional}, *extra)


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _initial_is_an_option(value: Any, at: str, problems: Problems) -> None:
    given = value.get("initial_options") or ([value["initial_option"]] if value.get("initial_option") else [])
    groups = _objects(value.get("option_groups")) or [{"options": value.get("options") or []}]
    offered = [option.get("value") for group in groups for option in _objects(group.get("options"))]
    for option in _objects(given):
        if option.get("value") not in offered:
            problems.add("initial option is not one of the options", at)


def _values_are_unique(value: Any, at: str, problems: Problems) -> None:
    offered = [option.get("value") for option in _objects(value.get("options"))]
    if len(offered) != len(set(offered)):
        problems.add("option values must be unique", f"{at}/options")


_PICK: dict[str, Check] = {"placeholder": plain(PLACEHOLDER), "confirm": CONFIRM, "focus_on_load": boolean}
_MANY: dict[str, Check] = {"max_selected_items": integer(1, 1_000_000)}
_OPTIONS: dict[str, Check] = {"options": items(OPTION, 1, 100), "option_groups": items(OPTION_GROUP, 1, 100)}
_CONVERSATIONS: dict[str, Check] = {"default_to_current_conversation": boolean, "filter": CONVERSATION_FILTER}
_CONVERSATION: dict[str, Check] = {**_PICK, **_CONVERSATIONS, "initial_conversation": ENTITY_ID}
_CHANNEL: dict[str, Check] = {**_PICK, "initial_channel": ENTITY_ID}
_URL_ENABLED: dict[str, Check] = {"response_url_enabled": boolean}
_QUERY: dict[str, Check] = {"min_query_length": integer(0, 1_000_000)}
_OPTION_CHECKS = (any_of("options", "option_groups"), not_both("options", "option_groups"), _initial_is_an_option)

SELECTS: dict[str, Check] = {
    "static_select": _element("static_select", {}, {**_PICK, **_OPTIONS, "initial_option": OPTION}, *_OPTION_CHECKS),
    "external_select": _element("external_select", {}, {**_PICK, **_QUERY, "initial_option": OPTION}),
    "users_select": _element("users_select", {}, {**_PICK, "initial_user": ENTITY_ID}),
    "conversations_select": _element("conversations_select", {}, _CONVERSATION),
    "channels_select": _element("channels_select", {}, _CHANNEL),
}

URL_SELECTS: dict[str, Check] = {
    "conversations_select": _element("conversations_select", {}, {**_CONVERSATION, **_URL_ENABLED}),
    "channels_select": _element("channels_select", {}, {**_CHANNEL, **_URL_ENABLED}),
}
"""Selects with ``response_url_enabled``, for modals alone."""

MULTI_SELECTS: dict[str, Check] = {
    "multi_static_select": _element(
        "multi_static_select",
        {},
        {**_PICK, **_MANY, **_OPTIONS, "initial_options": items(OPTION, 1, 100)},
        *_OPTION_CHECKS,
    ),
    "multi_external_select": _element(
        "multi_external_select", {}, {**_PICK, **_MANY, **_QUERY, "initial_options": items(OPTION, 1, 100)}
    ),
    "multi_users_select": _element(
        "multi_users_select", {}, {**_PICK, **_MANY, "initial_users": items(ENTITY_ID, 1, 100)}
    ),
    "multi_conversations_select": _element(
        "multi_conversations_select",
        {},
        {**_PICK, **_MANY, **_CONVERSATIONS, "initial_conversations": items(ENTITY_ID, 1, 100)},
    ),
    "multi_channels_select": _element(
        "multi_channels_select", {}, {**_PICK, **_MANY, "initial_channels": items(ENTITY_ID, 1, 100)}
    ),
}

PICKERS: dict[str, Check] = {
    "datepicker": _element("datepicker", {}, {**_PICK, "initial_date": DATE}),
    "timepicker": _element("timepicker", {}, {**_PICK, "initial_time": TIME, "timezone": string(255)}),
    "datetimepicker": _element(
        "datetimepicker", {}, {"confirm": CONFIRM, "focus_on_load": boolean, "initial_date_time": TEN_DIGITS}
    ),
    "checkboxes": _element(
        "checkboxes",
        {"options": items(RICH_OPTION, 1, 10)},
        {"initial_options": items(RICH_OPTION, 1, 10), "confirm": CONFIRM, "focus_on_load": boolean},
        _initial_is_an_option,
        _values_are_unique,
    ),
    "radio_buttons": _element(
        "radio_buttons",
        {"options": items(RICH_OPTION, 1, 10)},
        {"initial_option": RICH_OPTION, "confirm": CONFIRM, "focus_on_load": boolean},
        _initial_is_an_option,
        _values_are_unique,
    ),
}

BUTTONS: dict[str, Check] = {
    "button": _element(
        "button",
        {"text": plain(75)},
        {
            "value": string(2000),
            "url": URL,
            "style": one_of("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
            "agent_prompt": string(4000),
        },
    ),
    "overflow": _element("overflow", {"options": items(OVERFLOW_OPTION, 1, 5)}, {"confirm": CONFIRM}),
    "workflow_button": _element(
        "workflow_button",
        {"text": plain(75), "workflow": object_with({"trigger": object_with({"url": URL}, {})}, {})},
        {"style": one_of("primary", "danger"), "accessibility_label": string(75)},
    ),
}

_TYPED: dict[str, Check] = {
    "placeholder": plain(PLACEHOLDER),
    "dispatch_action_config": DISPATCH,
    "focus_on_load": boolean,
}


def _lengths_agree(value: Any, at: str, problems: Problems) -> None:
    low, high = value.get("min_length"), value.get("max_length")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        problems.add("min_length must not be more than max_length", at)
    initial = value.get("initial_value")
    if isinstance(initial, str) and isinstance(high, int) and length(initial) > high:
        problems.add(f"must be less than {high + 1} characters", f"{at}/initial_value")


INPUTS: dict[str, Check] = {
    "plain_text_input": _element(
        "plain_text_input",
        {},
        {
            **_TYPED,
            "initial_value": string(3000, at_least=0),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        _lengths_agree,
    ),
    "email_text_input": _element("email_text_input", {}, {**_TYPED, "initial_value": string(3000, at_least=0)}),
    "url_text_input": _element("url_text_input", {}, {**_TYPED, "initial_value": string(3000, at_least=0)}),
    "number_input": _element(
        "number_input",
        {"is_decimal_allowed": boolean},
        {**_TYPED, "initial_value": string(255), "min_value": string(255), "max_value": string(255)},
    ),
    "rich_text_input": _element(
        "rich_text_input",
        {},
        {**_TYPED, "initial_value": RICH_TEXT, "min_lines": integer(1, 100), "max_lines": integer(1, 100)},
    ),
    "file_input": _element("file_input", {}, {"filetypes": items(string(255), 1, 100), "max_files": integer(1, 10)}),
}

IMAGE: Check = object_with(
    {"type": one_of("image"), "alt_text": string(2000)},
    {"image_url": URL, "slack_file": SLACK_FILE},
    any_of("image_url", "slack_file"),
    not_both("image_url", "slack_file"),
)

FEEDBACK_BUTTON = object_with({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})

CONTEXT_ACTIONS: dict[str, Check] = {
    "feedback_buttons": _element(
        "feedback_buttons", {"positive_button": FEEDBACK_BUTTON, "negative_button": FEEDBACK_BUTTON}, {}
    ),
    "icon_button": _element(
        "icon_button",
        {"icon": one_of("trash"), "text": plain(75)},
        {
            "value": string(2000),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
            "visible_to_user_ids": items(ENTITY_ID, 1, 10),
        },
    ),
}

IN_ACTIONS = {**BUTTONS, **SELECTS, **PICKERS}
IN_SECTION = {**BUTTONS, **SELECTS, **MULTI_SELECTS, **PICKERS, "image": IMAGE}
IN_INPUT = {**SELECTS, **URL_SELECTS, **MULTI_SELECTS, **PICKERS, **INPUTS}
