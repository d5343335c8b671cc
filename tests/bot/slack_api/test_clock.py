"""Slack's clock, read from its answers and not from our clock."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.slack_api import UNHEARD, SlackTime
from tests.cases import cases

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DATE = "Tue, 24 Nov 2026 12:00:00 GMT"


@pytest.mark.parametrize("headers", [{"Date": DATE}, {"date": [DATE]}])
def test_what_slack_says_counts_and_not_what_our_clock_says(headers: dict[str, str | list[str]]) -> None:
    slack = SlackTime()
    slack.hear(headers)
    for ours in (NOON + timedelta(hours=3), NOON - timedelta(days=400)):
        assert timedelta() <= slack.at(ours) - NOON < timedelta(seconds=10)


@cases("headers", [{}, {"Date": ""}, {"Date": []}, {"Date": "yesterday"}])
def test_before_slack_said_anything_our_clock_counts_as_a_day_ahead(headers: dict[str, str | list[str]]) -> None:
    slack = SlackTime()
    slack.hear(headers)
    assert slack.at(NOON) == NOON - UNHEARD
