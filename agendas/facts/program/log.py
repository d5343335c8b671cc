"""Fields of every log line while one thing is worked on: the id of the request, or of the letter."""

from collections.abc import Mapping
from contextvars import ContextVar
from types import MappingProxyType

_facts: ContextVar[Mapping[str, object]] = ContextVar("log_facts", default=MappingProxyType({}))


def log_with(**facts: object) -> None:
    """From here on these facts are on every log line of this task, of tasks it begins, and of its database work."""
    _facts.set(facts)


def log_facts() -> Mapping[str, object]:
    """The facts of the work that is logging now."""
    return _facts.get()
