"""The rich text block that Slack makes of a typed message."""

import re
import secrets
from typing import Any

_PART = re.compile(r"<([@#!])([^>|]+)(?:\|[^>]*)?>|<([^>|]+)(?:\|([^>]*))?>")


def rich_text_of(encoded: str) -> dict[str, Any]:
    """Return a ``rich_text`` block with the text, mentions and links of an encoded message."""
    elements: list[dict[str, Any]] = []
    end = 0
    for match in _PART.finditer(encoded):
        elements += _text(encoded[end : match.start()])
        elements.append(_special(match))
        end = match.end()
    elements += _text(encoded[end:])
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "block_id": secrets.token_urlsafe(4), "elements": [section]}


def _text(encoded: str) -> list[dict[str, Any]]:
    return [{"type": "text", "text": _plain(encoded)}] if encoded else []


def _plain(encoded: str) -> str:
    return encoded.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _special(match: re.Match[str]) -> dict[str, Any]:
    sign, name = match[1], match[2]
    if sign == "@":
        return {"type": "user", "user_id": name}
    if sign == "#":
        return {"type": "channel", "channel_id": name}
    if sign == "!":
        return {"type": "broadcast", "range": name}
    return {"type": "link", "url": _plain(match[3])} | ({"text": _plain(match[4])} if match[4] else {})
