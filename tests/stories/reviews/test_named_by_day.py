from datetime import timedelta

from tests.stories.team import CHANNEL, Team


async def test_opening_and_closing_a_review_name_its_day(team: Team) -> None:
    await team.knows("Initech")
    assert "The review of Tue 24 Nov is being posted" in await team.ann.types("/review now", in_=CHANNEL)
    await team.quiet()
    await team.passes(timedelta(hours=20))
    await team.closes_review(team.ann)
    assert "The review of Tue 24 Nov is closed. Updates are kept" in team.agenda("Initech").words
