"""Many people get their message in time at Slack's pace, and a message that changes all the time is soon right."""

import asyncio
from datetime import timedelta

import pytest

from agendas.rules.notices.early import minutes_ahead
from bench.preparing import living, many
from bench.program import fill
from bench.simulation import SimulatedLoop

pytestmark = pytest.mark.parametrize("empty_database_url", ["sqlite"], indirect=True)

FEW = 210
FULL = pytest.param(many.RECIPIENTS, marks=pytest.mark.proof)


@pytest.mark.parametrize("recipients", [FEW, FULL])
def test_messages_that_begin_early_have_all_left_by_their_instant(empty_database_url: str, recipients: int) -> None:
    took = run(empty_database_url, recipients, is_spread=True)
    assert timedelta(seconds=took - many.LATE_SECONDS) < minutes_ahead(recipients, 0)
    if recipients == many.RECIPIENTS:
        assert took <= many.WAITS * many.least_seconds(recipients)


@pytest.mark.parametrize("recipients", [FEW, FULL])
def test_messages_due_at_one_instant_wait_no_more_than_slack_asks_for(empty_database_url: str, recipients: int) -> None:
    took = run(empty_database_url, recipients, is_spread=False)
    assert took <= many.WAITS * many.least_seconds(recipients)


@pytest.mark.parametrize("seconds", [12, pytest.param(living.SECONDS, marks=pytest.mark.proof)])
def test_a_message_that_changes_all_the_time_is_edited_once_in_three_seconds_and_right_within_five(
    empty_database_url: str, seconds: int
) -> None:
    fill(empty_database_url, named=1, days=1)
    with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
        slack = runner.run(living.change_all_the_time(empty_database_url, seconds))
    assert slack.edits
    assert slack.least_seconds_apart() * living.ROUNDING >= living.APART_SECONDS
    assert max(slack.seconds_until_right()) <= living.RIGHT_WITHIN_SECONDS


def run(url: str, recipients: int, *, is_spread: bool) -> float:
    """Send the messages in simulated time and return the seconds from the first to the last."""
    fill(url, named=1, days=1)
    with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
        return runner.run(many.send_to_many(url, recipients, is_spread=is_spread))
