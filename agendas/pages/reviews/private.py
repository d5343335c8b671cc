"""Accounts that stay private to a channel whose cadence is not private any more."""

from collections.abc import Sequence

from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Item, Rows, Text
from agendas.rendering.words import Words


def still_private_items(channel_id: str, names: Sequence[str], words: Words) -> tuple[Item, ...]:
    """The accounts with their number, and the button that lets everybody see them."""
    said = words.say("cadence.still_private", channel_id=channel_id, count=len(names))
    lines = tuple(words.say("cadence.private_name", name=each) for each in names)
    return (Text(said), Rows(lines), Buttons((labelled(words, "privacy.publish", channel_id),)))
