"""The scheduler's ticks. The tables hold what is due; each tick asks them.

All processes tick at the same instants and serve due rows in random order, so that they share the work.
"""

import asyncio
import logging
import random
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from time import perf_counter

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from agendas.verbs import settings
from agendas.verbs.jobs import DueJob, InRead, Together
from bot.clock import Clock
from bot.health import Heartbeat
from storage import asked, imports, inbox
from storage.database import Store, problem_of

# Daily maintenance, done by one of all processes, however often they restart.

log_daily = logging.getLogger("cadence.daily")

LOOK_SECONDS = 3_600.0
"""Pause between two checks whether a day is over."""
DAY = timedelta(days=1)
DONE = "daily"
"""Inbox key of the last daily maintenance."""

INBOX_KEPT_FOR = timedelta(days=7)
DRAFTS_KEPT_FOR = timedelta(days=30)
NEWS_KEPT_FOR = timedelta(days=7)
CONVERSATIONS_KEPT_FOR = DAY
FILES_KEPT_FOR = timedelta(days=30)
MODEL_USE_KEPT_FOR = timedelta(days=31)


class Daily:
    """Deletes old inbox rows, drafts, conversations and files; renews calibrated limits and the people known."""

    def __init__(self, store: Store, clock: Clock, refresh_all_people: Callable[[], Awaitable[None]]) -> None:
        self._store = store
        self._clock = clock
        self._refresh_all_people = refresh_all_people

    async def run_if_due(self) -> None:
        """Do the maintenance unless any process did within a day. An error leaves the rest to the next day."""
        now = self._clock.now()
        if not await self._store.write(inbox.note_key_again, "", DONE, now, after=DAY):
            return
        await self._store.write(inbox.forget_before, now - INBOX_KEPT_FOR, now=now)
        await self._store.write(inbox.forget_drafts_before, now - DRAFTS_KEPT_FOR)
        await self._store.write(inbox.forget_drafts_before, now - NEWS_KEPT_FOR, inbox.NEWS)
        await self._store.write(inbox.forget_conversations_before, now - CONVERSATIONS_KEPT_FOR)
        await self._store.write(imports.forget_before, now - FILES_KEPT_FOR)
        await self._store.write(asked.forget_before, (now - MODEL_USE_KEPT_FOR).date())
        await self._store.write(asked.forget_wordings_before, now - asked.WORDINGS_KEPT_FOR)
        await self._refresh_all_people()
        await self._calibrate(now)

    async def _calibrate(self, now: datetime) -> None:
        """Renew the calibrated limits of every workspace in which a month has begun; one that fails is due again."""
        for workspace_id in await self._store.read(settings.due_workspaces, now):
            try:
                found = await self._store.read_long(settings.work_out, workspace_id, now)
                await self._store.write(settings.renew, workspace_id, found, now)
            except Exception:  # the other workspaces are due as well
                reference = secrets.token_hex(4)
                log_daily.exception("not_calibrated", extra={"workspace": workspace_id, "error_id": reference})


FIRST_INSTANT = datetime(2000, 1, 1, tzinfo=UTC)
"""Ticks are counted from here, so that all processes tick at the same instants, whole minutes among them."""
AT_A_TIME = 20
"""Rows served before the tables are asked again what is due."""
FAILURES = 3
"""Failures in a row after which a row is quarantined."""

TICKS_LOST = 3
"""Missing ticks after which the computer's clock is taken to have been put back."""

log = logging.getLogger("cadence.scheduler")


async def _nothing() -> None:
    """The default `before_tick`: nothing to wait for."""


class Scheduler:
    """Serves due jobs at every tick; ticks never overlap.

    `heartbeat` beats as a tick goes on, but not for work that the database refused. `after_tick` is called with the
    seconds that a tick took. `before_tick` is awaited before the tables are asked what is due.
    """

    def __init__(self, store: Store, clock: Clock, jobs: Sequence[DueJob], *, tick_seconds: float) -> None:
        self._store = store
        self._clock = clock
        self._jobs = jobs
        self._ticking = asyncio.Lock()
        self.heartbeat = Heartbeat()
        self._ticked = Heartbeat()
        self.after_tick: Callable[[float], None] = lambda _seconds: None
        self.before_tick: Callable[[], Awaitable[None]] = _nothing
        self._is_stopping = False
        self._failures: Counter[tuple[str, int]] = Counter()
        self._tick_seconds = tick_seconds
        self._looking: asyncio.Task[None] | None = None
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self.every(tick_seconds, "tick", self.tick_now, counted_from=FIRST_INSTANT)

    def every(
        self, seconds: float, name: str, work: Callable[[], Awaitable[None]], *, counted_from: datetime | None = None
    ) -> None:
        """Run the job at this interval, counted from now or from an instant, never twice at once; log its errors."""

        async def guarded() -> None:
            try:
                await work()
            except Exception:  # the next time goes on
                log.exception("work_failed", extra={"work": name, "error_id": secrets.token_hex(4)})

        self._scheduler.add_job(
            guarded,
            "interval",
            seconds=seconds,
            start_date=counted_from,
            id=name,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        self._scheduler.start()
        self._looking = asyncio.create_task(self._keep_ticking())

    async def stop(self) -> None:
        """Stop ticking and wait for the row being served; leave the others to the next start."""
        self._is_stopping = True
        if self._looking is not None:
            self._looking.cancel()
        self._scheduler.pause()
        async with self._ticking:
            self._scheduler.shutdown(wait=False)

    async def tick_now(self) -> None:
        """Serve what is due now. A row that fails is logged and does not stop the others."""
        async with self._ticking:
            began_at = perf_counter()
            self._ticked.beat()
            await self.before_tick()
            # every job has its turn, even after one that failed
            succeeded = [await self._serve(job) for job in self._jobs if not self._is_stopping]
            if all(succeeded):
                self.heartbeat.beat()
            # a tick that took long was not lost, and the next one has its time
            self._ticked.beat()
            self.after_tick(perf_counter() - began_at)

    async def _keep_ticking(self) -> None:
        """Reschedule all work when ticks are missing.

        APScheduler waits for an instant of the computer's clock: if that is put back an hour, nothing runs for an hour.
        """
        while True:
            await asyncio.sleep(self._tick_seconds)
            if self._ticked.age_seconds > TICKS_LOST * self._tick_seconds and not self._ticking.locked():
                log.warning("ticks_lost")
                for job in self._scheduler.get_jobs():
                    self._scheduler.reschedule_job(job.id, trigger=job.trigger)

    async def _serve(self, job: DueJob) -> bool:
        """Serve a few rows at a time and ask again, because other processes serve the same rows.

        Return whether the database named the due rows and accepted what was done.
        """
        tried: set[int] = set()
        went_well = True
        while due := await self._due(job, tried):
            if self._is_stopping:
                return went_well
            random.shuffle(due)
            rows = due[:AT_A_TIME]
            tried.update(rows)
            if isinstance(job.serve, Together) and await self._serve_together(job, job.serve, rows):
                continue
            for row_id in rows:
                if self._is_stopping:
                    return went_well
                went_well &= await self._serve_one(job, row_id, self._clock.now())
        return went_well and due is not None

    async def _due(self, job: DueJob, tried: set[int]) -> list[int] | None:
        """Return the due rows that were not tried in this tick, None when the database did not answer."""
        try:
            found = await self._store.read(job.find, self._clock.now())
        except Exception:  # the database may be away for a while
            log.exception("duty_failed", extra={"duty": job.name, "error_id": secrets.token_hex(4)})
            return None
        return [row_id for row_id in found if row_id not in tried]

    async def _serve_together(self, job: DueJob, together: Together, row_ids: Sequence[int]) -> bool:
        """Serve several rows at once; return False where each is to be served alone.

        That is after this failed, where one of them failed before, and for a single row.
        """
        if len(row_ids) == 1 or any(self._failures[job.name, row_id] for row_id in row_ids):
            return False
        try:
            now = self._clock.now()
            await self._store.write(await self._store.read_long(together.work_out, row_ids, now))
        except Exception:  # nothing was written; serving each row alone shows which one fails
            log.warning("duty_failed_together", extra={"duty": job.name})
            return False
        self.heartbeat.beat()
        return True

    async def _serve_one(self, job: DueJob, row_id: int, now: datetime) -> bool:
        """Serve one row; return False if the database failed, True if the row was served or failed by itself."""
        try:
            if isinstance(job.serve, Together):
                await self._store.write(await self._store.read_long(job.serve.work_out, [row_id], now))
            elif isinstance(job.serve, InRead):
                await self._store.write(await self._store.read_long(job.serve.work_out, row_id, now))
            else:
                await self._store.write(job.serve, row_id, now)
            del self._failures[job.name, row_id]
        except Exception as error:  # the other rows are due as well
            reference = secrets.token_hex(4)
            log.exception("duty_failed", extra={"duty": job.name, "row": row_id, "error_id": reference})
            if problem_of(error) is not None:
                return False
            await self._note_failure(job, row_id, now, reference)
        self.heartbeat.beat()
        return True

    async def _note_failure(self, job: DueJob, row_id: int, now: datetime, reference: str) -> None:
        """Count the row's failure, and quarantine it after too many."""
        self._failures[job.name, row_id] += 1
        if self._failures[job.name, row_id] < FAILURES:
            return
        del self._failures[job.name, row_id]
        try:
            await self._store.write(job.set_aside, row_id, now, reference)
            log.error("set_aside", extra={"duty": job.name, "row": row_id, "error_id": reference})
        except Exception:  # it is tried again after as many failures
            log.exception("not_set_aside", extra={"duty": job.name, "row": row_id, "error_id": reference})
