"""Checks, metrics, heartbeat."""

import asyncio
import platform
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from time import monotonic, process_time
from typing import Any, Generic, TypeVar

from prometheus_client import (
    CONTENT_TYPE_PLAIN_0_0_4,
    CollectorRegistry,
    Counter,
    Histogram,
    Metric,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agendas.rules.schedule import ON_TIME_BELOW
from bot.clock import Clock
from bot.settings import program_version
from bot.slack_api import IMPOSTOR, UNREACHED, SlackWatch
from bot.socket_mode import SocketListener
from storage import diagnostics, outbox, workspaces
from storage.database import Store, advice_for_anybody
from storage.diagnostics import Installations, Slots
from storage.migrate import check_write, schema

# The heartbeat of a loop, by which others see that it still goes round.


class Heartbeat:
    """The moment at which a loop last showed that it is alive; at first the moment at which this was made."""

    def __init__(self) -> None:
        self._beaten_at = monotonic()

    def beat(self) -> None:
        self._beaten_at = monotonic()

    @property
    def age_seconds(self) -> float:
        return monotonic() - self._beaten_at


# Single-flight: work in the background that never runs twice at once, and whose callers wait only so long.

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Runs `work` in a task of its own; while it runs, everybody who asks shares that run.

    Two runs begin at least `pause_seconds` apart. Work that hangs is never started a second time.
    """

    def __init__(self, work: Callable[[], Coroutine[Any, Any, T]], *, pause_seconds: float = 0.0) -> None:
        self._work = work
        self._pause_seconds = pause_seconds
        self._started_at = 0.0
        self._running: asyncio.Task[T] | None = None

    def start(self) -> "asyncio.Task[T]":
        """Start a run and return it, or return the last one while it lasts or the pause after its start is not over."""
        is_early = monotonic() - self._started_at < self._pause_seconds
        if self._running is None or (self._running.done() and not is_early):
            self._started_at = monotonic()
            self._running = asyncio.create_task(self._work())
        return self._running

    async def result(self, *, timeout_seconds: float) -> T | None:
        """Return the result, or None when it does not come in time. Raises what the work raises."""
        run = self.start()
        done, _ = await asyncio.wait({run}, timeout=timeout_seconds)
        return run.result() if done else None

    def cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()


# Health checks: each trouble that keeps the bot from its work, as a sentence, within a few seconds.

DATABASE_SECONDS = 2.0
"""Wait for the database's answer; callers of health pages rarely wait longer than a few seconds."""
SILENT_SECONDS = 30.0
"""Time without an answer from Slack after which the bot counts as unable to work."""
RECHECK_SECONDS = 10.0
"""Pause between two checks that a health page starts in the background."""
STILL_SECONDS = 60.0
"""Shortest age of a heartbeat at which a loop counts as stopped."""
TICKS_MISSED = 6
STOPPED = (
    "The bot's work has stopped, since Slack refused its token or the app was removed: copy the token again, or "
    "install the app again. It goes on once Slack takes the token."
)


@dataclass(frozen=True, slots=True)
class Loops:
    """Heartbeats of the loops that must go on, and the seconds between two ticks."""

    schedule: Heartbeat
    delivery: Heartbeat
    tick_seconds: float

    def troubles(self) -> Iterator[str]:
        """Yield a sentence for each loop that has stopped."""
        age = self.schedule.age_seconds
        if age > max(STILL_SECONDS, TICKS_MISSED * self.tick_seconds):
            yield f"The schedule has not moved on for {age:.0f} seconds: restart the bot if the database is well."
        age = self.delivery.age_seconds
        if age > STILL_SECONDS:
            yield f"Letters have not been looked for in {age:.0f} seconds: restart the bot if the database is well."


class DatabaseProbe:
    """Checks that the database answers, has the right schema and accepts writes.

    A full disk or a locked file stops writes alone. The bot's own writes show that, and `write_check` does while the
    bot has nothing to write. `own_id` returns the workspace of SLACK_BOT_TOKEN, or "" with OAuth.
    """

    def __init__(self, store: Store, own_id: Callable[[], str] = str) -> None:
        self._store = store
        self._own_id = own_id
        self._check = SingleFlight(self._ask)
        self.write_check = SingleFlight(self._try_writing, pause_seconds=RECHECK_SECONDS)

    async def trouble(self, *, seconds: float = DATABASE_SECONDS) -> str:
        """Return what is wrong with the database as a sentence, or ""; gives up after this many seconds."""
        self.write_check.start()
        trouble = await self._check.result(timeout_seconds=seconds)
        if trouble is None:
            return f"The database did not answer within {seconds:g} seconds: look whether it or its disk is overloaded."
        return trouble or self.write_trouble

    @property
    def write_trouble(self) -> str:
        """Why the database refused the last write, as a sentence; "" when it did not."""
        refusal = self._store.write_refusal
        return "" if refusal is None else advice_for_anybody(refusal)

    async def _try_writing(self) -> None:
        # the store keeps the error for `write_trouble`
        with suppress(SQLAlchemyError):
            await self._store.write(check_write)

    async def _ask(self) -> str:
        """Return the trouble that reading shows, "" for none: an error, another schema, or work that has stopped."""
        try:
            found, has_stopped = await self._store.read(self._state, self._own_id())
        except SQLAlchemyError as error:
            return advice_for_anybody(error)
        if found == schema():
            return STOPPED if has_stopped else ""
        has = f"the schema {found}" if found else "no schema"
        return f"The database has {has} and needs {schema()}: run cadence migrate, which says what to do."

    def _state(self, session: Session, own_id: str) -> tuple[str | None, bool]:
        """Return the schema's revision, and whether the work of this workspace has stopped, if it can be read."""
        found = diagnostics.revision(session)
        own = workspaces.get(session, own_id) if own_id and found == schema() else None
        return found, own is not None and not own.is_active


@dataclass(slots=True)
class SlackProbe:
    """Judges Slack by the bot's own calls, and after a failed one by `ask`; `socket` is None without Socket Mode."""

    watch: SlackWatch
    ask: Callable[[], Awaitable[object]]
    socket: SocketListener | None = None
    recheck: SingleFlight[None] = field(init=False)

    def __post_init__(self) -> None:
        self.recheck = SingleFlight(self._ask, pause_seconds=RECHECK_SECONDS)

    async def troubles(self) -> list[str]:
        """Return a sentence for each trouble with Slack."""
        troubles = []
        if self.watch.refused_token:
            troubles.append(
                f"Slack refused the bot's token ({self.watch.refused_token}): copy it again, or install the app again."
            )
        silent_seconds = self.watch.silent_seconds
        # a Slack that never answered since the start counts as away at once
        if silent_seconds > SILENT_SECONDS or (silent_seconds and not self.watch.was_reached):
            impostor = self.watch.impostor.replace(IMPOSTOR, "HTTP ")
            check = f"something else answers in its place ({impostor}): check the proxy and" if impostor else "check"
            troubles.append(f"Slack has not answered for {silent_seconds:.0f} seconds: {check} the network.")
        if self.socket is not None and (trouble := await self.socket.trouble()):
            troubles.append(trouble)
        if self.watch.refused_token or self.watch.silent_seconds:
            # without other calls for hours, the bot would not notice that Slack is well again
            self.recheck.start()
        return troubles

    async def _ask(self) -> None:
        # the watch sees how the call ended
        with suppress(SlackApiError, *UNREACHED):
            await self.ask()


@dataclass(frozen=True, slots=True)
class Health:
    """All checks of what the bot needs for its work."""

    database: DatabaseProbe
    slack: SlackProbe
    loops: Loops

    async def troubles(self) -> tuple[str, ...]:
        """Return a sentence for each trouble that keeps the bot from its work."""
        database, slack = await asyncio.gather(self.database.trouble(), self.slack.troubles())
        return tuple(sentence for sentence in (database, *slack, *self.loops.troubles()) if sentence)

    def stop(self) -> None:
        self.database.write_check.cancel()
        self.slack.recheck.cancel()


# The lag of the event loop: while a callback holds it, nobody is answered.

EVERY_SECONDS = 0.5


def follow_loop(after_wake: Callable[[float], None], *, every_seconds: float = EVERY_SECONDS) -> Callable[[], None]:
    """Report to `after_wake`, every so often, by how many seconds the loop woke late; return a function that stops."""
    loop = asyncio.get_running_loop()
    waiting: asyncio.TimerHandle

    def schedule_wake(now: float) -> None:
        nonlocal waiting
        waiting = loop.call_at(now + every_seconds, wake, now + every_seconds)

    def wake(planned_at: float) -> None:
        """Report how late the loop came back, and plan the next wake from now."""
        now = loop.time()
        after_wake(max(now - planned_at, 0.0))
        schedule_wake(now)

    def end() -> None:
        waiting.cancel()

    schedule_wake(loop.time())
    return end


# Metrics of the process, and the page on which Prometheus reads them.

QUICK = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Buckets in seconds for work that usually takes milliseconds."""
SLOW = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""Buckets in seconds for work that waits for others or goes through a list."""


class SlotState(StrEnum):
    """Values of the label `state` of `cadence_slots`."""

    LATE = "late"
    MISSED = "missed"
    OVERDUE = "overdue"


class WorkspaceState(StrEnum):
    """Values of the label `state` of `cadence_workspaces`."""

    ACTIVE = "active"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Stored:
    """Figures read from the database. `oldest_due_at` is the earliest due instant of the letters still to be sent."""

    letters_waiting: int
    oldest_due_at: datetime | None
    slots: Slots
    installations: Installations


@dataclass(frozen=True, slots=True)
class HealthFigures:
    """Figures for each page. `stored` is None without an answer of the database, `connected` without Socket Mode."""

    now: datetime
    stored: Stored | None
    takes_writes: bool
    tick_age_seconds: float
    delivery_age_seconds: float
    connected: bool | None


class Metrics:
    """Counters and histograms since the start of the process, in a registry of their own.

    Labels take their values from closed lists of ours, never names or ids, so no family grows without end.
    """

    def __init__(self, registry: CollectorRegistry, started_at: datetime) -> None:
        # the library's switch for the `_created` samples, which nobody reads and which double the page
        disable_created_metrics()  # type: ignore[no-untyped-call]  # the library gives it no types
        self._registry = registry
        self._started_at = started_at
        self.requests = self._histogram(
            "cadence_request_seconds",
            "Seconds from taking a request of Slack until its reply was worked out.",
            labels=("kind", "outcome"),
        )
        self.slack_calls = self._histogram(
            "cadence_slack_call_seconds", "Seconds that calls of Slack took.", labels=("method",), buckets=SLOW
        )
        self.slack_errors = Counter(
            "cadence_slack_errors_total",
            "Calls that Slack refused or did not answer.",
            ("method", "code"),
            registry=registry,
        )
        self.database_waits = self._histogram(
            "cadence_database_wait_seconds", "Seconds that work waited for a database thread.", labels=("kind",)
        )
        self.database_runs = self._histogram(
            "cadence_database_run_seconds", "Seconds that work ran in a database thread.", labels=("kind",)
        )
        self.letters = Counter(
            "cadence_letters_total", "What came of trying to send letters.", ("kind", "outcome"), registry=registry
        )
        self.ticks = self._histogram("cadence_tick_seconds", "Seconds that ticks of the schedule took.", buckets=SLOW)
        self.loop_lag = self._histogram(
            "cadence_loop_lag_seconds", "Seconds by which the event loop woke later than asked."
        )

    def after_run(self, kind: str, waited: float, ran: float) -> None:
        self.database_waits.labels(kind).observe(waited)
        self.database_runs.labels(kind).observe(ran)

    def after_request(self, kind: str, outcome: str, seconds: float) -> None:
        self.requests.labels(kind, outcome).observe(seconds)

    def after_call(self, method: str, seconds: float) -> None:
        self.slack_calls.labels(method).observe(seconds)

    def after_error(self, method: str, code: str) -> None:
        self.slack_errors.labels(method, code).inc()

    def after_letter(self, kind: str, outcome: str) -> None:
        self.letters.labels(kind, outcome).inc()

    def page(self, reading: HealthFigures) -> str:
        """Return all metrics in Prometheus' text format 0.0.4."""
        return generate_latest(_Page(self._registry, reading, self._started_at)).decode()

    def _histogram(
        self, name: str, meaning: str, *, labels: tuple[str, ...] = (), buckets: tuple[float, ...] = QUICK
    ) -> Histogram:
        return Histogram(name, meaning, labels, buckets=buckets, registry=self._registry)


@dataclass(frozen=True, slots=True)
class _Page:
    """A collector of the registry's metrics followed by those of one reading."""

    registry: CollectorRegistry
    reading: HealthFigures
    started_at: datetime

    def collect(self) -> Iterable[Metric]:
        yield from self.registry.collect()
        yield from _metrics_of_reading(self.reading)
        info = GaugeMetricFamily("cadence_info", "The versions that run.", labels=["version", "python"])
        info.add_metric([program_version(), platform.python_version()], 1)
        yield info
        yield _gauge(
            "process_start_time_seconds", "When the process started, in Unix time.", self.started_at.timestamp()
        )
        yield CounterMetricFamily("process_cpu_seconds_total", "Processor time used, in seconds.", value=process_time())


def _metrics_of_reading(reading: HealthFigures) -> Iterator[Metric]:
    """Yield the metrics of one reading: database, ages of the loops, connections."""
    is_up = reading.stored is not None and reading.takes_writes
    yield _gauge("cadence_database_up", "Whether the database answers, and takes what is written.", float(is_up))
    if reading.stored is not None:
        yield from _metrics_of_stored(reading.stored, reading.now)
    yield _gauge("cadence_tick_age_seconds", "Seconds since the schedule last moved on.", reading.tick_age_seconds)
    yield _gauge(
        "cadence_delivery_age_seconds", "Seconds since letters were last looked for.", reading.delivery_age_seconds
    )
    if reading.connected is not None:
        connected = float(reading.connected)
        yield _gauge("cadence_socket_connections", "Open connections of Socket Mode.", connected)


def _metrics_of_stored(stored: Stored, now: datetime) -> Iterator[Metric]:
    """Yield the metrics of the figures in the database."""
    oldest = (now - stored.oldest_due_at).total_seconds() if stored.oldest_due_at else 0.0
    yield _gauge("cadence_outbox_letters", "Letters still to be sent.", stored.letters_waiting)
    yield _gauge(
        "cadence_outbox_oldest_seconds", "Seconds since the oldest letter not sent yet was due.", max(oldest, 0.0)
    )
    slots = GaugeMetricFamily(
        "cadence_slots", "Planned reviews that were posted late, were missed, or are overdue now.", labels=["state"]
    )
    slots.add_metric([SlotState.LATE], stored.slots.late)
    slots.add_metric([SlotState.MISSED], stored.slots.missed)
    slots.add_metric([SlotState.OVERDUE], stored.slots.overdue)
    yield slots
    workspaces = GaugeMetricFamily(
        "cadence_workspaces",
        "Workspaces the bot works in, and those where work stopped since Slack refused their own token.",
        labels=["state"],
    )
    workspaces.add_metric([WorkspaceState.ACTIVE], stored.installations.active)
    workspaces.add_metric([WorkspaceState.STOPPED], stored.installations.stopped)
    yield workspaces


def _gauge(name: str, meaning: str, amount: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value=amount)


# The pages `/readyz` and `/metrics`.


class StatusPages:
    """Answers within seconds, even while the database hangs. `own_id` returns the workspace of SLACK_BOT_TOKEN."""

    def __init__(
        self, health: Health, metrics: Metrics, store: Store, clock: Clock, *, own_id: Callable[[], str]
    ) -> None:
        self.health = health
        self._metrics = metrics
        self._store = store
        self._clock = clock
        self._own_id = own_id
        self._stored = SingleFlight(self._read_stored)

    @property
    def metrics_route(self) -> Route:
        return Route("/metrics", self._metrics_page)

    async def ready(self) -> str:
        """Return what keeps the bot from its work, one sentence a line; "" when it is ready."""
        return "\n".join(await self.health.troubles())

    async def _metrics_page(self, _request: Request) -> Response:
        """Answer with all metrics; without the figures in the database where it does not answer in time."""
        loops, socket, database = self.health.loops, self.health.slack.socket, self.health.database
        database.write_check.start()
        reading = HealthFigures(
            now=self._clock.now(),
            stored=await self._stored.result(timeout_seconds=DATABASE_SECONDS),
            takes_writes=not database.write_trouble,
            tick_age_seconds=loops.schedule.age_seconds,
            delivery_age_seconds=loops.delivery.age_seconds,
            connected=None if socket is None else await socket.is_connected(),
        )
        return Response(self._metrics.page(reading), headers={"content-type": CONTENT_TYPE_PLAIN_0_0_4})

    async def _read_stored(self) -> Stored | None:
        """Return the figures in the database, None when it cannot be read."""

        def read(session: Session) -> Stored:
            now = self._clock.now()
            oldest = diagnostics.backlog(session, due_before=now).oldest_due_at
            slots = diagnostics.slots(session, now=now, allowed=ON_TIME_BELOW)
            found = diagnostics.installations(session, own_id=self._own_id())
            return Stored(outbox.count_pending(session), oldest, slots, found)

        try:
            return await self._store.read(read)
        except SQLAlchemyError:
            return None
