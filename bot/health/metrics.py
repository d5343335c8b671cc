"""Metrics of the process, and the page on which Prometheus reads them."""

import platform
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from time import process_time

from prometheus_client import CollectorRegistry, Counter, Histogram, Metric, disable_created_metrics, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

from bot.version import program_version
from storage.diagnostics import Installations, Slots

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
class Reading:
    """Figures read anew for each page.

    `stored` is None while the database does not answer, `connected` is None without Socket Mode.
    """

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
        """Count one piece of database work, in seconds."""
        self.database_waits.labels(kind).observe(waited)
        self.database_runs.labels(kind).observe(ran)

    def after_request(self, kind: str, outcome: str, seconds: float) -> None:
        """Count one request from Slack."""
        self.requests.labels(kind, outcome).observe(seconds)

    def after_call(self, method: str, seconds: float) -> None:
        """Count one call of Slack's Web API."""
        self.slack_calls.labels(method).observe(seconds)

    def after_error(self, method: str, code: str) -> None:
        """Count one call that failed with this error code."""
        self.slack_errors.labels(method, code).inc()

    def after_letter(self, kind: str, outcome: str) -> None:
        """Count one attempt to send a letter."""
        self.letters.labels(kind, outcome).inc()

    def page(self, reading: Reading) -> str:
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
    reading: Reading
    started_at: datetime

    def collect(self) -> Iterable[Metric]:
        yield from self.registry.collect()
        yield from _read_now(self.reading)
        yield from _process(self.started_at)


def _read_now(reading: Reading) -> Iterator[Metric]:
    is_up = reading.stored is not None and reading.takes_writes
    yield _gauge("cadence_database_up", "Whether the database answers, and takes what is written.", float(is_up))
    if reading.stored is not None:
        yield from _stored(reading.stored, reading.now)
    yield _gauge("cadence_tick_age_seconds", "Seconds since the schedule last moved on.", reading.tick_age_seconds)
    yield _gauge(
        "cadence_delivery_age_seconds", "Seconds since letters were last looked for.", reading.delivery_age_seconds
    )
    if reading.connected is not None:
        connected = float(reading.connected)
        yield _gauge("cadence_socket_connections", "Open connections of Socket Mode.", connected)


def _stored(stored: Stored, now: datetime) -> Iterator[Metric]:
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


def _process(started_at: datetime) -> Iterator[Metric]:
    info = GaugeMetricFamily("cadence_info", "The versions that run.", labels=["version", "python"])
    info.add_metric([program_version(), platform.python_version()], 1)
    yield info
    yield _gauge("process_start_time_seconds", "When the process started, in Unix time.", started_at.timestamp())
    yield CounterMetricFamily("process_cpu_seconds_total", "Processor time used, in seconds.", value=process_time())


def _gauge(name: str, meaning: str, amount: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value=amount)
