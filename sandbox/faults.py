"""Faults that tests inject into the Web API, and the record of every call."""

from collections import defaultdict, deque
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from math import ceil
from typing import Any, Literal

# Slack's rate limits: calls a minute of each method, messages a second in each channel.

TIER_1, TIER_2, TIER_3, TIER_4 = 1, 20, 50, 100
"""Calls a minute. Slack allows slightly more; the sandbox does not."""
SPECIAL = 300
"""Calls a minute where Slack says "hundreds per minute"."""

CALLS_PER_MINUTE: dict[str, int] = {
    "api.test": TIER_4,
    # Tier 1, but for the websockets of one app: it may open as many at once as it may have.
    "apps.connections.open": 10,
    "agents.sessions.setStatus": TIER_3,
    "assistant.threads.setSuggestedPrompts": TIER_3,
    "auth.test": SPECIAL,
    "chat.delete": TIER_3,
    "chat.postEphemeral": TIER_4,
    "chat.postMessage": SPECIAL,
    "chat.update": TIER_3,
    "conversations.history": TIER_3,
    "conversations.info": TIER_3,
    "conversations.join": TIER_3,
    "conversations.members": TIER_4,
    "conversations.open": TIER_3,
    "conversations.replies": TIER_3,
    "dnd.teamInfo": TIER_2,
    "files.completeUploadExternal": TIER_4,
    "files.getUploadURLExternal": TIER_4,
    "files.info": TIER_4,
    "oauth.v2.access": TIER_4,
    "users.info": TIER_4,
    "users.list": TIER_2,
    "views.open": TIER_4,
    "views.publish": TIER_4,
    "views.push": TIER_4,
    "views.update": TIER_4,
}
POSTING = frozenset({"chat.postEphemeral", "chat.postMessage", "files.completeUploadExternal"})
"""Methods that post a message in a channel, for all or for one person; all of them count there."""
UNLISTED = frozenset({"conversations.history", "conversations.replies"})
UNLISTED_MESSAGES = 15
"""Messages in one response of the UNLISTED methods for an app distributed outside the Marketplace."""
MINUTE = 60.0


@dataclass
class RateLimits:
    """Counts calls and messages; the time is an argument.

    A channel takes ``channel_burst`` messages at once, then one a second. Answers by response URL that everybody sees
    count too, as Slack has one limit for all ways of posting; all five uses of one URL fit into a burst.
    ``is_unlisted`` is for an app distributed outside the Marketplace: it reads history once a minute, 15 messages at a
    time.
    """

    channel_burst: int = 5
    is_unlisted: bool = False
    calls_per_minute: dict[str, int] = field(default_factory=lambda: dict(CALLS_PER_MINUTE))
    _called: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _free_at: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def take(self, method: str, now: datetime, *, posts_in: Collection[str] = ()) -> int:
        """Count a call and return 0, or return the seconds to wait before the method may be called.

        ``posts_in`` are the ids of the channels that it posts in.
        """
        at = now.timestamp()
        wait = max(self._wait_for_method(method, at), *map(partial(self._wait_for_channel, at=at), posts_in), 0.0)
        if wait > 0:
            return ceil(wait)
        self._called[method].append(at)
        for channel_id in posts_in:
            self._count_in(channel_id, at)
        return 0

    def take_response(self, channel_id: str, now: datetime) -> int:
        """Count a message by response URL in this channel and return 0, or return the seconds to wait."""
        at = now.timestamp()
        wait = self._wait_for_channel(channel_id, at=at)
        if wait <= 0:
            self._count_in(channel_id, at)
        return ceil(wait)

    def count_message(self, channel_id: str, now: datetime) -> None:
        """Count a message that is posted in this channel even above the limit."""
        self._count_in(channel_id, now.timestamp())

    @property
    def history_page_size(self) -> int | None:
        """Most messages in one response of history, None for Slack's usual number."""
        return UNLISTED_MESSAGES if self.is_unlisted else None

    def _wait_for_method(self, method: str, at: float) -> float:
        """Return the wait until fewer calls than allowed lie within the last minute, 0 when that is so already."""
        most = TIER_1 if self.is_unlisted and method in UNLISTED else self.calls_per_minute.get(method, TIER_3)
        called = self._called[method]
        while called and called[0] <= at - MINUTE:
            called.popleft()
        return called[0] + MINUTE - at if len(called) >= most else 0.0

    def _count_in(self, channel_id: str, at: float) -> None:
        """Count a message of the channel: Slack takes one a second."""
        self._free_at[channel_id] = max(self._free_at[channel_id], at) + 1

    def _wait_for_channel(self, channel_id: str, *, at: float) -> float:
        """Return the wait until fewer than ``channel_burst`` messages are ahead; Slack works off one a second."""
        return max(0.0, self._free_at[channel_id] - self.channel_burst + 1 - at)


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
    """A call of the app; ``answer`` is None if it was cut off, ``retry_after_seconds`` its wait, 0 for none."""

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
        self.add(method, Fault(error=error), times=times)

    def break_down(self, method: str, *, status: int = 503, carried_out: bool = False, times: int = 1) -> None:
        """Answer with this HTTP status, before or after carrying the call out."""
        self.add(method, Fault(status=status, carried_out=carried_out), times=times)

    def delay(self, method: str, *, seconds: float, times: int = 1) -> None:
        self.add(method, Fault(delay=seconds), times=times)

    def cut(self, method: str, when: Cut, *, times: int = 1) -> None:
        """Drop the connection ``before`` or ``after`` the call was carried out."""
        self.add(method, Fault(cut=when), times=times)

    def clear(self) -> None:
        self._waiting.clear()
        self._held_until.clear()
        self.hides_metadata = False

    def are_waiting(self, method: str) -> bool:
        return bool(self._waiting.get(method))

    def take(self, method: str, now: datetime) -> Fault | None:
        """Remove and return the next fault for a call of this method, None when there is none.

        While a fault with status 429 holds, it is returned with the time left instead.
        """
        wait = (self._held_until.get(method, now) - now).total_seconds()
        if wait > 0:
            return Fault(status=429, error="ratelimited", retry_after=ceil(wait))
        fault = self._next_fault(method)
        if fault is not None and fault.status == 429:
            self._held_until[method] = now + timedelta(seconds=fault.retry_after or 0)
        return fault

    def _next_fault(self, method: str) -> Fault | None:
        """Remove and return the next fault of the method, else the next one of any method; None without either."""
        for name in (method, "*"):
            if self._waiting.get(name):
                return self._waiting[name].popleft()
        return None
