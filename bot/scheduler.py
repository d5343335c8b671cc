"""Ticks. What is due stands in the tables; the scheduler only asks for it again and again."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from agendas.verbs.duties import Duty
from bot.clock import Clock
from storage.engine import Store

log = logging.getLogger("cadence.scheduler")


class Scheduler:
    """Serves the duties that are due at every tick; ticks never overlap."""

    def __init__(self, store: Store, clock: Clock, duties: Sequence[Duty], *, tick_seconds: float) -> None:
        self._store = store
        self._clock = clock
        self._duties = duties
        self._ticking = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self.every(tick_seconds, "tick", self.tick_now)

    def every(self, seconds: float, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Does the work every so many seconds, not before the last time is over; errors are logged with an id."""

        async def guarded() -> None:
            try:
                await work()
            except Exception:  # the next time goes on
                log.exception("work_failed", extra={"work": name, "error_id": secrets.token_hex(4)})

        self._scheduler.add_job(
            guarded, "interval", seconds=seconds, id=name, max_instances=1, coalesce=True, misfire_grace_time=None
        )

    def start(self) -> None:
        """Begins to tick."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Ticks no more; returns when the tick under way is done."""
        self._scheduler.shutdown(wait=False)
        async with self._ticking:
            return

    async def tick_now(self) -> None:
        """Serves what is due now. One row's failure is logged and leaves the others to be served."""
        async with self._ticking:
            for duty in self._duties:
                await self._serve(duty)

    async def _serve(self, duty: Duty) -> None:
        now = self._clock.now()
        try:
            due = await self._store.read(duty.find, now)
        except Exception:  # the database may be away for a while
            log.exception("duty_failed", extra={"duty": duty.name, "error_id": secrets.token_hex(4)})
            return
        for row_id in due:
            try:
                await self._store.write(duty.serve, row_id, now)
            except Exception:  # the other rows are due as well
                facts = {"duty": duty.name, "row": row_id, "error_id": secrets.token_hex(4)}
                log.exception("duty_failed", extra=facts)
