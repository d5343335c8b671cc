"""Limits of composition objects: texts, options, confirmations, filters."""

from sandbox.limits.checks import (
    Check,
    any_of,
    boolean,
    by_type,
    in_turn,
    items,
    matching,
    object_with,
    one_of,
    string,
)

TEXT = 3000
BLOCK_ID = string(255)
ACTION_ID = string(255)
URL = in_turn(string(3000), matching(r"https?://\S+", "URL"))
PLACEHOLDER = 150


def plain(at_most: int) -> Check:
    """Check for a ``plain_text`` object."""
    fields = {"type": one_of("plain_text"), "text": string(at_most)}
    return by_type({"plain_text": object_with(fields, {"emoji": boolean})}, noun="text type")


def text(at_most: int) -> Check:
    """Check for a ``plain_text`` or ``mrkdwn`` object."""
    words = {"text": string(at_most)}
    return by_type(
        {
            "plain_text": object_with({"type": one_of("plain_text"), **words}, {"emoji": boolean}),
            "mrkdwn": object_with({"type": one_of("mrkdwn"), **words}, {"verbatim": boolean}),
        },
        noun="text type",
    )


CONFIRM = object_with(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)

OPTION = object_with({"text": plain(75), "value": string(150)}, {"description": plain(75)})
RICH_OPTION = object_with({"text": text(75), "value": string(150)}, {"description": text(75)})
OVERFLOW_OPTION = object_with({"text": plain(75), "value": string(150)}, {"description": plain(75), "url": URL})
OPTION_GROUP = object_with({"label": plain(75), "options": items(OPTION, 1, 100)}, {})

DISPATCH = object_with({"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 1, 2)}, {})

CONVERSATION_FILTER = object_with(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    any_of("include", "exclude_external_shared_channels", "exclude_bot_users"),
)

SLACK_FILE = object_with({}, {"id": string(255), "url": URL}, any_of("id", "url"))
