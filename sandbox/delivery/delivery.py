"""Delivery to the app with Slack's deadline and Slack's retries."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.delivery.answer import Answer, Kind, Retry
from sandbox.delivery.event_limit import EventLimit
from sandbox.delivery.signed_http import SignedHttp
from sandbox.delivery.socket_mode import SocketMode
from sandbox.workspace.changes import Changes

ACK_SECONDS = 3.0
"""Slack waits no longer for an answer."""
RETRY_WAITS = (0.0, 60.0, 300.0)
"""Slack's pauses before the three repeats of an event, in seconds."""
SHORT_RETRY_WAITS = (0.0, 0.1, 0.3)
"""Short pauses for tests and the demo."""
OLDEST_EVENT_SECONDS = 2 * 3600.0
"""Age from which an event is dropped."""


@dataclass(frozen=True)
class DeliveryAttempt:
    """One attempt to deliver a payload, kept for tests."""

    kind: Kind
    payload: dict[str, Any]
    attempt: int
    answer: Answer


@dataclass
class Delivery:
    """Delivers by Socket Mode, or by signed HTTP once ``http`` is set.

    ``now`` is the workspace's clock. ``ack_seconds`` is the deadline of an answer; ``retry_waits`` are the
    pauses before the repeats of an event.
    """

    changes: Changes
    sockets: SocketMode
    now: Callable[[], datetime]
    http: SignedHttp | None = None
    ack_seconds: float = ACK_SECONDS
    retry_waits: tuple[float, ...] = RETRY_WAITS
    event_limit: EventLimit = field(default_factory=EventLimit)
    log: list[DeliveryAttempt] = field(default_factory=list)
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)

    async def request(self, kind: Kind, payload: dict[str, Any]) -> Answer:
        """Send a command or an interaction once and return the app's answer."""
        return await self._attempt(kind, payload, None)

    def send_event(self, payload: dict[str, Any]) -> None:
        """Deliver an event in the background, with retries while it is not acknowledged."""
        task = asyncio.get_running_loop().create_task(self._deliver_event(payload))
        self._under_way.add(task)
        task.add_done_callback(self._done)

    @property
    def is_idle(self) -> bool:
        """True while no event is being delivered."""
        return not self._under_way

    async def close(self) -> None:
        """Cancel deliveries under way and close the connections."""
        tasks = list(self._under_way)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self.http is not None:
            await self.http.close()

    async def _deliver_event(self, payload: dict[str, Any]) -> None:
        answer = await self._attempt_event(payload, None)
        for attempt, wait in enumerate(self.retry_waits, start=1):
            if answer is None or answer.ok or not answer.retry_wanted:
                return
            await asyncio.sleep(wait)
            answer = await self._attempt_event(payload, Retry(attempt, answer.reason))

    async def _attempt_event(self, payload: dict[str, Any], retry: Retry | None) -> Answer | None:
        """Return the app's answer to an event, None when it is dropped as too old or above the hourly limit."""
        now = self.now()
        if now.timestamp() - payload["event_time"] > OLDEST_EVENT_SECONDS:
            return None
        if self.event_limit.take(now):
            return await self._attempt("events_api", payload, retry)
        minute = self.event_limit.limited_minute(now)
        if minute is not None:
            limited = {"type": "app_rate_limited", "minute_rate_limited": minute}
            same = {name: payload[name] for name in ("token", "team_id", "api_app_id")}
            await self._attempt("events_api", same | limited, None)
        return None

    async def _attempt(self, kind: Kind, payload: dict[str, Any], retry: Retry | None) -> Answer:
        transport = self.http or self.sockets
        answer = await transport.send(kind, payload, seconds=self.ack_seconds, retry=retry)
        self.log.append(DeliveryAttempt(kind, payload, retry.attempt if retry else 0, answer))
        return answer

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self.changes.happened()
