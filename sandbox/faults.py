"""Faults on request: what the Web API should do wrong next, and the record of every call."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Cut = Literal["before", "after"]


@dataclass(frozen=True)
class Fault:
    """One thing to do wrong.

    ``status`` other than 200 answers with that HTTP status; ``error`` with that Slack error code; ``retry_after`` adds
    the header (seconds); ``delay`` waits first (seconds); ``cut`` drops the connection ``before`` or ``after`` the
    request was carried out. An ``after`` fault of status or error is told only once the work is done.
    """

    status: int = 200
    error: str | None = None
    retry_after: int | None = None
    delay: float = 0.0
    cut: Cut | None = None
    carried_out: bool = False


@dataclass(frozen=True)
class Call:
    """One call that the app made: the method, its arguments, when, and what it was answered (None if cut off).

    ``retry_after_seconds`` is how long it was told to wait, 0 when it was not.
    """

    method: str
    arguments: dict[str, Any]
    at: datetime
    answer: dict[str, Any] | None
    retry_after_seconds: int = 0


@dataclass
class Faults:
    """What goes wrong next, for each method (``*`` for any).

    ``response_url``, ``upload`` and ``download`` are names too: the addresses where the app answers a click, brings a
    file, and gets one.
    """

    _waiting: dict[str, deque[Fault]] = field(default_factory=dict)

    def add(self, method: str, fault: Fault, *, times: int = 1) -> None:
        """Do this wrong the next ``times`` times that ``method`` is called."""
        self._waiting.setdefault(method, deque()).extend([fault] * times)

    def rate_limit(self, method: str, *, retry_after_seconds: int = 1, times: int = 1) -> None:
        """Answer 429 with ``Retry-After``."""
        fault = Fault(status=429, error="ratelimited", retry_after=retry_after_seconds)
        self.add(method, fault, times=times)

    def refuse(self, method: str, error: str, *, times: int = 1) -> None:
        """Answer with this Slack error code, doing nothing."""
        self.add(method, Fault(error=error), times=times)

    def break_down(self, method: str, *, status: int = 503, carried_out: bool = False, times: int = 1) -> None:
        """Answer with this HTTP status, before or after carrying the call out."""
        self.add(method, Fault(status=status, carried_out=carried_out), times=times)

    def delay(self, method: str, *, seconds: float, times: int = 1) -> None:
        """Answer rightly, but late."""
        self.add(method, Fault(delay=seconds), times=times)

    def cut(self, method: str, when: Cut, *, times: int = 1) -> None:
        """Drop the connection ``before`` or ``after`` the call was carried out."""
        self.add(method, Fault(cut=when), times=times)

    def clear(self) -> None:
        """Do everything right again."""
        self._waiting.clear()

    def are_waiting(self, method: str) -> bool:
        """Whether any fault is left for the next calls of this method."""
        return bool(self._waiting.get(method))

    def take(self, method: str) -> Fault | None:
        """The next fault for a call of this method, None to do it right."""
        for name in (method, "*"):
            if self._waiting.get(name):
                return self._waiting[name].popleft()
        return None
