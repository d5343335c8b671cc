from datetime import timedelta

import pytest

from tests.stories.reviews.test_schedule import MONDAY, headers, schedule
from tests.stories.team import CHANNEL, Team
from tests.titles import title_of

MINUTE = timedelta(minutes=1)
TOLD = "Nothing can be posted in #abm-weekly"


@pytest.fixture
async def closed(team: Team) -> Team:
    """A review is due on Monday, in a channel in which only those who manage it may post."""
    team.expects_trouble = True
    await team.knows("Initech")
    await schedule(team)
    team.sandbox.restrict(team.room.state)
    return team


def told(team: Team) -> list[str]:
    return [each for each in team.direct_words(team.ann) if TOLD in each]


def tries(team: Team) -> int:
    calls = team.sandbox.calls("chat.postMessage")
    return len([each for each in calls if each.arguments["channel"] == team.room.state.id])


@pytest.mark.proof
async def test_where_a_posting_policy_is_lifted_the_review_is_posted_without_anybody_doing_anything(closed: Team):
    await closed.at(MONDAY)
    for _ in range(15):
        await closed.passes(2 * MINUTE)
    assert headers(closed) == []
    assert tries(closed) == 1 + 2
    assert len(told(closed)) == 1
    closed.sandbox.restrict(closed.room.state, restricted=False)
    await closed.passes(15 * MINUTE)
    assert headers(closed) == ["Account review, Mon 30 Nov"]
    assert [title_of(line.words) for line in closed.room.messages][1:] == ["Initech"]
    assert len(told(closed)) == 1
    await closed.at(MONDAY + timedelta(days=7))
    assert headers(closed) == ["Account review, Mon 30 Nov", "Account review, Mon 7 Dec"]


@pytest.mark.proof
async def test_a_policy_lifted_days_later_costs_the_reviews_until_then_and_none_after(closed: Team) -> None:
    for passed in range(0, 8 * 24, 12):
        await closed.at(MONDAY + timedelta(hours=passed))
    assert headers(closed) == []
    assert len(told(closed)) == 1
    assert closed.letters("waiting") != []
    closed.sandbox.restrict(closed.room.state, restricted=False)
    await closed.passes(timedelta(hours=1))
    assert closed.letters("waiting") == []
    await closed.at(MONDAY + timedelta(days=14))
    assert headers(closed) == ["Account review, Mon 14 Dec"]


@pytest.mark.proof
async def test_an_unarchiving_that_slack_told_nobody_of_is_noticed(team: Team) -> None:
    team.expects_trouble = True
    await team.knows("Initech")
    await schedule(team)
    team.sandbox.archive(team.room.state, by=team.ann.user)
    await team.sandbox.settled()
    await team.quiet()
    assert len(told(team)) == 1
    team.room.state.is_archived = False
    await team.at(MONDAY)
    assert headers(team) == ["Account review, Mon 30 Nov"]
    assert "Paused" not in await team.ann.types("/abm health", in_=CHANNEL)
    assert len(told(team)) == 1


@pytest.mark.proof
async def test_a_channel_that_is_well_for_a_moment_only_is_told_of_once(closed: Team) -> None:
    await closed.at(MONDAY)
    closed.sandbox.restrict(closed.room.state, restricted=False)
    closed.sandbox.faults.refuse("chat.update", "restricted_action")
    await closed.passes(11 * MINUTE)
    assert headers(closed) == ["Account review, Mon 30 Nov"]
    closed.sandbox.restrict(closed.room.state)
    await closed.ann.types("/move initech to meeting The CFO joined", in_="#general")
    await closed.passes(MINUTE)
    assert len(told(closed)) == 1
    closed.sandbox.restrict(closed.room.state, restricted=False)
    await closed.passes(11 * MINUTE)
    assert closed.letters("waiting") == []


@pytest.mark.proof
async def test_a_person_who_says_that_the_channel_is_well_is_told_when_wrong_and_believed_when_right(closed: Team):
    await closed.at(MONDAY)
    await closed.passes(MINUTE)
    await closed.ann.types("/review resume", in_=CHANNEL)
    await closed.quiet()
    assert len(told(closed)) == 2
    closed.sandbox.restrict(closed.room.state, restricted=False)
    seen = await closed.ann.types("/review resume", in_=CHANNEL)
    assert seen == "Messages waiting for this channel are tried again now; `/review ledger` shows the result."
    await closed.quiet()
    assert headers(closed) == ["Account review, Mon 30 Nov"]
    assert await closed.ann.types("/review resume", in_=CHANNEL) == "The reviews of this channel are not paused."
