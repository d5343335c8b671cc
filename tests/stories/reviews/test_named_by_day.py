from datetime import timedelta

import pytest

from tests.stories.team import CHANNEL, Team


async def test_opening_and_closing_a_review_name_its_day(team: Team) -> None:
    await team.knows("Initech")
    assert "The review of Tue 24 Nov is being posted" in await team.ann.types("/review now", in_=CHANNEL)
    await team.quiet()
    await team.passes(timedelta(hours=20))
    await team.closes_review(team.ann)
    assert "The review of Tue 24 Nov is closed. Updates are kept" in team.agenda("Initech").words


@pytest.mark.again
async def test_what_moved_says_since_the_review_of_which_day(team: Team) -> None:
    await team.begins_review_of("Initech")
    await team.ann.types("/move initech nothing", in_=CHANNEL)
    await team.closes_review(team.ann)
    await team.passes(timedelta(days=1))
    await team.ann.says("what regressed?", to="cadence")
    await team.is_told(team.ann, "Nothing regressed.")
    await team.ann.types("/move initech to engaged The CFO joined", in_=CHANNEL)
    await team.bob.says("what moved since the last review?", to="cadence")
    await team.is_told(team.bob, "since the review of Tue 24 Nov")
