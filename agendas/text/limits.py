"""The text a person typed: how long it may be, that it is there, and how it is shown in a refusal."""

import re

from agendas.errors import NotUnderstood
from agendas.text.characters import beginning

TEXT_LIMIT_CHARACTERS = 3_000
"""Longest text block of a Slack message."""

NAME_LIMIT_CHARACTERS = 120
"""Longest name, alias, domain or segment of an account. Ours."""

SHOWN_CHARACTERS = 60

EMAIL = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"]+\.[^\s<>()\[\],;:\"]+")


def required_text(text: str, usage: str) -> str:
    """The text without the space around it, otherwise as typed.

    Raises:
        NotUnderstood: with `usage` when the text is empty, with its length when it is too long.
    """
    trimmed = text.strip()
    if not trimmed:
        raise NotUnderstood(usage)
    return within_limit(trimmed)


def within_limit(text: str) -> str:
    """Return the text unchanged; it may be empty.

    Raises:
        NotUnderstood: when it is longer than 3,000 characters.
    """
    if len(text) > TEXT_LIMIT_CHARACTERS:
        raise NotUnderstood(
            f"The text has {len(text):,} characters; write at most {TEXT_LIMIT_CHARACTERS:,} and link to the rest."
        )
    return text


def shown(typed: str) -> str:
    """Return typed text in quotation marks, on one line and shortened, for use in a sentence."""
    return f'"{shortened(typed, SHOWN_CHARACTERS)}"'


def shortened(text: str, characters: int) -> str:
    """The text on one line, cut with an ellipsis where it is longer than that many characters."""
    line = " ".join(text.split())
    return line if len(line) <= characters else beginning(line, characters - 1).rstrip() + "…"
