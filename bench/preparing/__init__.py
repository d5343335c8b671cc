"""Reviews that are prepared: messages to many people, and a message that changes all the time."""

from collections.abc import Iterator

from bench.figures import Figure
from bench.preparing import living, many


def figures() -> Iterator[Figure]:
    """Yield the waits of messages to many people, `/move` meanwhile, and the edits of a message that changes."""
    yield from many.figures()
    yield from living.figures()
