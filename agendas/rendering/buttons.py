"""Buttons with the labels that the words give to their actions."""

from agendas.rendering.page import Button, Confirm
from agendas.rendering.words import Words


def labelled(words: Words, action: str, value: str = "", *, style: str = "", confirm: Confirm | None = None) -> Button:
    """A button for one action, with that action's label."""
    return Button(words.label(action), action, value, style, confirm)
