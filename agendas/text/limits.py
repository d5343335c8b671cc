"""The text a person typed: how long it may be, that it is there, and how it is shown in a refusal."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from agendas.errors import NotUnderstood

# Characters as people see them: an emoji of several parts, a letter with its accents, a flag.

JOINER = "\u200d"
LETTERS_THAT_ATTACH = "\u0e33\u0eb3"
"""Thai and Lao AM: vowels that stand with the letter before them though they are letters themselves."""


def characters(text: str) -> Iterator[str]:
    """The text in the pieces that people see as one character each; joined they are the text.

    A simple form of Unicode's rules for extended grapheme clusters (UAX 29): marks, joined emoji, skin tones, flags and
    Korean syllables stay together.
    """
    start = 0
    for position in range(1, len(text)):
        if not _belongs_to(text[start:position], text[position]):
            yield text[start:position]
            start = position
    if text:
        yield text[start:]


def _belongs_to(seen: str, following: str) -> bool:
    """True if the character is part of the one before it, of which `seen` are the code points so far."""
    if following.isascii():
        return False
    if seen[-1] == JOINER or following == JOINER or following in LETTERS_THAT_ATTACH:
        return True
    if _is_flag_letter(following):
        return len(seen) == 1 and _is_flag_letter(seen)
    return unicodedata.category(following) in ("Mn", "Me", "Mc") or _is_attached(ord(following))


def _is_flag_letter(code_point: str) -> bool:
    return "\U0001f1e6" <= code_point <= "\U0001f1ff"


def _is_attached(code: int) -> bool:
    """True for the code point of a skin tone, a letter of a regional flag, or a later part of a Korean syllable."""
    return 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F or 0x1160 <= code <= 0x11FF


_MENTION = re.compile(r"<[@#][^<>\s]+>")


def beginning(text: str, most: int, size: Callable[[str], int] = len) -> str:
    """As much of the text as `most` holds, measured by `size`, ending with a whole character or mention."""
    end = 0
    for character in characters(text):
        most -= size(character)
        if most < 0:
            break
        end += len(character)
    return text[: next((each.start() for each in _MENTION.finditer(text) if each.start() < end < each.end()), end)]


TEXT_LIMIT_CHARACTERS = 3_000
"""Longest text block of a Slack message."""

NAME_LIMIT_CHARACTERS = 120
"""Longest name, alias, domain or segment of an account. Ours."""

SHOWN_CHARACTERS = 60

EMAIL = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"]+\.[^\s<>()\[\],;:\"]+")


def required_text(text: str, usage: str) -> str:
    """The text without the space around it, otherwise as typed.

    Raises NotUnderstood with `usage` when the text is empty, with its length when it is too long.
    """
    trimmed = text.strip()
    if not trimmed:
        raise NotUnderstood(usage)
    return within_limit(trimmed)


def within_limit(text: str) -> str:
    """Return the text unchanged; it may be empty. Raises NotUnderstood when it is longer than 3,000 characters."""
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
