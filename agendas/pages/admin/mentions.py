"""Names in the place of mentions: a message to a channel tells of people without notifying each of them."""

import re
from collections.abc import Mapping
from typing import Any

from agendas.rendering.blockkit import Rendered
from agendas.rendering.mrkdwn import calling_nobody

_MENTION = re.compile(r"<@([UW][A-Z0-9]{2,20})>")


def without_pings(rendered: Rendered, names: Mapping[str, str]) -> Rendered:
    """The message without mentions: people of `names` (name by user id) by their name, others by their id."""
    return Rendered(_named(rendered.text, names), _walked(rendered.blocks, names), _walked(rendered.plain, names))


def mentioned_in(rendered: Rendered) -> set[str]:
    """The user ids that the message may mention."""
    return set(_MENTION.findall(f"{rendered.text} {rendered.blocks} {rendered.plain}"))


def _walked(part: Any, names: Mapping[str, str]) -> Any:
    """Replace mentions in any part of a block: only mrkdwn and fallback texts hold some."""
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            return part | {"text": _named(part["text"], names)}
        return {name: _walked(value, names) for name, value in part.items()}
    if isinstance(part, list):
        return [_walked(each, names) for each in part]
    return part


def _named(text: str, names: Mapping[str, str]) -> str:
    return _MENTION.sub(lambda found: calling_nobody(names.get(found[1], f"@{found[1]}")), text)
