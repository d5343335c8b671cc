"""Limits of the small parts: texts, options, confirmations, filters."""

from sandbox.limits.checks import (
    Check,
    any_of,
    boolean,
    both,
    items,
    matching,
    one_of,
    string,
    thing,
    typed,
)

TEXT = 3000
BLOCK_ID = string(255)
ACTION_ID = string(255)
URL = both(string(3000), matching(r"https?://\S+", "URL"))
PLACEHOLDER = 150


def plain(at_most: int) -> Check:
    """A ``plain_text`` object."""
    fields = {"type": one_of("plain_text"), "text": string(at_most)}
    return typed({"plain_text": thing(fields, {"emoji": boolean})}, noun="text type")


def text(at_most: int) -> Check:
    """A ``plain_text`` or ``mrkdwn`` object."""
    words = {"text": string(at_most)}
    return typed(
        {
            "plain_text": thing({"type": one_of("plain_text"), **words}, {"emoji": boolean}),
            "mrkdwn": thing({"type": one_of("mrkdwn"), **words}, {"verbatim": boolean}),
        },
        noun="text type",
    )


CONFIRM = thing(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)

OPTION = thing({"text": plain(75), "value": string(150)}, {"description": plain(75)})
RICH_OPTION = thing({"text": text(75), "value": string(150)}, {"description": text(75)})
OVERFLOW_OPTION = thing({"text": plain(75), "value": string(150)}, {"description": plain(75), "url": URL})
OPTION_GROUP = thing({"label": plain(75), "options": items(OPTION, 1, 100)}, {})

DISPATCH = thing({"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 1, 2)}, {})

CONVERSATION_FILTER = thing(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    any_of("include", "exclude_external_shared_channels", "exclude_bot_users"),
)

SLACK_FILE = thing({}, {"id": string(255), "url": URL}, any_of("id", "url"))
