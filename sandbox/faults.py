"""Faults that tests inject into the Web API, and the record of every call."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import Any, Literal

from sandbox.webapi.rate_limits import CALLS_PER_MINUTE

ADDRESSES = ("response_url", "upload", "download")
"""Addresses outside the Web API that can fail too: response URLs, file uploads and downloads."""
Cut = Literal["before", "after"]


@dataclass(frozen=True)
class Fault:
    """One failure.

    ``status`` other than 200 answers with that HTTP status, ``error`` with that Slack error code. ``retry_after`` adds
    the header (seconds); with status 429 the method stays limited until then. ``delay`` waits first (seconds). ``cut``
    drops the connection ``before`` or ``after`` the request was carried out. With ``carried_out`` the request is
    carried out before the status or error is answered.
    """

    status: int = 200
    error: str | None = None
    retry_after: int | None = None
    delay: float = 0.0
    cut: Cut | None = None
    carried_out: bool = False


@dataclass(frozen=True)
class Call:
    """One call that the app made; ``answer`` is None when the connection was cut.

    ``retry_after_seconds`` is the wait it was told, 0 for none.
    """

    method: str
    arguments: dict[str, Any]
    at: datetime
    answer: dict[str, Any] | None
    retry_after_seconds: int = 0


@dataclass
class Faults:
    """The faults waiting for each method (``*`` for any) or address outside the Web API.

    Adding a fault under an unknown name raises ValueError, because it would never happen. With ``hides_metadata`` no
    history and no thread shows the metadata of its messages.
    """

    hides_metadata: bool = False
    _waiting: dict[str, deque[Fault]] = field(default_factory=dict)
    _held_until: dict[str, datetime] = field(default_factory=dict)

    def add(self, method: str, fault: Fault, *, times: int = 1) -> None:
        """Fail the next ``times`` calls of ``method``."""
        if method != "*" and method not in ADDRESSES and method not in CALLS_PER_MINUTE:
            raise ValueError(f"The sandbox has no method {method!r}, nor an address of this name.")
        self._waiting.setdefault(method, deque()).extend([fault] * times)

    def rate_limit(self, method: str, *, retry_after_seconds: int = 1, times: int = 1) -> None:
        """Answer 429 with ``Retry-After`` to every call of the method until that time has passed.

        The time begins with the first call; with ``times``, the call after its end begins it again.
        """
        fault = Fault(status=429, error="ratelimited", retry_after=retry_after_seconds)
        self.add(method, fault, times=times)

    def refuse(self, method: str, error: str, *, times: int = 1) -> None:
        """Answer with this Slack error code, doing nothing."""
        self.add(method, Fault(error=error), times=times)

    def break_down(self, method: str, *, status: int = 503, carried_out: bool = False, times: int = 1) -> None:
        """Answer with this HTTP status, before or after carrying the call out."""
        self.add(method, Fault(status=status, carried_out=carried_out), times=times)

    def delay(self, method: str, *, seconds: float, times: int = 1) -> None:
        """Carry the call out after a delay."""
        self.add(method, Fault(delay=seconds), times=times)

    def cut(self, method: str, when: Cut, *, times: int = 1) -> None:
        """Drop the connection ``before`` or ``after`` the call was carried out."""
        self.add(method, Fault(cut=when), times=times)

    def clear(self) -> None:
        """Remove all faults and end all waits."""
        self._waiting.clear()
        self._held_until.clear()
        self.hides_metadata = False

    def are_waiting(self, method: str) -> bool:
        """Return True if a fault is waiting for the next call of this method."""
        return bool(self._waiting.get(method))

    def take(self, method: str, now: datetime) -> Fault | None:
        """Remove and return the next fault for a call of this method, None when there is none."""
        wait = (self._held_until.get(method, now) - now).total_seconds()
        if wait > 0:
            return Fault(status=429, error="ratelimited", retry_after=ceil(wait))
        fault = self._next(method)
        if fault is not None and fault.status == 429:
            self._held_until[method] = now + timedelta(seconds=fault.retry_after or 0)
        return fault

    def _next(self, method: str) -> Fault | None:
        for name in (method, "*"):
            if self._waiting.get(name):
                return self._waiting[name].popleft()
        return None
