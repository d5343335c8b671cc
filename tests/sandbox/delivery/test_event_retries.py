"""Retries of events and their reasons."""

import asyncio
from datetime import timedelta

from sandbox.delivery import RETRY_WAITS
from sandbox.server import Sandbox
from tests.sandbox.http_app import Listener

EVENT = {"type": "event_callback", "event": {"type": "message"}}


def test_slack_waits_a_minute_and_five_before_the_last_two_repeats() -> None:
    assert RETRY_WAITS == (0.0, 60.0, 300.0)


async def hears(sandbox: Sandbox, text: str = "hello") -> None:
    await sandbox.person("ann").says(text, in_="#abm")
    await sandbox.settled()


async def test_a_refused_event_is_repeated_three_times_with_its_id(sandbox: Sandbox, listener: Listener) -> None:
    listener.statuses = [500, 500, 500, 500]
    await hears(sandbox)
    numbers = [headers.get("x-slack-retry-num") for headers, _ in listener.heard]
    assert numbers == [None, "1", "2", "3"]
    assert listener.reasons == [None] + ["http_error"] * 3
    assert len({body for _, body in listener.heard}) == 1


async def test_a_late_event_comes_again_as_a_timeout(sandbox: Sandbox, listener: Listener) -> None:
    sandbox.slack.delivery.ack_seconds = 0.05
    listener.hold = asyncio.Event()
    await hears(sandbox)
    assert listener.reasons == [None] + ["http_timeout"] * 3


async def test_an_unreachable_app_is_a_failed_connection(sandbox: Sandbox) -> None:
    await hears(sandbox)
    assert [(each.attempt, each.answer.status) for each in sandbox.slack.delivery.log] == [
        (number, "unreachable") for number in range(4)
    ]


async def test_an_event_older_than_two_hours_is_dropped(sandbox: Sandbox, listener: Listener) -> None:
    later = sandbox.workspace.now() + timedelta(hours=2, seconds=5)
    sandbox.slack.delivery.now = lambda: later
    await hears(sandbox)
    assert listener.heard == []
