"""The words of messages: rich text, the encoding of what people type, and readable texts."""

import re
import secrets
from typing import Any

from sandbox.blocks import all_blocks, elements_of
from sandbox.messages import Message
from sandbox.workspace import Workspace

# The rich text block that Slack makes of a typed message.


# <@U1>, <#C1|abm>, <!here>, <https://acme.example|label>
_PART = re.compile(r"<([@#!])([^>|]+)(?:\|[^>]*)?>|<([^>|]+)(?:\|([^>]*))?>")


def rich_text_of(encoded: str) -> dict[str, Any]:
    """Return a ``rich_text`` block with the text, mentions and links of an encoded message."""
    elements: list[dict[str, Any]] = []
    end = 0
    for match in _PART.finditer(encoded):
        elements += _text_element(encoded[end : match.start()])
        elements.append(_special(match))
        end = match.end()
    elements += _text_element(encoded[end:])
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "block_id": secrets.token_urlsafe(4), "elements": [section]}


def _text_element(encoded: str) -> list[dict[str, Any]]:
    return [{"type": "text", "text": _unescaped(encoded)}] if encoded else []


def _unescaped(encoded: str) -> str:
    return encoded.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _special(match: re.Match[str]) -> dict[str, Any]:
    """Return the rich text element of a mention, a channel, a broadcast or a link."""
    sign, name = match[1], match[2]
    if sign == "@":
        return {"type": "user", "user_id": name}
    if sign == "#":
        return {"type": "channel", "channel_id": name}
    if sign == "!":
        return {"type": "broadcast", "range": name}
    return {"type": "link", "url": _unescaped(match[3])} | ({"text": _unescaped(match[4])} if match[4] else {})


# Slack's encoding of typed text: entities, mentions, channels and links.

_LINK = re.compile(
    r"(?P<url>https?://[^\s<>|]+[^\s<>|.,;:!?)\]}'\"])"
    r"|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<domain>(?<![\w@./-])(?:[\w-]+\.)+(?:com|org|net|io|dev|ai|co|edu|gov)\b(?:/[^\s<>|]*)?)"
    r"|(?P<person>(?<![\w])@(?P<name>[\w.-]*\w))"
    r"|(?P<channel>(?<![\w&])\#(?P<place>[\w-]+))"
)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def encode_message(text: str, workspace: Workspace) -> str:
    """Encode a message: entities, ``<@U...>``, ``<#C...|name>``, ``<!here>`` and links in brackets."""
    return _LINK.sub(lambda match: _encode_part(match, workspace, named=False), escaped(text))


def encode_command(text: str, workspace: Workspace, *, should_escape: bool) -> str:
    """Encode a command's text, with names in mentions (``<@U...|ann>``); as typed unless ``should_escape``."""
    if not should_escape:
        return text
    return _LINK.sub(lambda match: _encode_part(match, workspace, named=True), escaped(text))


def _encode_part(match: re.Match[str], workspace: Workspace, *, named: bool) -> str:
    """Encode one link, address, mention or channel; ``named``: a mention has the person's name too."""
    if match["url"]:
        return f"<{match['url']}>"
    if match["mail"]:
        return f"<mailto:{match['mail']}|{match['mail']}>"
    if match["domain"]:
        return f"<http://{match['domain']}|{match['domain']}>"
    if match["person"]:
        return _with_mention(match["person"], match["name"], workspace, named=named)
    channel = workspace.channel_named(match["place"])
    return f"<#{channel.id}|{channel.name}>" if channel is not None else match["channel"]


def _with_mention(typed: str, name: str, workspace: Workspace, *, named: bool) -> str:
    """Encode ``@name``: the longest beginning of the name that is a handle, then the rest; as typed if none is."""
    if name in ("here", "channel", "everyone"):
        return f"<!{name}>"
    for length in range(len(name), 0, -1):
        user = workspace.user_named(name[:length].lower())
        # "@ann." names ann, "@annabel" does not
        if user is not None and not (name[length : length + 1].isalnum()):
            return (f"<@{user.id}|{user.name}>" if named else f"<@{user.id}>") + name[length:]
    return typed


# The readable text of messages, blocks and views, as Slack's client shows it.

_SPECIAL = re.compile(r"<([@#!]?)([^>|]+)(?:\|([^>]*))?>")
SKIPPED = {"type", "block_id", "action_id", "value", "url", "image_url", "style", "initial_date", "emoji", "name"}


def message_words(message: Message, workspace: Workspace) -> str:
    """Return the readable text of a message: its blocks, or its text when it has none, and its files."""
    parts = _words(message.blocks, workspace) or [readable(message.text, workspace)]
    return "\n".join([*parts, *map(file_words, message.files)])


def file_words(file: dict[str, Any]) -> str:
    return f"{file['title']} ({file['size']:,} bytes)"


def block_words(blocks: list[dict[str, Any]], workspace: Workspace) -> str:
    """Return the readable text of blocks, one line per text."""
    return "\n".join(_words(blocks, workspace))


def readable(text: str, workspace: Workspace) -> str:
    """Decode Slack's encoding: ``@ann``, ``#abm``, the label of a link, plain ``<`` and ``&``."""
    shown = _SPECIAL.sub(lambda match: _mention_text(match, workspace), text)
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def labels(blocks: list[dict[str, Any]]) -> list[str]:
    return [
        label
        for block in all_blocks(blocks)
        for element in elements_of(block)
        for label in control_labels(block, element)
    ]


def control_labels(block: dict[str, Any], element: dict[str, Any]) -> list[str]:
    """Return the labels of one control: its text, placeholder, block label, and an overflow menu's option texts."""
    texts = [element.get("text"), element.get("placeholder"), block.get("label")]
    found = [text["text"] for text in texts if isinstance(text, dict) and "text" in text]
    if element["type"] == "overflow":
        found += [option["text"]["text"] for option in element["options"]]
    return found


def options_of(element: dict[str, Any]) -> list[dict[str, Any]]:
    return element.get("options") or []


def _words(value: Any, workspace: Workspace) -> list[str]:
    """The texts that a person reads in these blocks, in order."""
    if isinstance(value, list):
        return [word for part in value for word in _words(part, workspace)]
    if not isinstance(value, dict):
        return []
    if value.get("type") == "context_actions":
        # thumbs, which have no words
        return []
    own = _whole_text(value, workspace)
    if own is not None:
        return [own]
    found: list[str] = []
    for name, part in value.items():
        if name in SKIPPED:
            continue
        found += [readable(part, workspace)] if isinstance(part, str) else _words(part, workspace)
    return found


def _whole_text(value: dict[str, Any], workspace: Workspace) -> str | None:
    """Return the text of an object that is read as one line, None for any other, whose parts are read one by one."""
    kind = value.get("type")
    if kind == "rich_text_section":
        return "".join(_inline_text(part, workspace) for part in value["elements"])
    if kind in ("plain_text", "raw_text", "raw_number"):
        return str(value["text"])
    if kind == "mrkdwn":
        return readable(value["text"], workspace)
    return None


def _inline_text(part: dict[str, Any], workspace: Workspace) -> str:
    """Return what part of a section shows: a link without text its address, a date its fallback, an emoji its name."""
    if part["type"] == "user":
        return _handle(part["user_id"], workspace)
    if part["type"] == "channel":
        channel = workspace.channels.get(part["channel_id"])
        return f"#{channel.name}" if channel is not None else f"#{part['channel_id']}"
    if part["type"] == "broadcast":
        return f"@{part['range']}"
    return str(part.get("text") or part.get("url") or part.get("fallback") or part.get("name") or "")


def _mention_text(match: re.Match[str], workspace: Workspace) -> str:
    """Return what ``<@U1>``, ``<#C1|abm>``, ``<!here>`` or ``<https://acme.example|label>`` shows."""
    sign, target, label = match.groups()
    if sign == "@":
        return _handle(target, workspace)
    if sign == "#":
        channel = workspace.channels.get(target)
        return f"#{channel.name}" if channel is not None else f"#{label or target}"
    if sign == "!":
        return label or f"@{target.split('^')[0]}"
    return label or target


def _handle(user_id: str, workspace: Workspace) -> str:
    user = workspace.users.get(user_id)
    return f"@{user.name}" if user is not None else f"@{user_id}"
