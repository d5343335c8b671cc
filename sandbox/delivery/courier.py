"""Brings things to the app, with Slack's deadline and Slack's retries."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from sandbox.changes import Changes
from sandbox.delivery.answer import Answer, Kind
from sandbox.delivery.signed_http import SignedHttp
from sandbox.delivery.socket_mode import Retry, SocketMode

REASONS = {"late": "http_timeout", "refused": "http_error", "unreachable": "connection_failed"}


@dataclass(frozen=True)
class Delivered:
    """One attempt to bring something to the app, for tests to look at."""

    kind: Kind
    payload: dict[str, Any]
    attempt: int
    answer: Answer


@dataclass
class Courier:
    """Delivers by Socket Mode, or by signed HTTP once ``http`` is set.

    ``ack_seconds`` is Slack's deadline of three seconds. ``retry_waits`` are the pauses before the three repeats of an
    event; Slack's are about 0, 60 and 300 seconds, shortened here.
    """

    changes: Changes
    sockets: SocketMode
    http: SignedHttp | None = None
    ack_seconds: float = 3.0
    retry_waits: tuple[float, ...] = (0.0, 0.1, 0.3)
    log: list[Delivered] = field(default_factory=list)
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)

    async def ask(self, kind: Kind, payload: dict[str, Any]) -> Answer:
        """Bring a command or an interaction, once, and wait for the answer."""
        return await self._attempt(kind, payload, None)

    def tell(self, payload: dict[str, Any]) -> None:
        """Bring an event in the background, repeated when it is not acknowledged."""
        task = asyncio.get_running_loop().create_task(self._tell(payload))
        self._under_way.add(task)
        task.add_done_callback(self._done)

    @property
    def is_idle(self) -> bool:
        """Whether no event is under way."""
        return not self._under_way

    async def close(self) -> None:
        """Stop what is under way and close the connections."""
        tasks = list(self._under_way)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self.http is not None:
            await self.http.close()

    async def _tell(self, payload: dict[str, Any]) -> None:
        answer = await self._attempt("events_api", payload, None)
        for attempt, wait in enumerate(self.retry_waits, start=1):
            if answer.ok or not answer.retry_wanted:
                return
            await asyncio.sleep(wait)
            answer = await self._attempt("events_api", payload, Retry(attempt, REASONS[answer.status]))

    async def _attempt(self, kind: Kind, payload: dict[str, Any], retry: Retry | None) -> Answer:
        carrier = self.http or self.sockets
        answer = await carrier.send(kind, payload, seconds=self.ack_seconds, retry=retry)
        self.log.append(Delivered(kind, payload, retry.attempt if retry else 0, answer))
        return answer

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self.changes.happened()
