"""Simulated time passes while everybody waits, and Slack's pace is kept, neither slower nor quicker."""

import asyncio
from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError

from bench.figures import BenchFailed
from bench.posting import (
    CHANNEL_SECONDS,
    METHOD_CALLS,
    PERIOD_SECONDS,
    WORKSPACE_MESSAGES,
    PacedSlack,
    check,
    least_seconds,
    post,
)
from bench.program import fill
from bench.simulation import SimulatedClock, SimulatedLoop
from bot.delivery import rate_limit


def test_seconds_pass_only_while_everybody_waits() -> None:
    async def wait() -> tuple[float, timedelta]:
        loop, clock = asyncio.get_running_loop(), SimulatedClock()
        began_at, before = loop.time(), clock.now()
        await asyncio.gather(asyncio.sleep(3600), asyncio.sleep(7200))
        return loop.time() - began_at, clock.now() - before

    with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
        assert runner.run(wait()) == (7200, timedelta(hours=2))


def test_a_wait_for_nothing_fails_instead_of_hanging() -> None:
    with asyncio.Runner(loop_factory=SimulatedLoop) as runner, pytest.raises(BenchFailed, match="never comes"):
        runner.run(asyncio.Event().wait())


def test_the_bots_own_pace_is_no_slower_than_slack_is_known_to_take() -> None:
    assert timedelta(seconds=CHANNEL_SECONDS) >= rate_limit.CHANNEL_INTERVAL
    assert timedelta(seconds=PERIOD_SECONDS) == rate_limit.WORKSPACE_PERIOD
    assert rate_limit.WORKSPACE_MESSAGES >= WORKSPACE_MESSAGES
    assert (least_seconds(27, 1), least_seconds(2_800, 200), least_seconds(400, 200)) == (25, 780, 180)
    assert {*METHOD_CALLS.values()} == {50}


def test_what_comes_too_early_is_refused_and_fails_the_figure() -> None:
    async def hurry() -> PacedSlack:
        slack = PacedSlack(expected=3)
        await slack.chat_postMessage(channel="C1", text="one")
        with pytest.raises(SlackApiError):
            await slack.chat_postMessage(channel="C1", text="two")
        await asyncio.sleep(CHANNEL_SECONDS)
        await slack.chat_postMessage(channel="C1", text="two")
        return slack

    with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
        slack = runner.run(hurry())
    assert (slack.taken, slack.refused) == (2, 1)
    with pytest.raises(BenchFailed, match="1 of 3 messages came before"):
        check(slack, 3, 0)
    slack.refused = 0
    with pytest.raises(BenchFailed, match="2 messages came of 3 letters, and 1 letters are left"):
        check(slack, 3, 1)


@pytest.mark.parametrize("empty_database_url", ["sqlite"], indirect=True)
def test_a_review_is_posted_a_message_a_second(empty_database_url: str) -> None:
    fill(empty_database_url, named=3, days=1)
    with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
        slack = runner.run(post(empty_database_url, reviews=1, accounts_each=3))
    assert slack.taken == 5
    assert slack.last_at - slack.first_at == pytest.approx(3, abs=0.1)
