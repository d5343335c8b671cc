from datetime import UTC, datetime, timedelta

import pytest

from tests.stories.team import CHANNEL, Team

MONDAY = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
"""9:00 in New York."""
WEEK = timedelta(days=7)


async def weekly(team: Team) -> None:
    await team.ann.types("/review schedule", in_=CHANNEL)
    await team.form(team.ann)
    outcome = await team.submits(team.ann, anchor_on="2026-11-30", local_time="09:00")
    assert outcome.ok, outcome.error
    await team.ann.closes()


@pytest.mark.again
async def test_two_planned_reviews_that_nobody_held_are_said_at_the_third_with_another_weakness(team: Team) -> None:
    await team.knows("Initech")
    await weekly(team)
    for week in range(2):
        await team.at(MONDAY + week * WEEK)
        assert "not reviewed" not in team.agenda("Initech").words
    await team.at(MONDAY + 2 * WEEK)
    said = "*Why:* no next action · not reviewed at 2 planned reviews\n"
    assert said in team.agenda("Initech").words
    assert said in await team.ann.types("/account initech", in_=CHANNEL)
    await team.ann.types("/move initech They wait for a budget", in_=CHANNEL)
    await team.closes_review(team.ann)
    await team.at(MONDAY + 3 * WEEK)
    assert "not reviewed" not in team.agenda("Initech").words
