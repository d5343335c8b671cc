"""Take the values of a kind from the pieces of a text."""

from collections.abc import Callable
from typing import TypeVar

from assistant.reading.pieces import Said

T = TypeVar("T")


def take(said: Said, kind: type[T], wanted: Callable[[T], bool] = lambda _: True) -> tuple[T, ...]:
    """Return the values of a kind that are not used yet, each once, and use their pieces."""
    found = [(position, value) for position, value in said.of_kind(kind) if wanted(value)]
    said.use(*(position for position, _ in found))
    return tuple(dict.fromkeys(value for _, value in found))
