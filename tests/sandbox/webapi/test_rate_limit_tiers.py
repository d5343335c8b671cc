"""Calls a minute of each method: Slack's figures."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.faults import RateLimits
from sandbox.methods import METHODS

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

CALLS_A_MINUTE = {
    "api.test": 100,
    # Slack's tier says 1; an app that opens ten websockets at its start should not wait ten minutes
    "apps.connections.open": 10,
    "assistant.threads.setStatus": 600,
    "assistant.threads.setSuggestedPrompts": 50,
    "auth.test": 300,
    "chat.delete": 50,
    "chat.postEphemeral": 100,
    "chat.postMessage": 300,
    "chat.update": 50,
    "conversations.history": 50,
    "conversations.info": 50,
    "conversations.join": 50,
    "conversations.members": 100,
    "conversations.open": 50,
    "conversations.replies": 50,
    "dnd.teamInfo": 20,
    "files.completeUploadExternal": 100,
    "files.getUploadURLExternal": 100,
    "files.info": 100,
    "oauth.v2.access": 100,
    "users.info": 100,
    "users.list": 20,
    "views.open": 100,
    "views.publish": 100,
    "views.push": 100,
    "views.update": 100,
}
"""Where Slack says "hundreds a minute" or "several hundred" it is 300: docs/sandbox.md."""


def test_every_method_is_in_the_table() -> None:
    assert METHODS.keys() == CALLS_A_MINUTE.keys()


@pytest.mark.parametrize(("method", "calls"), CALLS_A_MINUTE.items(), ids=list(CALLS_A_MINUTE))
def test_a_method_is_taken_as_often_in_a_minute_as_its_tier_says(method: str, calls: int) -> None:
    limits = RateLimits()
    assert [limits.take(method, NOON) for number in range(calls)] == [0] * calls
    assert limits.take(method, NOON) == 60
    assert limits.take(method, NOON + timedelta(seconds=59)) == 1
    assert limits.take(method, NOON + timedelta(seconds=60)) == 0


@pytest.mark.parametrize("method", ["conversations.history", "conversations.replies"])
def test_an_unlisted_app_reads_history_once_a_minute(method: str) -> None:
    limits = RateLimits(is_unlisted=True)
    assert [limits.take(method, NOON + timedelta(seconds=second)) for second in (0, 59, 60)] == [0, 1, 0]
