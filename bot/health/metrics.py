"""What the bot measures of itself, and the page on which Prometheus reads it."""

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from time import process_time

from bot.prometheus import Counter, Histogram, readings
from bot.version import program_version
from storage.diagnostics import Installations, Slots

QUICK = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds, for what takes milliseconds as a rule."""
SLOW = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""Seconds, for what waits for others or works through a list."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database says. `oldest_due_at` is of the letters that should be gone."""

    letters_waiting: int
    oldest_due_at: datetime | None
    slots: Slots
    installations: Installations


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read anew each time. `stored` is None while the database does not answer; `connected` without sockets."""

    now: datetime
    stored: Stored | None
    takes_writes: bool
    tick_age_seconds: float
    delivery_age_seconds: float
    connected: bool | None


class Metrics:
    """Everything that is counted from the start of the process on. Labels are words of ours, never names or ids."""

    def __init__(self, started_at: datetime) -> None:
        self._started_at = started_at
        self.requests = Histogram(
            "cadence_request_seconds",
            "Seconds from taking a request of Slack until its reply was worked out.",
            *("kind", "outcome"),
            bounds=QUICK,
        )
        self.slack_calls = Histogram(
            "cadence_slack_call_seconds", "Seconds that calls of Slack took.", "method", bounds=SLOW
        )
        self.slack_errors = Counter(
            "cadence_slack_errors_total", "Calls that Slack refused or did not answer.", "method", "code"
        )
        self.database_waits = Histogram(
            "cadence_database_wait_seconds", "Seconds that work waited for a database thread.", "kind", bounds=QUICK
        )
        self.database_runs = Histogram(
            "cadence_database_run_seconds", "Seconds that work ran in a database thread.", "kind", bounds=QUICK
        )
        self.letters = Counter("cadence_letters_total", "What came of trying to send letters.", "kind", "outcome")
        self.ticks = Histogram("cadence_tick_seconds", "Seconds that ticks of the schedule took.", bounds=SLOW)
        self.loop_lag = Histogram(
            "cadence_loop_lag_seconds", "Seconds by which the event loop woke later than asked.", bounds=QUICK
        )

    def after_run(self, kind: str, waited: float, ran: float) -> None:
        """Notes one piece of database work, in seconds."""
        self.database_waits.observe(waited, kind)
        self.database_runs.observe(ran, kind)

    def after_request(self, kind: str, outcome: str, seconds: float) -> None:
        """Notes one request of Slack."""
        self.requests.observe(seconds, kind, outcome)

    def after_call(self, method: str, seconds: float) -> None:
        """Notes one call of Slack."""
        self.slack_calls.observe(seconds, method)

    def page(self, reading: Reading) -> str:
        """All of it as text."""
        families = (
            self.requests,
            self.slack_calls,
            self.slack_errors,
            self.database_waits,
            self.database_runs,
            self.letters,
            self.ticks,
            self.loop_lag,
        )
        lines = [line for family in families for line in family.lines()]
        return "\n".join([*lines, *self._read_now(reading), *self._process(), ""])

    def _read_now(self, reading: Reading) -> Iterator[str]:
        is_up = reading.stored is not None and reading.takes_writes
        yield from _gauge(
            "cadence_database_up", "Whether the database answers, and takes what is written.", float(is_up)
        )
        if reading.stored is not None:
            yield from _stored(reading.stored, reading.now)
        yield from _gauge(
            "cadence_tick_age_seconds", "Seconds since the schedule last moved on.", reading.tick_age_seconds
        )
        yield from _gauge(
            "cadence_delivery_age_seconds", "Seconds since letters were last looked for.", reading.delivery_age_seconds
        )
        if reading.connected is not None:
            connected = float(reading.connected)
            yield from _gauge("cadence_socket_connections", "Open connections of Socket Mode.", connected)

    def _process(self) -> Iterator[str]:
        versions = {"version": program_version(), "python": platform.python_version()}
        yield from readings("cadence_info", "The versions that run.", [(versions, 1.0)])
        yield from _gauge(
            "process_start_time_seconds", "When the process started, in Unix time.", self._started_at.timestamp()
        )
        yield from readings(
            "process_cpu_seconds_total", "Processor time used, in seconds.", [({}, process_time())], kind="counter"
        )


def _stored(stored: Stored, now: datetime) -> Iterator[str]:
    oldest = (now - stored.oldest_due_at).total_seconds() if stored.oldest_due_at else 0.0
    yield from _gauge("cadence_outbox_letters", "Letters still to be sent.", float(stored.letters_waiting))
    yield from _gauge(
        "cadence_outbox_oldest_seconds", "Seconds since the oldest letter not sent yet was due.", max(oldest, 0.0)
    )
    amounts = {"late": stored.slots.late, "missed": stored.slots.missed, "overdue": stored.slots.overdue}
    yield from readings(
        "cadence_slots",
        "Planned reviews that were posted late, were missed, or are overdue now.",
        [({"state": state}, float(amount)) for state, amount in amounts.items()],
    )

    states = {"active": stored.installations.active, "stopped": stored.installations.stopped}
    yield from readings(
        "cadence_workspaces",
        "Workspaces the bot works in, and those where work stopped since Slack refused their own token.",
        [({"state": state}, float(amount)) for state, amount in states.items()],
    )


def _gauge(name: str, meaning: str, amount: float) -> Iterator[str]:
    return readings(name, meaning, [({}, amount)])
