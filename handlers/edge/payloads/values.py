"""Values of payloads in the shape that Slack gives them; anything else is the empty value of that shape.

And the keys by which repeated deliveries of one act are known.
"""

import hashlib
import re
from typing import Any

Body = dict[str, Any]

ID_CHARACTERS = 32
"""Slack's ids have 9 to 12 letters and digits; this is what the database holds."""

STAMP = re.compile(r"[0-9]{1,12}\.[0-9]{1,12}")
"""The ts of a message: seconds and a counter."""

NO_PREVIEW = "[no preview available]"
"""The text that Slack puts into `fallback` where an app gave none."""

MESSAGES = ("message", "app_mention")
KEY_CHARACTERS = 96
"""Longest key that fits into that of a letter; a longer one is hashed."""

LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def mapping(value: object) -> Body:
    """The object of JSON, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> list[Any]:
    """The array of JSON, an empty one for anything else."""
    return value if isinstance(value, list) else []


def text(value: object) -> str:
    """The text, without the characters that no database takes: NUL, and half of a pair of UTF-16."""
    if not isinstance(value, str):
        return ""
    if value.isascii() and "\0" not in value:
        return value
    return LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value.replace("\0", ""))


def slack_id(value: object) -> str:
    """The id of a person, channel, workspace or view; empty for what cannot be one."""
    if isinstance(value, str) and len(value) <= ID_CHARACTERS and value.isascii() and value.isalnum():
        return value
    return ""


def stamp(value: object) -> str:
    """The ts of a message, empty for what cannot be one."""
    return value if isinstance(value, str) and STAMP.fullmatch(value) else ""


def words_of(message: Body) -> str:
    """The text of a message, as Slack escapes it; that of an app may be in its blocks or attachments alone."""
    own = text(message.get("text"))
    if own.strip():
        return own
    parts = (message, *map(mapping, sequence(message.get("attachments"))))
    return "\n".join(line for part in parts for line in _lines(part))


def _lines(part: Body) -> list[str]:
    in_blocks = (mapping(mapping(block).get("text")).get("text") for block in sequence(part.get("blocks")))
    said = [text(line) for line in (part.get("pretext"), part.get("title"), part.get("text"), *in_blocks)]
    fallback = text(part.get("fallback"))
    instead = [] if fallback == NO_PREVIEW else [fallback]
    return [line for line in said if line.strip()] or [line for line in instead if line.strip()]


def is_from_person(event: Body) -> bool:
    """True when a person wrote or did it now: no bot, and no edit, deletion or other bookkeeping of messages."""
    return not event.get("bot_id") and event.get("subtype") in (None, "file_share", "thread_broadcast")


def thread_of(message: Body, container: Body | None = None) -> str:
    """The ts of the thread that a message is a reply in, empty for one that stands in the channel itself."""
    around = container or {}
    thread_ts = stamp(message.get("thread_ts")) or stamp(around.get("thread_ts"))
    own_ts = message.get("ts") or around.get("message_ts")
    return thread_ts if thread_ts != own_ts else ""


def is_view(value: object) -> bool:
    """True for a view as Slack sends it: with id, type, whole blocks, and the values entered by block."""
    view = mapping(value)
    blocks, entered = view.get("blocks"), mapping(mapping(view.get("state")).get("values"))
    return (
        bool(slack_id(view.get("id")))
        and isinstance(view.get("type"), str)
        and isinstance(blocks, list)
        and all(map(_is_block, blocks))
        and all(isinstance(element, dict) for actions in entered.values() for element in mapping(actions).values())
    )


def _is_block(block: object) -> bool:
    known = mapping(block)
    is_whole = isinstance(known.get("block_id"), str) and isinstance(known.get("element"), dict)
    return isinstance(known.get("type"), str) and (is_whole or known["type"] != "input")


def form_key(view: Body) -> str:
    """The key of a form's submission. The next form in its place keeps its view id, and is about something else."""
    return f"form:{view['id']}:{hashlib.sha256(text(view.get('private_metadata')).encode()).hexdigest()[:16]}"


def message_key(channel_id: str, event: Body) -> str:
    """The key of a message, which comes as two events where it mentions the bot in a direct conversation."""
    own_ts = stamp(event.get("ts")) if event.get("type") in MESSAGES else ""
    return f"message:{channel_id}:{own_ts}" if own_ts else ""


def key_of(kind: str, number: object) -> str:
    """A key that two deliveries of one act share and two acts do not; empty when Slack gave nothing to tell them by."""
    if not isinstance(number, str) or not number:
        return ""
    key = f"{kind}:{text(number)}"
    return key if len(key) <= KEY_CHARACTERS else f"long:{hashlib.sha256(key.encode()).hexdigest()}"
