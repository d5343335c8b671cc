"""Metrics: the names, types, labels and meanings that dashboards rely on, and the right figures."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from prometheus_client import CollectorRegistry, Metric
from prometheus_client.parser import text_string_to_metric_families

from bot.health import Metrics, Reading, Stored
from bot.sending import Result
from storage.diagnostics import Installations, Slots
from tests.cases import cases

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
READING = Reading(
    now=NOON,
    stored=Stored(3, NOON - timedelta(seconds=90), Slots(late=1, missed=2, overdue=0), Installations(4, 1)),
    takes_writes=True,
    tick_age_seconds=1.5,
    delivery_age_seconds=0.25,
    connected=True,
)


def filled() -> Metrics:
    metrics = Metrics(CollectorRegistry(), NOON)
    metrics.after_request("command", "done", 0.004)
    metrics.after_run("read", 0.0001, 0.002)
    metrics.after_call("chat.postMessage", 0.2)
    for code in ("not_in_channel", "not_in_channel", "ratelimited"):
        metrics.after_error("chat.postMessage", code)
    metrics.after_letter("post", "sent")
    metrics.ticks.observe(0.01)
    metrics.loop_lag.observe(0.001)
    return metrics


def families(reading: Reading = READING) -> dict[str, Metric]:
    """Return the families by the names of their samples."""
    found = text_string_to_metric_families(filled().page(reading))
    return {f"{each.name}_total" if each.type == "counter" else each.name: each for each in found}


def amounts(reading: Reading = READING) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in families(reading).values()
        for sample in family.samples
    }


@cases(
    ("name", "labels", "amount"),
    [
        ("cadence_request_seconds_count", {"kind": "command", "outcome": "done"}, 1),
        ("cadence_slack_call_seconds_bucket", {"method": "chat.postMessage", "le": "0.1"}, 0),
        ("cadence_slack_call_seconds_bucket", {"method": "chat.postMessage", "le": "0.25"}, 1),
        ("cadence_slack_errors_total", {"method": "chat.postMessage", "code": "not_in_channel"}, 2),
        ("cadence_slack_errors_total", {"method": "chat.postMessage", "code": "ratelimited"}, 1),
        ("cadence_database_wait_seconds_count", {"kind": "read"}, 1),
        ("cadence_database_run_seconds_sum", {"kind": "read"}, 0.002),
        ("cadence_letters_total", {"kind": "post", "outcome": "sent"}, 1),
        ("cadence_tick_seconds_count", {}, 1),
        ("cadence_loop_lag_seconds_count", {}, 1),
        ("cadence_database_up", {}, 1),
        ("cadence_outbox_letters", {}, 3),
        ("cadence_outbox_oldest_seconds", {}, 90),
        ("cadence_slots", {"state": "late"}, 1),
        ("cadence_slots", {"state": "missed"}, 2),
        ("cadence_slots", {"state": "overdue"}, 0),
        ("cadence_workspaces", {"state": "active"}, 4),
        ("cadence_workspaces", {"state": "stopped"}, 1),
        ("cadence_tick_age_seconds", {}, 1.5),
        ("cadence_delivery_age_seconds", {}, 0.25),
        ("cadence_socket_connections", {}, 1),
        ("process_start_time_seconds", {}, 1795521600),
    ],
)
def test_the_page_says(name: str, labels: dict[str, str], amount: float) -> None:
    assert amounts()[name, frozenset(labels.items())] == amount


def test_two_bots_in_one_process_count_apart() -> None:
    counted, fresh = filled(), Metrics(CollectorRegistry(), NOON)
    assert 'cadence_letters_total{kind="post",outcome="sent"}' in counted.page(READING)
    assert 'cadence_letters_total{kind="post",outcome="sent"}' not in fresh.page(READING)


def test_the_operations_page_names_everything_that_is_measured() -> None:
    page = (Path(__file__).parents[3] / "docs/operations/watch.md").read_text(encoding="utf-8")
    assert [name for name in families() if f"`{name}`" not in page] == []


def test_the_operations_page_names_every_result_of_sending_a_letter() -> None:
    page = (Path(__file__).parents[3] / "docs/operations/watch.md").read_text(encoding="utf-8")
    assert f"the result of each attempt ({', '.join(Result)})" in page


def test_without_the_database_the_rest_is_still_told() -> None:
    reading = Reading(NOON, None, True, 1.0, 1.0, None)
    absent = {
        "cadence_outbox_letters",
        "cadence_outbox_oldest_seconds",
        "cadence_slots",
        "cadence_workspaces",
        "cadence_socket_connections",
    }
    assert set(families(reading)) == families().keys() - absent
    assert amounts(reading)["cadence_database_up", frozenset()] == 0


def test_a_database_that_takes_nothing_is_not_up() -> None:
    found = amounts(replace(READING, takes_writes=False))
    assert found["cadence_database_up", frozenset()] == 0
    assert found["cadence_outbox_letters", frozenset()] == 3
