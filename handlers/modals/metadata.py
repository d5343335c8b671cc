"""What a form carries about where it was opened, read back: only as a form of this version carries it."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from agendas.errors import Outdated
from agendas.facts.account import Source
from handlers.request import NUMBER_DIGITS, OTHER_VERSION
from handlers.shapes import mapping, slack_id, stamp, text

Stored = dict[str, str | int]


def read_metadata(stored: object, defaults: Mapping[str, str | int]) -> Stored:
    """The named values that are stored there, those unknown left out.

    Args:
        stored: a view's private metadata, JSON; anything else of a form that is forged or of another version.
        defaults: every name with a value of its kind.

    Raises:
        Outdated: when a value is not of its kind.
    """
    try:
        found = mapping(json.loads(text(stored) or "{}"))
    except (ValueError, RecursionError):
        raise Outdated(OTHER_VERSION) from None
    known: Stored = {name: value for name, value in found.items() if name in defaults}
    if not all(_is_whole(name, value, defaults[name]) for name, value in known.items()):
        raise Outdated(OTHER_VERSION)
    return {name: text(value) if isinstance(value, str) else value for name, value in known.items()}


def _is_whole(name: str, value: object, default: str | int) -> bool:
    if isinstance(default, int):
        return type(value) is int and 0 <= value < 10**NUMBER_DIGITS
    return isinstance(value, str) and (not value or bool(CHECKS.get(name, str)(value)))


def _is_instant(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


CHECKS: dict[str, Callable[[str], object]] = {
    "channel_id": slack_id,
    "place": stamp,
    "source": lambda value: value in set(Source),
    "evidence_at": _is_instant,
}
