"""What the bot measures: counted rightly, in Prometheus' own text, at a price that nobody notices."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from bot.health.metrics import Metrics, Reading, Stored
from bot.prometheus import SERIES_MOST, Counter, Histogram, readings
from storage.diagnostics import Installations, Slots

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SAMPLE = re.compile(r'[a-z_]+(\{[a-z]+="(\\.|[^"\\\n])*"(,[a-z]+="(\\.|[^"\\\n])*")*\})? (-?[0-9.e+-]+|\+Inf)')
READING = Reading(
    now=NOON,
    stored=Stored(3, NOON - timedelta(seconds=90), Slots(late=1, missed=2, overdue=0), Installations(4, 1)),
    takes_writes=True,
    tick_age_seconds=1.5,
    delivery_age_seconds=0.25,
    connected=True,
)


def test_a_counter_counts_by_its_labels() -> None:
    counter = Counter("errors_total", "Errors.", "method", "code")
    for code in ("gone", "gone", "busy"):
        counter.add("post", code)
    assert list(counter.lines()) == [
        "# HELP errors_total Errors.",
        "# TYPE errors_total counter",
        'errors_total{method="post",code="busy"} 1',
        'errors_total{method="post",code="gone"} 2',
    ]


def test_a_histogram_counts_what_is_at_most_each_bound() -> None:
    histogram = Histogram("wait_seconds", "Waits.", "kind", bounds=(0.1, 1.0))
    for seconds in (0.1, 0.5, 1.0, 4.0):
        histogram.observe(seconds, "read")
    assert list(histogram.lines())[2:] == [
        'wait_seconds_bucket{kind="read",le="0.1"} 1',
        'wait_seconds_bucket{kind="read",le="1"} 3',
        'wait_seconds_bucket{kind="read",le="+Inf"} 4',
        'wait_seconds_sum{kind="read"} 5.6',
        'wait_seconds_count{kind="read"} 4',
    ]


def test_labels_and_meanings_are_escaped() -> None:
    lines = list(readings("info", "One\nline \\ of it.", [({"version": 'a"b\\c\nd'}, 0.5)]))
    assert lines == ["# HELP info One\\nline \\\\ of it.", "# TYPE info gauge", 'info{version="a\\"b\\\\c\\nd"} 0.5']


def test_no_family_grows_without_end() -> None:
    counter = Counter("errors_total", "Errors.", "code")
    histogram = Histogram("wait_seconds", "Waits.", "code", bounds=(1.0,))
    for number in range(SERIES_MOST + 50):
        counter.add(f"code_{number}")
        histogram.observe(0.5, f"code_{number}")
    assert 'errors_total{code="other"} 50' in counter.lines()
    assert 'wait_seconds_count{code="other"} 50' in histogram.lines()
    assert sum(line.startswith("wait_seconds_count") for line in histogram.lines()) == SERIES_MOST + 1


def test_nothing_is_lost_when_threads_count_at_once() -> None:
    histogram = Histogram("wait_seconds", "Waits.", bounds=(1.0,))
    threads = [Thread(target=lambda: [histogram.observe(0.5) for _ in range(2_000)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "wait_seconds_count 8000" in histogram.lines()


def filled() -> Metrics:
    metrics = Metrics(NOON)
    metrics.after_request("command", "done", 0.004)
    metrics.after_run("read", 0.0001, 0.002)
    metrics.after_call("chat.postMessage", 0.2)
    metrics.slack_errors.add("chat.postMessage", "not_in_channel")
    metrics.letters.add("post", "sent")
    metrics.ticks.observe(0.01)
    metrics.loop_lag.observe(0.001)
    return metrics


def test_every_line_of_the_page_is_one_that_prometheus_reads() -> None:
    page = filled().page(READING)
    assert page.endswith("\n")
    lines = page.splitlines()
    samples = [line for line in lines if not line.startswith("#")]
    assert [line for line in samples if not SAMPLE.fullmatch(line)] == []
    families = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(families) == len(set(families)) == 19
    parts = re.compile(r"(_bucket|_sum|_count)?(\{.*)? .*$")
    assert {parts.sub("", line) for line in samples} == set(families)


@pytest.mark.parametrize(
    "line",
    [
        'cadence_request_seconds_count{kind="command",outcome="done"} 1',
        'cadence_slack_call_seconds_bucket{method="chat.postMessage",le="0.25"} 1',
        'cadence_slack_errors_total{method="chat.postMessage",code="not_in_channel"} 1',
        'cadence_database_wait_seconds_count{kind="read"} 1',
        'cadence_database_run_seconds_sum{kind="read"} 0.002',
        'cadence_letters_total{kind="post",outcome="sent"} 1',
        "cadence_tick_seconds_count 1",
        "cadence_loop_lag_seconds_count 1",
        "cadence_database_up 1",
        "cadence_outbox_letters 3",
        "cadence_outbox_oldest_seconds 90",
        'cadence_slots{state="late"} 1',
        'cadence_slots{state="missed"} 2',
        'cadence_slots{state="overdue"} 0',
        'cadence_workspaces{state="active"} 4',
        'cadence_workspaces{state="stopped"} 1',
        "cadence_tick_age_seconds 1.5",
        "cadence_delivery_age_seconds 0.25",
        "cadence_socket_connections 1",
        "process_start_time_seconds 1795521600",
    ],
)
def test_the_page_says(line: str) -> None:
    assert line in filled().page(READING).splitlines()


def test_the_operations_page_names_everything_that_is_measured() -> None:
    page = (Path(__file__).parents[3] / "docs/operations/watch.md").read_text(encoding="utf-8")
    families = [line.split()[2] for line in filled().page(READING).splitlines() if line.startswith("# TYPE")]
    assert [name for name in families if f"`{name}`" not in page] == []


def test_without_the_database_the_rest_is_still_told() -> None:
    said = filled().page(Reading(NOON, None, True, 1.0, 1.0, None)).splitlines()
    assert "cadence_database_up 0" in said
    assert not any(line.startswith(("cadence_outbox", "cadence_slots", "cadence_socket")) for line in said)
    assert "cadence_tick_age_seconds 1" in said


def test_a_database_that_takes_nothing_is_not_up() -> None:
    said = filled().page(replace(READING, takes_writes=False)).splitlines()
    assert "cadence_database_up 0" in said
    assert "cadence_outbox_letters 3" in said
